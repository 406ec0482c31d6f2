"""Keep what was said in somebody's name without proof until they say that it is theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.codes import fresh_code, hash_of, key_until
from bot.domain.messages import InboundMessage, OutboundMessage
from bot.domain.people import Person
from bot.domain.proving import proved
from bot.errors import NotFound
from bot.phrases import mails
from bot.ports import Held, UnitOfWork
from bot.usecases.link_address import note
from bot.usecases.tell import on_record

VALID = timedelta(days=14)
WITHIN = timedelta(hours=1)
MOST_ASKED = 5  # times within that
MOST_HELD = 50  # messages of one person that wait; whoever sends more in their name keeps nothing
CONFIRMED = "#confirmed"  # behind the id of a message that waited for its sender's word


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A message that counts as its sender's from now on, and those that wait still."""

    message: InboundMessage
    left: tuple[Held, ...]


def hold_mail(uow: UnitOfWork, message: InboundMessage, person: Person, *, now: datetime) -> bool:
    """Keeps the message, and asks at the address on record whether it is theirs, not too often.

    What they are not asked about they are shown when they answer about another one. False when too
    much waits already: nothing is kept then.
    """
    uow.mailing.forget_expired(now=now)
    if len(uow.mailing.held_of(person, now=now)) >= MOST_HELD:
        return False
    code = fresh_code()
    asks = uow.mailing.asked_since(person, since=now - WITHIN) < MOST_ASKED
    held = Held(
        code_hash=hash_of(code),
        person_id=person.id,
        message=message,
        at=now,
        expires=now + VALID,
        told_at=now if asks else None,
    )
    uow.mailing.hold(held)
    details = {"channel": message.sender.channel, "files": str(len(message.attachments))}
    note(uow, person, "held", now=now, actor="stranger", details=details)
    if asks:
        _ask(uow, person, held, code, now=now)
    return True


def confirm_mail(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> Confirmed:
    """Lets the message be handled as the person's own, once; `NotFound` when none waits."""
    message = _ended(uow, person, code, now=now)
    own = proved(replace(message, id=f"{message.id}{CONFIRMED}"))
    uow.inbox.add(own, at=now)
    note(uow, person, "confirmed", now=now, details={"channel": message.sender.channel})
    return Confirmed(message=own, left=uow.mailing.held_of(person, now=now))


def discard_mail(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> None:
    """Forgets the message; `NotFound` when none waits."""
    message = _ended(uow, person, code, now=now)
    note(uow, person, "discarded", now=now, details={"channel": message.sender.channel})


def ask_again(uow: UnitOfWork, person: Person, *, now: datetime) -> int:
    """Asks about what waits and was not asked about; how many that are.

    Their codes were told to nobody, so they get new ones.
    """
    waiting = [one for one in uow.mailing.held_of(person, now=now) if one.told_at is None]
    asked = uow.mailing.asked_since(person, since=now - WITHIN)
    for one in waiting[: max(0, MOST_ASKED - asked)]:
        code = fresh_code()
        uow.mailing.end(one.code_hash, now=now)
        fresh = replace(one, code_hash=hash_of(code), told_at=now)
        uow.mailing.hold(fresh)
        _ask(uow, person, fresh, code, now=now)
    return len(waiting)


def _ended(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> InboundMessage:
    held = uow.mailing.held(hash_of(code), now=now)
    ours = held is not None and held.person_id == person.id
    message = uow.mailing.end(held.code_hash, now=now) if held and ours else None
    if message is None:
        raise NotFound("No mail with that code waits for you: it was settled, or it is too old.")
    return message


def _ask(uow: UnitOfWork, person: Person, held: Held, code: str, *, now: datetime) -> None:
    to = on_record(person)
    asked = OutboundMessage(
        key=key_until(held.expires, f"held:{held.code_hash[:32]}"),
        to=to,
        conversation=str(to),
        reply=mails.is_it_yours(held.message, code, zone=person.zone, days=VALID.days),
    )
    uow.outbox.add(asked, due=now)
