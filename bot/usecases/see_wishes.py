"""What somebody is told without asking, how often and where, as they chose or the program does."""

from __future__ import annotations

from datetime import datetime

from bot.domain.channel_state import State
from bot.domain.notices.happenings import FOR_ANYBODY, WELCOME
from bot.domain.notices.kinds import ONCE_CERTIFIED, Audience, Kind, Moment
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.people import Person
from bot.domain.program import Program
from bot.ports import UnitOfWork
from bot.usecases.tell import places_for

_BY_THEMSELVES = frozenset({Moment.HAPPENS, Moment.OWN})


def see_wishes(uow: UnitOfWork, program: Program, person: Person, *, now: datetime) -> SeenWishes:
    """All of it as it stands."""
    kinds = kinds_for(uow, program, person)
    certified = any(
        one.certified_on for one in uow.situations.of((person.id,), now=now, program=program)
    )
    own = tuple(one for one in kinds if one.to is Audience.PERSON)
    return SeenWishes(
        person=person,
        wishes=uow.wishes.of(person),
        kinds=kinds,
        places=places_for(uow, person, now=now),
        later=() if certified else tuple(one for one in own if one.moment in ONCE_CERTIFIED),
        over=tuple(one for one in own if _is_over(one, certified=certified)),
    )


def _is_over(kind: Kind, *, certified: bool) -> bool:
    """Whether nothing of it is told any more."""
    by_the_clock = kind.moment not in _BY_THEMSELVES
    return kind.id == WELCOME or (certified and by_the_clock and not kind.after_certified)


def kinds_for(uow: UnitOfWork, program: Program, person: Person) -> tuple[Kind, ...]:
    """What the person can be told: a candidate's kinds, those of staff, or what is anybody's."""
    is_candidate = uow.people.candidate(person) is not None
    has_role = bool(uow.roles.of(person))
    return tuple(
        kind
        for kind in program.notices.kinds.values()
        if (kind.to is Audience.STAFF and has_role)
        or (kind.to is Audience.PERSON and (is_candidate or kind.id in FOR_ANYBODY))
    )


def is_away(uow: UnitOfWork, channel: str) -> bool:
    """Whether nothing goes out on the channel: nobody serves it, or not any more."""
    if channel.partition(":")[0] == "console":
        return False  # a terminal is served wherever somebody sits
    states = {one.channel: one.state for one in uow.channels.all()}
    return states.get(channel, State.STOPPED) in {State.STOPPED, State.REVOKED, State.TOKEN_INVALID}
