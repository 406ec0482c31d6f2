"""Keep what was said in somebody's name without proof until they say that it is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.codes import asked_key, fresh_code, hash_of
from bot.domain.messages import InboundMessage, OutboundMessage
from bot.domain.people import Person
from bot.domain.proving import proved
from bot.errors import NotFound
from bot.phrases import mails
from bot.ports import Held, UnitOfWork
from bot.usecases.identify import named
from bot.usecases.link_address import note
from bot.usecases.tell import on_record

VALID = timedelta(days=14)
WITHIN = timedelta(hours=1)
MOST_ASKED = 5  # times within that
MOST_HELD = 50  # messages of one person that wait; with one more the oldest is forgotten
CONFIRMED = "#confirmed"  # behind the id of a message that waited for its sender's word

Say = Callable[[OutboundMessage], bool]  # puts it into the outbox; false when it cannot be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A message that counts as its sender's from now on, and those that wait still.

    None where the address that it names is not the person's any more: it is forgotten then.
    """

    message: InboundMessage | None
    left: tuple[Held, ...]


def hold_mail(
    uow: UnitOfWork, message: InboundMessage, person: Person, *, say: Say, now: datetime
) -> bool:
    """Keeps the message, and asks at the address on record whether it is theirs, not too often.

    What they are not asked about they are asked when they answer about another one. False when they
    are not asked now. Where too much waits the oldest is forgotten, so that nobody who sends much
    in the person's name shuts out what they send themselves.
    """
    for old in uow.held_mails.of(person, now=now)[: 1 - MOST_HELD]:
        uow.held_mails.discard(old.code_hash, now=now)
    code = fresh_code()
    held = Held(
        code_hash=hash_of(code),
        person_id=person.id,
        message=message,
        at=now,
        expires=now + VALID,
    )
    uow.held_mails.hold(held)
    details = {"channel": message.sender.channel, "files": str(len(message.attachments))}
    note(uow, person, "held", now=now, actor="stranger", details=details)
    return _ask(uow, person, held, code, say=say, now=now)


def confirm_mail(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> Confirmed:
    """Lets the message be handled as the person's own, once; `NotFound` when none waits."""
    held = _waiting(uow, person, code, now=now)
    if held and named(uow, held.message.sender) != person:
        discard_mail(uow, person, code, now=now)
        return Confirmed(message=None, left=uow.held_mails.of(person, now=now))
    message = uow.held_mails.end(held.code_hash, now=now) if held else None
    if message is None:
        raise _gone()
    own = proved(replace(message, id=f"{message.id}{CONFIRMED}"))
    uow.inbox.add(own, at=now)
    note(uow, person, "confirmed", now=now, details={"channel": message.sender.channel})
    return Confirmed(message=own, left=uow.held_mails.of(person, now=now))


def discard_mail(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> None:
    """Forgets the message; `NotFound` when none waits."""
    held = _waiting(uow, person, code, now=now)
    if held is None or not uow.held_mails.discard(held.code_hash, now=now):
        raise _gone()
    note(uow, person, "discarded", now=now, details={"channel": held.message.sender.channel})


def discard_all(uow: UnitOfWork, person: Person, *, now: datetime) -> int:
    """Forgets everything that waits for the person's word; how many messages."""
    waiting = uow.held_mails.of(person, now=now)
    count = sum(uow.held_mails.discard(one.code_hash, now=now) for one in waiting)
    if count:
        note(uow, person, "discarded", now=now, details={"count": str(count)})
    return count


def ask_again(uow: UnitOfWork, person: Person, *, say: Say, now: datetime) -> int:
    """Asks about what waits and was not asked about; how many that are.

    Their codes were told to nobody, so they get new ones.
    """
    waiting = [one for one in uow.held_mails.of(person, now=now) if one.told_at is None]
    for one in waiting:
        _ask(uow, person, one, fresh_code(), say=say, now=now)
    return len(waiting)


def _waiting(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> Held | None:
    held = uow.held_mails.get(hash_of(code), now=now)
    return held if held is not None and held.person_id == person.id else None


def _gone() -> NotFound:
    return NotFound("No mail with that code waits for you: it was settled, or it is too old.")


def _ask(
    uow: UnitOfWork, person: Person, held: Held, code: str, *, say: Say, now: datetime
) -> bool:
    """Asks about it by that code, if there is time for it within the hour."""
    if uow.held_mails.asked_since(person, since=now - WITHIN) >= MOST_ASKED:
        return False
    to, code_hash = on_record(person), hash_of(code)
    asked = OutboundMessage(
        key=asked_key(code_hash, held.expires),
        to=to,
        conversation=str(to),
        reply=mails.is_it_yours(held.message, code, zone=person.zone, days=VALID.days),
        unasked=True,
    )
    if not say(asked):
        return False
    uow.held_mails.ask(held, code_hash=code_hash, at=now)
    return True
