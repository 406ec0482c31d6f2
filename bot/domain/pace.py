"""Whether the sets will be done before the subscription ends; whole calendar days throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.phases import HANDED_IN, Phase
from bot.domain.program import Program
from bot.domain.standing import Standing

DAYS_A_MONTH = 365.2425 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast sets are achieved or submitted, and where that leads.

    `done` of `needed` sets are achieved or on their way, `achieved` of them achieved. `dates` are
    the days on which the sets that are left would be done, one for each, as fast as until now;
    empty while there is no pace yet. A set done on the day the subscription `ends` is in time.
    """

    needed: int
    done: int
    achieved: int
    enrolled_on: date
    ends: date
    today: date
    dates: tuple[date, ...]

    @property
    def left(self) -> int:
        """How many sets are still to be handed in."""
        return self.needed - self.done

    @property
    def days_left(self) -> int:
        """Days until the subscription ends; negative afterwards."""
        return (self.ends - self.today).days

    @property
    def over(self) -> bool:
        """Whether the subscription has ended."""
        return self.days_left < 0

    @property
    def months_each(self) -> float:
        """How many months each set has taken; 0 while none is done."""
        return _elapsed(self.enrolled_on, self.today) / DAYS_A_MONTH / self.done if self.done else 0

    @property
    def months_allowed(self) -> float:
        """How many months each set that is left may take on average; 0 when none is left."""
        return max(0, self.days_left) / DAYS_A_MONTH / self.left if self.left else 0

    @property
    def first_late(self) -> int:
        """The number of the first set that would come after the end; 0 when all are in time."""
        late = (n for n, day in enumerate(self.dates, start=self.done + 1) if day > self.ends)
        return next(late, 0)

    def date_of(self, number: int) -> date:
        """The day on which the set of that number would be done; it must be one of those left."""
        return self.dates[number - self.done - 1]


def pace(
    program: Program,
    standings: Sequence[Standing],
    *,
    enrolled_on: date,
    ends: date,
    today: date,
) -> Pace:
    """The pace on that day: as many days for each set left as each set done has taken."""
    done, achieved = counts(program, standings)
    return paced(
        program.sets_needed,
        done,
        achieved=achieved,
        enrolled_on=enrolled_on,
        ends=ends,
        today=today,
    )


def counts(program: Program, standings: Sequence[Standing]) -> tuple[int, int]:
    """How many sets are handed in or achieved, and how many achieved."""
    achieved = _count(program, standings, frozenset({Phase.ACHIEVED}))
    return _count(program, standings, HANDED_IN), achieved


def paced(
    needed: int, done: int, *, achieved: int, enrolled_on: date, ends: date, today: date
) -> Pace:
    """The pace from counts alone."""
    elapsed = _elapsed(enrolled_on, today)
    numbers = range(done + 1, needed + 1) if done else ()
    return Pace(
        needed=needed,
        done=done,
        achieved=achieved,
        enrolled_on=enrolled_on,
        ends=ends,
        today=today,
        dates=tuple(enrolled_on + timedelta(days=-(-elapsed * n // done)) for n in numbers),
    )


def _count(program: Program, standings: Sequence[Standing], phases: frozenset[Phase]) -> int:
    """Sets in those phases; electives beyond those needed count for nothing."""
    there = {s.set_id for s in standings if s.phase in phases}
    required = sum(s.id in there for s in program.required_sets)
    electives = sum(s.id in there for s in program.elective_sets)
    return required + min(electives, program.electives_needed)


def _elapsed(enrolled_on: date, today: date) -> int:
    """Days since enrolment, the first one included, so that nothing is ever done in no time."""
    return max(1, (today - enrolled_on).days)
