"""What somebody is told without asking, how often and where, as they chose or the program does."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices.happenings import FOR_ANYBODY
from bot.domain.notices.kinds import Audience, Kind
from bot.domain.notices.manner import kinds_of
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.people import Person
from bot.domain.program import Program
from bot.ports import UnitOfWork
from bot.usecases.tell import places_for


def see_wishes(uow: UnitOfWork, program: Program, person: Person, *, now: datetime) -> SeenWishes:
    """All of it as it stands."""
    return SeenWishes(
        person=person,
        wishes=uow.wishes.of(person),
        kinds=kinds_for(uow, program, person),
        places=places_for(uow, person, now=now),
    )


def kinds_for(uow: UnitOfWork, program: Program, person: Person) -> tuple[Kind, ...]:
    """What the person can be told: a candidate's kinds, those of staff, or what is anybody's."""
    is_candidate = uow.people.candidate(person) is not None
    has_role = bool(uow.roles.of(person))
    return tuple(
        kind
        for kind in kinds_of(program).values()
        if (kind.to is Audience.STAFF and has_role)
        or (kind.to is Audience.CANDIDATE and (is_candidate or kind.id in FOR_ANYBODY))
    )
