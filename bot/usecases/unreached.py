"""People at none of whose places anything arrives: their card in the staff's rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.bouncing import HARD_FOR
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.domain.staff_digest import Unreached
from bot.ports import UnitOfWork
from bot.usecases.identify import named
from bot.usecases.tell import avoided, places_of

CARD = "unreached"  # what a card about somebody is called, before their number


def mark_reach(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Lets the card of somebody who was perhaps not reached, or is again, be drawn anew.

    Nothing is done for those from whom nothing ever came back.
    """
    if any(uow.bounces.of(place) for place in places_of(uow, person)):
        uow.announcements.mark(f"{CARD}:{person.id}", at=now)


def unreached_person(uow: UnitOfWork, person: Person, *, now: datetime) -> Unreached | None:
    """What is known of somebody whom nothing reaches; None for everybody else."""
    places = places_of(uow, person)
    if not all(avoided(uow, place, now=now) for place in places):
        return None
    came_back = (one.at for place in places for one in uow.bounces.of(place))
    return Unreached(
        name=person.name,
        email=person.email,
        since=min(came_back),
        lost=_channels(uow.people.lost(person)),
    )


def unreached(uow: UnitOfWork, *, now: datetime) -> tuple[Unreached, ...]:
    """Everybody who is not reached anywhere, by name."""
    found = (named(uow, address) for address in uow.bounces.recent(since=now - HARD_FOR))
    people = {person.id: person for person in found if person}
    lost = (unreached_person(uow, one, now=now) for one in people.values())
    return tuple(sorted((one for one in lost if one), key=lambda one: one.name))


def _channels(places: Sequence[Address]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.channel for place in places))
