"""Somebody chooses what they are told without asking, how often, where, and at which hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.notices.kinds import Kind
from bot.domain.notices.wishes import Cadence, Quiet
from bot.domain.people import CHOSEN_UTC, UNKNOWN_ZONE, Person
from bot.errors import Refused
from bot.phrases import wish_refusals as phrases
from bot.ports import UnitOfWork
from bot.usecases.link_address import note
from bot.usecases.tell import places_of


def decline(uow: UnitOfWork, person: Person, kinds: Iterable[Kind], *, channel: str = "") -> None:
    """Tells nothing of the kinds any more: on that channel, or with none anywhere.

    `Refused` for one that is mandatory, and for a channel on which they are not.
    """
    places = _places(uow, person, channel)
    for kind in kinds:
        if kind.mandatory:
            raise Refused(phrases.mandatory(kind))
        for place in places:
            uow.wanted_kinds.decline(place, kind.id)


def accept(uow: UnitOfWork, person: Person, kinds: Iterable[Kind], *, channel: str = "") -> None:
    """Tells what is of the kinds again; `Refused` for a channel on which they are not."""
    places = _places(uow, person, channel)
    for kind in kinds:
        for place in places:
            uow.wanted_kinds.accept(place, kind.id)


def set_cadence(uow: UnitOfWork, person: Person, kinds: Iterable[Kind], cadence: Cadence) -> None:
    """Tells the kinds so often from now on, also where they were declined everywhere.

    `Refused` for one that cannot wait.
    """
    wishes, places = uow.wishes.of(person), places_of(uow, person)
    chosen = dict(wishes.cadences)
    for kind in kinds:
        if not kind.waits and cadence is not Cadence.AT_ONCE:
            raise Refused(phrases.cannot_wait(kind))
        chosen[kind.id] = cadence
        if all((place.channel, kind.id) in wishes.declined for place in places):
            accept(uow, person, [kind])
    uow.wishes.put(person, replace(wishes, cadences=chosen))


def set_digest(uow: UnitOfWork, person: Person, cadence: Cadence) -> None:
    """Tells all that can wait so often, whatever was chosen for single kinds before."""
    uow.wishes.put(person, replace(uow.wishes.of(person), cadence=cadence, cadences={}))


def set_quiet(uow: UnitOfWork, person: Person, quiet: Quiet | None) -> None:
    """Says nothing unasked in these hours; with None in those of the program, if it has any."""
    uow.wishes.put(person, replace(uow.wishes.of(person), quiet=quiet))


def set_channel(uow: UnitOfWork, person: Person, channel: str) -> None:
    """Tells things on that channel first, or (empty) at the newest address.

    `Refused` for one on which they are not.
    """
    _places(uow, person, channel)
    uow.wishes.put(person, replace(uow.wishes.of(person), channel=channel))


def set_zone(uow: UnitOfWork, person: Person, zone: str, *, now: datetime) -> Person:
    """The person, whose days and hours are those of that zone (an IANA name) from now on.

    Whoever chooses UTC is told apart from those of whom no zone is known.
    """
    zone = CHOSEN_UTC if zone == UNKNOWN_ZONE else zone
    if zone == person.time_zone:
        return person
    note(uow, person, "time-zone", now=now, details={"from": person.time_zone, "to": zone})
    return uow.people.rename(person, person.name, time_zone=zone)


def _places(uow: UnitOfWork, person: Person, channel: str) -> tuple[Address, ...]:
    """Those on the channel, or with none all of them."""
    places = places_of(uow, person)
    found = tuple(place for place in places if not channel or place.channel == channel)
    if not found:
        raise Refused(phrases.not_there(channel, places))
    return found
