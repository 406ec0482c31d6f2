"""Keep what was said in somebody's name without proof until they say that it is theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.codes import asked_key, fresh_code, hash_of
from bot.domain.copies import whole_id
from bot.domain.messages import InboundMessage, OutboundMessage
from bot.domain.people import Person
from bot.domain.proving import is_disowned, proved
from bot.errors import NotFound
from bot.phrases import mails
from bot.ports import Held, UnitOfWork
from bot.usecases.identify import named
from bot.usecases.link_address import note
from bot.usecases.tell import on_record, tell

VALID = timedelta(days=14)
WITHIN = timedelta(hours=1)
MOST_ASKED = 5  # times within that
DAY = timedelta(days=1)
MOST_HELD = 50  # messages of one person that wait
LARGEST_HELD = 200 * 1024 * 1024  # bytes of files with them
MOST_PEOPLE = 500  # who are asked in one go
CONFIRMED = "#confirmed"  # behind the id of a message that waited for its sender's word


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A message that counts as its sender's from now on, and those that wait still.

    None where the address that it names is not the person's any more: it is forgotten then.
    """

    message: InboundMessage | None
    left: tuple[Held, ...]


def is_worth_holding(uow: UnitOfWork, message: InboundMessage) -> bool:
    """False for a copy of what was handled as its sender's own, and for forged words alone."""
    whole = whole_id(message)
    if whole and uow.inbox.known(message.sender.channel, [whole]):
        return False
    return bool(message.attachments) or not is_disowned(message)


def hold_mail(uow: UnitOfWork, message: InboundMessage, person: Person, *, now: datetime) -> bool:
    """Keeps the message, and asks at the address on record whether it is theirs, not too often.

    False when they are not asked now: `ask_waiting` does so later. Nobody is asked at once about
    what our own server found to be forged, or forgers would make Carrel write to whom they name.
    """
    if not _has_room(uow, message, person, now=now):
        return False
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
    return not is_disowned(message) and _ask(uow, person, held, code, now=now)


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


def ask_again(uow: UnitOfWork, person: Person, *, now: datetime) -> int:
    """Asks about what waits and was not asked about; how many that are.

    Their codes were told to nobody, so they get new ones. Of what our own server found to be forged
    one is asked about, on a day without any other question.
    """
    waiting = [one for one in uow.held_mails.of(person, now=now) if one.told_at is None]
    sound = [one for one in waiting if not is_disowned(one.message)]
    for one in sound:
        _ask(uow, person, one, fresh_code(), now=now)
    if len(waiting) > len(sound) and not uow.held_mails.asked_since(person, since=now - DAY):
        forged = next(one for one in waiting if is_disowned(one.message))
        others = len(waiting) - len(sound) - 1
        _ask(uow, person, forged, fresh_code(), now=now, others=others)
    return len(sound)


def ask_waiting(uow: UnitOfWork, *, now: datetime) -> None:
    """Asks everybody about what they were not asked about, as far as there is time for it."""
    for number in uow.held_mails.not_asked(limit=MOST_PEOPLE):
        person = uow.people.get(number)
        if person is not None and _may_ask(uow, person, now=now):
            ask_again(uow, person, now=now)


def _has_room(uow: UnitOfWork, message: InboundMessage, person: Person, *, now: datetime) -> bool:
    """Makes room: what was found forged goes first, then what was not asked about, the oldest.

    So nobody who sends much in the person's name shuts out what they were asked about, or what they
    send themselves. They are told, once a day, when something of theirs may have been forgotten.
    """
    kept = sorted(uow.held_mails.of(person, now=now), key=_worth)
    size = _size(message) + sum(_size(one.message) for one in kept)
    lost = False
    while kept and (len(kept) >= MOST_HELD or size > LARGEST_HELD):
        if is_disowned(message) and not is_disowned(kept[0].message):
            return False
        old = kept.pop(0)
        size -= _size(old.message)
        uow.held_mails.discard(old.code_hash, now=now)
        lost = lost or not is_disowned(old.message)
    if lost:
        tell(uow, person, mails.fell_out(), key=f"held:fell-out:{now:%Y-%m-%d}", now=now)
    return True


def _worth(held: Held) -> tuple[bool, bool]:
    """What is forgotten first comes first; of the same worth they stay in their order."""
    return not is_disowned(held.message), held.told_at is not None


def _size(message: InboundMessage) -> int:
    return sum(one.size for one in message.attachments if not one.refusal)


def _waiting(uow: UnitOfWork, person: Person, code: str, *, now: datetime) -> Held | None:
    held = uow.held_mails.get(hash_of(code), now=now)
    return held if held is not None and held.person_id == person.id else None


def _gone() -> NotFound:
    return NotFound("No mail with that code waits for you: it was settled, or it is too old.")


def _may_ask(uow: UnitOfWork, person: Person, *, now: datetime) -> bool:
    return uow.held_mails.asked_since(person, since=now - WITHIN) < MOST_ASKED


def _ask(
    uow: UnitOfWork, person: Person, held: Held, code: str, *, now: datetime, others: int = 0
) -> bool:
    """Asks about it by that code, if there is time for it within the hour.

    It counts for nothing else that they are told, or forged mails would leave no time to ask.
    `others` is how many wait that were found to be forged as it was.
    """
    if not _may_ask(uow, person, now=now):
        return False
    to, code_hash, expires = on_record(person), hash_of(code), now + VALID
    if not uow.held_mails.ask(held, code_hash=code_hash, at=now, expires=expires):
        return False
    asked = OutboundMessage(
        key=asked_key(code_hash, expires),
        to=to,
        conversation=str(to),
        reply=mails.is_it_yours(
            held.message, code, zone=person.zone, days=VALID.days, others=others
        ),
        unasked=True,
    )
    return uow.outbox.add(asked, due=now)
