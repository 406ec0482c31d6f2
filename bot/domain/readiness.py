"""What must be there before a set is submitted, what lacks, and what only people can judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.choosing import Plan
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.needs import sections_for
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, State
from bot.domain.program import CompetencySet, Program, Section
from bot.domain.rules import Route
from bot.domain.sections import SectionKind
from bot.domain.standing import Standing, refused_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that a rule looks for: a section that must hold a file, and whether it does.

    `text` is what the section is for, `reason` why it must be there, as a sentence; `cites` are
    passage ids that say so.
    """

    section: str
    text: str
    met: bool
    reason: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Everything a rule checked of one set, and sentences on what people judge beyond that.

    `refused` is the number of a submission decided against that held just what is filed, or 0.
    """

    set_id: str
    route: Route
    checks: tuple[Check, ...]
    judged: tuple[str, ...]
    refused: int = 0

    @property
    def missing(self) -> tuple[Check, ...]:
        """What must still come, in the program's order."""
        return tuple(check for check in self.checks if not check.met)

    @property
    def ready(self) -> bool:
        """Whether the set could be submitted now."""
        return not self.missing and not self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCheck:
    """One set of a candidate before it is submitted: its route and standing, and what it lacks.

    `chosen` is False for an elective that was not chosen yet. `asked` are the requests of its
    review that still wait for evidence, `waiting` the files of the whole record that stand in no
    section yet.
    """

    plan: Plan
    chosen: bool
    found: Readiness
    asked: tuple[EvidenceRequest, ...]
    waiting: tuple[Evidence, ...]

    @property
    def submittable(self) -> bool:
        """Whether the candidate may submit it, once nothing is missing."""
        free = self.plan.standing.phase in {Phase.OPEN, Phase.COURSE_RECOMMENDED}
        return self.chosen and (free or self.plan.switched)


def readiness(
    program: Program,
    competency_set: CompetencySet,
    *,
    route: Route,
    evidence: Sequence[Evidence],
    stands: Standing | None = None,
) -> Readiness:
    """The check of one set on that route; the order of the evidence does not matter.

    Where the set `stands` tells whether the same was decided against before.
    """
    needed = sections_for(program, competency_set.id, route)
    refused = refused_as(stands, evidence, [s.id for s in needed]) if stands else None
    filled = {s for e in evidence if e.filing.state is State.FILED for s in e.filing.sections}
    return Readiness(
        set_id=competency_set.id,
        route=route,
        checks=tuple(
            _check(program, section, route, met=section.id in filled) for section in needed
        ),
        judged=tuple(_judged(program, competency_set, route)),
        refused=refused.id if refused else 0,
    )


def _check(program: Program, section: Section, route: Route, *, met: bool) -> Check:
    needs = program.rules.routes[route].needs
    return Check(
        section=section.id,
        text=section.title,
        met=met,
        reason=next(need.reason for need in needs if need.kind is section.kind),
        cites=program.rules.ready_cites[route],
    )


def _judged(program: Program, competency_set: CompetencySet, route: Route) -> Iterator[str]:
    words = program.words
    for kind in program.rules.routes[route].kinds:
        if kind is SectionKind.CERTIFICATE:
            valid = f"Whether the {words.certificate} is valid and stands for all of"
            yield f"{valid} {competency_set.title}."
        elif kind is SectionKind.STATEMENT:
            yield f"Whether the {words.statement} says what it should."
        else:
            yield f"Whether each file shows its competency{_raters(program, route)}."
    yield "Whether the set is approved: a person decides, and gives a reason."


def _raters(program: Program, route: Route) -> str:
    """Who rates the competencies; nobody does on the course route."""
    if route is Route.COURSE:
        return ""
    review = program.rules.review
    *words, last = review.words.values()
    count = review.reviewers[route]
    who = "1 reviewer rates" if count == 1 else f"{count} reviewers rate"
    return f": {who} every competency {', '.join(words)} or {last}"
