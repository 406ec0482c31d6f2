"""Who is in a group that staff write to, and where those people are reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.notices.broadcast import Broadcast
from bot.domain.notices.groups import Group, Which, is_in
from bot.domain.notices.happenings import BROADCASTS
from bot.domain.notices.manner import told_as
from bot.domain.notices.reach import Reach, Unsaid, reached_with
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.rights import STAFF, Role
from bot.ports import UnitOfWork
from bot.usecases.broken_people import Fault, guarded, left_out, readable
from bot.usecases.everybody import AT_ONCE, pages

KEPT_UP = 20  # few at a time that are looked at until whoever waits is told that it goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The numbers of everybody in a group, in order, and where they are reached."""

    people: tuple[int, ...]
    reach: Reach


class Uncounted(Exception):
    """Groups whose people have to be counted first, which takes long and so has its own place."""

    def __init__(self, groups: Sequence[Group]) -> None:
        """These are the groups."""
        super().__init__(groups)
        self.groups = tuple(groups)


@dataclass(slots=True, kw_only=True)
class _Tally:
    """Numbers alone: of many objects Python's own cleaning up would take long, again and again."""

    people: list[int] = field(default_factory=list)
    channels: Counter[str] = field(default_factory=Counter)
    unsaid: Counter[Unsaid] = field(default_factory=Counter)

    def add(self, person: int, to: Address | Unsaid) -> None:
        """Somebody more, and where they are reached."""
        self.people.append(person)
        if isinstance(to, Unsaid):
            self.unsaid[to] += 1
        else:
            self.channels[to.channel] += 1

    def counted(self) -> Counted:
        """All of them."""
        reach = Reach(
            channels=dict(self.channels),
            declined=self.unsaid[Unsaid.DECLINED],
            avoided=self.unsaid[Unsaid.AVOIDED],
        )
        return Counted(people=tuple(self.people), reach=reach)


def count(
    transaction: Callable[[], UnitOfWork],
    program: Program,
    groups: Sequence[Group],
    *,
    now: datetime,
    keep: Callable[[], None],
) -> Mapping[Group, Counted]:
    """Everybody in each of the groups, looked at once and a few in each transaction.

    A million people take a minute of that: `keep` is called now and then.
    """
    with transaction() as uow:
        of_office = {one: _by_office(uow, one, now=now) for one in groups if _is_of_office(one)}
    few = sorted(set().union(*of_office.values())) if len(of_office) == len(groups) else None

    def read(uow: UnitOfWork, numbers: Sequence[int]) -> tuple[Situation, ...]:
        return readable(uow, program, numbers, now=now, fault=fault)

    def mine(one: Situation) -> Sequence[Group]:
        return [group for group in groups if _holds(group, one, of_office, now=now)]

    manner, fault = told_as(program, BROADCASTS), left_out("groups")
    tallies = {group: _Tally() for group in groups}
    for turn, page in enumerate(pages(transaction, read, people=few)):
        if turn % KEPT_UP == KEPT_UP - 1:
            keep()
        for one in page:
            own = guarded(fault, one.person.id, mine, one) or ()
            to = reached_with(manner, one) if own else Unsaid.DECLINED
            for group in own:
                tallies[group].add(one.person.id, to)
    return {group: tally.counted() for group, tally in tallies.items()}


def is_for_others(uow: UnitOfWork, draft: Broadcast, counted: Counted) -> bool:
    """Whether it is for anybody else than those who are in its group now."""
    now = tuple(sorted(counted.people))
    return (draft.total, uow.broadcasts.people(draft.id)) != (len(now), now)


def situations_of(
    uow: UnitOfWork, program: Program, people: Sequence[int], *, now: datetime, fault: Fault
) -> Iterator[Situation]:
    """Their situations, some hundred at a time; `fault` is told of those who cannot be read."""
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        yield from readable(uow, program, some, now=now, fault=fault)


def _is_of_office(group: Group) -> bool:
    return not group.by_state and group.which is not Which.EVERYONE


def _holds(
    group: Group,
    one: Situation,
    of_office: Mapping[Group, Collection[int]],
    *,
    now: datetime,
) -> bool:
    if group in of_office:
        return one.person.id in of_office[group]
    return group.which is Which.EVERYONE or is_in(group, one, now=now)


def _by_office(uow: UnitOfWork, group: Group, *, now: datetime) -> frozenset[int]:
    match group.which:
        case Which.PERSON:
            return frozenset({int(group.of)})
        case Which.REVIEWERS:
            return frozenset(one.id for one in uow.roles.holders((Role.REVIEWER,)))
        case Which.STAFF:
            return frozenset(one.id for one in uow.roles.holders(STAFF))
        case _:
            return frozenset(uow.shares.mentors(now=now))
