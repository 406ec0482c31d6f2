"""Say something to somebody who did not ask just now; it leaves with the state it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.bouncing import avoided_until
from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.ports import UnitOfWork

ON_RECORD = "email"  # the channel of the address on record, for those with no proved address


def tell(
    uow: UnitOfWork, person: Person, reply: Reply, *, key: str, now: datetime, kind: str = ""
) -> bool:
    """Puts a message to the person into the outbox; false when the key was used before.

    It goes to the newest proved address, or else to the address on record; where nothing arrives at
    the moment it waits. Of a `kind` that is declined there it is not said at all: false as well.
    """
    to = reached_at(uow, person, now=now)
    if kind and not uow.notices.wants(to, kind):
        return False
    message = OutboundMessage(
        key=f"{key}:{person.id}", to=to, conversation=str(to), reply=reply, kind=kind
    )
    return uow.outbox.add(message, due=avoided(uow, to, now=now) or now)


def tell_at(
    uow: UnitOfWork, places: Iterable[Address], reply: Reply, *, key: str, now: datetime
) -> None:
    """Says the same at each of a person's addresses, once.

    For what its owner must learn although an intruder may share one of the addresses.
    """
    for place, to in enumerate(dict.fromkeys(places)):
        message = OutboundMessage(key=f"{key}:{place}", to=to, conversation=str(to), reply=reply)
        uow.outbox.add(message, due=now)


def places_of(uow: UnitOfWork, person: Person) -> tuple[Address, ...]:
    """Every proved address of the person, the newest first, and the one on record."""
    return tuple(dict.fromkeys((*uow.people.addresses(person), on_record(person))))


def reached_at(uow: UnitOfWork, person: Person, *, now: datetime) -> Address:
    """Where the person is told things: the newest proved address, or else the one on record.

    Not where messages came back of late, while there is another place.
    """
    places = places_of(uow, person)
    return next((place for place in places if not avoided(uow, place, now=now)), places[0])


def avoided(uow: UnitOfWork, address: Address, *, now: datetime) -> datetime | None:
    """Until when nothing is said at the address unasked, since messages came back from there."""
    if address.channel != ON_RECORD:
        return None
    until = avoided_until(uow.bounces.of(address))
    return until if until and until > now else None


def on_record(person: Person) -> Address:
    """The address on record, which counts as the person's although nobody proved it."""
    return Address(channel=ON_RECORD, value=person.email)


def tell_all(
    uow: UnitOfWork,
    roles: Iterable[Role],
    reply: Reply,
    *,
    key: str,
    now: datetime,
    but: int = 0,
) -> None:
    """Tells everybody who was granted any of the roles, except the person of number `but`."""
    for person in uow.roles.holders(tuple(roles)):
        if person.id != but:
            tell(uow, person, reply, key=key, now=now)
