"""Say something to somebody who did not ask just now; it leaves with the state it tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.bouncing import avoided_until
from bot.domain.messages import ON_RECORD, Address, OutboundMessage, Reply
from bot.domain.notices.manner import Manner, in_order
from bot.domain.notices.situation import Gathered
from bot.domain.notices.wishes import Wishes
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.ports import UnitOfWork
from bot.usecases.broken_people import guarded, left_out
from bot.usecases.desk import Desk

_untold = left_out("those who are told something")


def tell(
    uow: UnitOfWork,
    person: Person,
    reply: Reply,
    *,
    key: str,
    now: datetime,
    how: Manner | None = None,
) -> bool:
    """Puts a message to the person into the outbox; false when the key was used before.

    It goes to the first place where they want it (see `places_for`); where nothing arrives at the
    moment it waits. `how` is the manner of its kind: somebody who wants that kind nowhere is not
    told at all (false as well). What they want in a digest, and all that happens in their quiet
    hours, is gathered instead, and goes out with what else there is then; but for what is told at
    any hour. Without a manner only the place is theirs to choose: so is told what happens to their
    addresses.
    """
    own, wishes = f"{key}:{person.id}", uow.wishes.of(person)
    places = _places(uow, person, wishes, now=now, how=how)
    if not places:
        return False
    to = places[0]
    if how and how.waits(now, wishes, person.zone):
        if uow.outbox.known([own]):
            return False
        news = Gathered(key=own, person_id=person.id, kind=how.kind.id, at=now, reply=reply)
        return uow.gathered.add(news)
    if how and uow.gathered.known(own):
        return False
    message = OutboundMessage(
        key=own,
        to=to,
        conversation=str(to),
        reply=reply,
        kind=how.declinable if how else "",
        whose=person.id if how and not how.at_any_hour else 0,
        for_roles=how.roles if how else (),
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


def tell_all(
    uow: UnitOfWork,
    people: Iterable[Person],
    reply: Reply,
    *,
    key: str,
    now: datetime,
    how: Manner | None = None,
) -> None:
    """Tells each of them; whoever cannot be told holds up none of the others."""
    for person in people:
        guarded(_untold, person.id, tell, uow, person, reply, key=key, now=now, how=how)


def singly(
    uow: UnitOfWork, desk: Desk, roles: Iterable[Role], *, but: Collection[int] = ()
) -> tuple[Person, ...]:
    """Who, of those granted any of the roles, is told one by one what every one of them can do.

    Nobody where the staff have a room: it is said there, or on a card. Never those of the
    numbers `but`.
    """
    people = () if desk.rooms else uow.roles.holders(tuple(roles))
    return tuple(person for person in people if person.id not in but)


def places_of(uow: UnitOfWork, person: Person) -> tuple[Address, ...]:
    """Every proved address of the person, the newest first, and the one on record."""
    return tuple(dict.fromkeys((*uow.people.addresses(person), on_record(person))))


def places_for(
    uow: UnitOfWork, person: Person, *, now: datetime, how: Manner | None = None
) -> tuple[Address, ...]:
    """Where the person is told such news, in the order of choice; empty where they want none.

    First comes the channel that they prefer, then the newest proved address, and the one on record
    after all proved ones; where messages came back of late nothing is said while there is another.
    """
    return _places(uow, person, uow.wishes.of(person), now=now, how=how)


def reached_at(uow: UnitOfWork, person: Person, *, now: datetime) -> Address:
    """Where the person is told what they cannot decline."""
    return places_for(uow, person, now=now)[0]


def redirect(
    uow: UnitOfWork,
    person: Person,
    old: Address,
    new: Address,
    *,
    now: datetime,
    due: datetime | None = None,
) -> int:
    """What waits at the old address goes to the new one; how many messages there are.

    What is of a kind that is declined there goes to the first place where it is not.
    """
    declined = uow.wishes.of(person).declined
    places = [place for place in places_for(uow, person, now=now) if place != old]
    by_kind = {
        kind: place
        for _, kind in declined
        for place in reversed(places)
        if (place.channel, kind) not in declined
    }
    return uow.outbox.redirect(old, new, by_kind=by_kind, due=due)


def avoided(uow: UnitOfWork, address: Address, *, now: datetime) -> datetime | None:
    """Until when nothing is said at the address unasked, since messages came back from there."""
    if address.channel != ON_RECORD:
        return None
    until = avoided_until(uow.bounces.of(address))
    return until if until and until > now else None


def on_record(person: Person) -> Address:
    """The address on record, which counts as the person's although nobody proved it."""
    return Address(channel=ON_RECORD, value=person.email)


def _places(
    uow: UnitOfWork, person: Person, wishes: Wishes, *, now: datetime, how: Manner | None
) -> tuple[Address, ...]:
    places = places_of(uow, person)
    shunned = [place for place in places if avoided(uow, place, now=now)]
    ordered = in_order(places, wishes, shunned)
    return tuple(place for place in ordered if how is None or how.wanted(wishes, place))
