"""Who is in a group that staff write to, and where those people are reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.notices.groups import Group, Which, is_in
from bot.domain.notices.happenings import BROADCASTS
from bot.domain.notices.manner import told_as
from bot.domain.notices.reach import Reach, reach_of, reached_with
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.rights import STAFF, Role
from bot.ports import UnitOfWork

AT_ONCE = 500  # people looked at by a few queries; of more the memory would be felt


def people_in(uow: UnitOfWork, program: Program, group: Group, *, now: datetime) -> tuple[int, ...]:
    """The numbers of everybody in the group."""
    if group.by_state:
        return tuple(one.person.id for one in _by_state(uow, program, group, now=now))
    return _by_office(uow, group, now=now)


def looked_at(
    uow: UnitOfWork, program: Program, group: Group, *, now: datetime
) -> tuple[tuple[int, ...], Reach]:
    """The same, and where those people are reached with a broadcast."""
    if group.by_state:
        found = _by_state(uow, program, group, now=now)
    else:
        found = situations_of(uow, program, _by_office(uow, group, now=now), now=now)
    manner = told_as(program, BROADCASTS)
    reached = [(one.person.id, reached_with(manner, one)) for one in found]
    return tuple(number for number, _ in reached), reach_of(to for _, to in reached)


def _by_office(uow: UnitOfWork, group: Group, *, now: datetime) -> tuple[int, ...]:
    match group.which:
        case Which.PERSON:
            return (int(group.of),)
        case Which.REVIEWERS:
            return tuple(one.id for one in uow.roles.holders((Role.REVIEWER,)))
        case Which.STAFF:
            return tuple(one.id for one in uow.roles.holders(STAFF))
        case Which.MENTORS:
            return uow.shares.mentors(now=now)
        case _:
            return tuple(_everybody(uow))


def _by_state(
    uow: UnitOfWork, program: Program, group: Group, *, now: datetime
) -> Iterator[Situation]:
    everybody = situations_of(uow, program, tuple(_everybody(uow)), now=now)
    return (one for one in everybody if is_in(group, one, now=now))


def counts_of(
    uow: UnitOfWork, program: Program, groups: Sequence[Group], *, now: datetime
) -> Mapping[Group, int]:
    """How many people are in each of the groups; everybody is looked at once."""
    own = tuple(group for group in groups if group.by_state)
    counts = dict.fromkeys(groups, 0)
    for one in situations_of(uow, program, tuple(_everybody(uow)), now=now):
        for group in own:
            counts[group] += is_in(group, one, now=now)
    others = (group for group in groups if not group.by_state)
    return counts | {group: len(people_in(uow, program, group, now=now)) for group in others}


def situations_of(
    uow: UnitOfWork, program: Program, people: Sequence[int], *, now: datetime
) -> Iterator[Situation]:
    """Their situations, some hundred at a time."""
    for few in _in_parts(people):
        yield from uow.situations.of(few, now=now, program=program)


def _everybody(uow: UnitOfWork) -> Iterator[int]:
    after = 0
    while page := uow.situations.numbers(after=after, limit=10_000):
        yield from page
        after = page[-1]


def _in_parts(people: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]
