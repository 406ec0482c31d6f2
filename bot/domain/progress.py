"""How far a candidate is: what is filed of what each set needs, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bot.domain.choosing import Plan, Why
from bot.domain.needs import sections_for
from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, State, chosen_sets
from bot.domain.program import Competency, CompetencySet, Program, Section
from bot.domain.rules import Route
from bot.domain.sections import SectionKind, section_id
from bot.domain.standing import refused_as

# These are somebody's word; a filed certificate tells a route too, without being one.
_CHOSEN = frozenset({Why.CHOSEN, Why.RECOMMENDED, Why.SUBMITTED})
_NO_PLANS: Mapping[str, Plan] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section that a route needs a file in, and whether it holds one."""

    section: Section
    there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProgress:
    """How far one set is: competency ids covered, what else is there, and what came of it.

    `portfolio` and `course` are what either route needs; `chosen` is the one that was chosen or
    recommended, None while what is filed tells. `refused` is the number of a submission decided
    against that held just what is filed, or 0. What was achieved is complete for ever, whatever
    becomes of the files.
    """

    set: CompetencySet
    portfolio: tuple[Part, ...]
    course: tuple[Part, ...]
    covered: frozenset[str]
    has_statement: bool
    has_certificate: bool
    has_letter: bool
    phase: Phase = Phase.OPEN
    chosen: Route | None = None
    refused: int = 0

    @property
    def route(self) -> Route:
        """The route that it is on: a filed certificate makes it a course if nothing was chosen."""
        course = self.has_certificate or self.phase is Phase.COURSE_RECOMMENDED
        return self.chosen or (Route.COURSE if course else Route.PORTFOLIO)

    @property
    def missing(self) -> tuple[Competency, ...]:
        """The competencies among what is lacking, in the program's order."""
        ids = {section.id for section in self.lacking}
        return tuple(c for c in self.set.competencies if c.id in ids)

    @property
    def total(self) -> int:
        """Parts that it needs: a portfolio's, unless a course was chosen for it."""
        return len(self._counted)

    @property
    def done(self) -> int:
        """Parts that are there; a whole course, or having achieved it, stands for all of them.

        Once a course is recommended the parts of a portfolio count for nothing, and neither does
        what was decided against.
        """
        if self.by_course or self.achieved:
            return self.total
        if self.refused or (self.phase is Phase.COURSE_RECOMMENDED and not self.chosen):
            return 0
        return sum(part.there for part in self._counted)

    @property
    def by_course(self) -> bool:
        """Whether it is on the course route, and everything is there that this needs."""
        whole = all(part.there for part in self.course)
        return whole and self.route is Route.COURSE and not self.refused

    @property
    def lacking(self) -> tuple[Section, ...]:
        """Sections that want a file before it can be submitted; none once it was.

        What was decided against wants another one.
        """
        if self.phase not in {Phase.OPEN, Phase.COURSE_RECOMMENDED}:
            return ()
        parts = self.course if self.route is Route.COURSE else self.portfolio
        return tuple(part.section for part in parts if self.refused or not part.there)

    @property
    def achieved(self) -> bool:
        """Whether it was approved."""
        return self.phase is Phase.ACHIEVED

    @property
    def complete(self) -> bool:
        """Whether nothing is missing or wanted any more before the set can be submitted."""
        return self.done == self.total and self.phase is not Phase.MORE_WANTED

    @property
    def started(self) -> bool:
        """Whether anything at all is filed or submitted for this set."""
        filed = self.covered or self.has_statement or self.has_certificate or self.has_letter
        return bool(filed) or self.phase is not Phase.OPEN

    @property
    def _counted(self) -> tuple[Part, ...]:
        return self.course if self.chosen is Route.COURSE else self.portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a candidate is. `open_electives` counts electives still to be chosen."""

    sets: tuple[SetProgress, ...]
    record: tuple[tuple[Section, bool], ...]
    waiting: tuple[Evidence, ...]
    open_electives: int
    electives_needed: int
    sets_needed: int
    subscription_ends: date
    days_left: int

    @property
    def sets_complete(self) -> int:
        """Sets that could be submitted today, or were achieved."""
        return self._count(tuple(s.set for s in self.sets if s.complete))

    @property
    def sets_achieved(self) -> int:
        """Sets that were approved."""
        return self._count(tuple(s.set for s in self.sets if s.achieved))

    def _count(self, sets: tuple[CompetencySet, ...]) -> int:
        """How many of them count: electives beyond those needed do not."""
        required = sum(s.required for s in sets)
        return required + min(len(sets) - required, self.electives_needed)


def progress(
    program: Program,
    candidate: Candidate,
    evidence: tuple[Evidence, ...],
    *,
    today: date,
    plans: Mapping[str, Plan] = _NO_PLANS,
) -> Progress:
    """What is there and what is missing, counted from the filed evidence and what came of it.

    `plans` are the sets' by id (`choosing.plans_of`); a set that has none is open.
    """
    filled = {s for e in evidence if e.filing.state is State.FILED for s in e.filing.sections}
    every = tuple(_set_progress(program, s, filled) for s in program.sets)
    every = tuple(_came_of_it(program, p, plans.get(p.set.id), evidence) for p in every)
    chosen = {s.id for s in chosen_sets(program, candidate)}
    record = tuple(s for s in program.sections if s.kind is SectionKind.RECORD)
    return Progress(
        sets=tuple(p for p in every if p.set.id in chosen or p.started),
        record=tuple((s, s.id in filled) for s in record),
        waiting=tuple(e for e in evidence if e.filing.state is State.WAITING),
        open_electives=max(0, program.electives_needed - len(candidate.electives)),
        electives_needed=program.electives_needed,
        sets_needed=program.sets_needed,
        subscription_ends=candidate.subscription_ends,
        days_left=(candidate.subscription_ends - today).days,
    )


def _set_progress(program: Program, competency_set: CompetencySet, filled: set[str]) -> SetProgress:
    """What is filed for the set."""

    def parts(route: Route) -> tuple[Part, ...]:
        needed = sections_for(program, competency_set.id, route)
        return tuple(Part(section=section, there=section.id in filled) for section in needed)

    def holds(kind: SectionKind) -> bool:
        return section_id(competency_set.id, kind) in filled

    return SetProgress(
        set=competency_set,
        portfolio=parts(Route.PORTFOLIO),
        course=parts(Route.COURSE),
        covered=frozenset(c.id for c in competency_set.competencies if c.id in filled),
        has_statement=holds(SectionKind.STATEMENT),
        has_certificate=holds(SectionKind.CERTIFICATE),
        has_letter=holds(SectionKind.LETTER),
    )


def _came_of_it(
    program: Program, part: SetProgress, plan: Plan | None, evidence: tuple[Evidence, ...]
) -> SetProgress:
    """The same with what was chosen, submitted and decided."""
    if plan is None:
        return part
    needed = tuple(s.id for s in sections_for(program, part.set.id, plan.route))
    refused = refused_as(plan.standing, evidence, needed)
    return replace(
        part,
        phase=plan.standing.phase,
        chosen=plan.route if plan.why in _CHOSEN else None,
        refused=refused.id if refused else 0,
    )
