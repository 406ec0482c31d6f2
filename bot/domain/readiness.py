"""What must be there before a set is submitted, what lacks, and what only people can judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.choosing import Plan
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.portfolio import Evidence, State
from bot.domain.program import CompetencySet, Program, Section, SectionKind
from bot.domain.rules import Route
from bot.domain.standing import Phase


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
    """Everything a rule checked of one set, and sentences on what people judge beyond that."""

    set_id: str
    route: Route
    checks: tuple[Check, ...]
    judged: tuple[str, ...]

    @property
    def missing(self) -> tuple[Check, ...]:
        """What must still come, in the program's order."""
        return tuple(check for check in self.checks if not check.met)

    @property
    def ready(self) -> bool:
        """Whether the set could be submitted now."""
        return not self.missing


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
        return self.chosen and self.plan.standing.phase in {Phase.OPEN, Phase.COURSE_RECOMMENDED}


def readiness(
    program: Program,
    competency_set: CompetencySet,
    *,
    route: Route,
    evidence: Iterable[Evidence],
) -> Readiness:
    """The check of one set on that route; the order of the evidence does not matter.

    A certificate alone is enough on the course route. A portfolio needs a file for every
    competency and the statement.
    """
    filled = {s for e in evidence if e.filing.state is State.FILED for s in e.filing.sections}
    needed = _COURSE if route is Route.COURSE else _PORTFOLIO
    return Readiness(
        set_id=competency_set.id,
        route=route,
        checks=tuple(
            _check(program, section, route, met=section.id in filled)
            for section in program.sections_of(competency_set.id)
            if section.kind in needed
        ),
        judged=_judged(program, competency_set, route),
    )


_COURSE = frozenset({SectionKind.CERTIFICATE})
_PORTFOLIO = frozenset({SectionKind.COMPETENCY, SectionKind.STATEMENT})


def _check(program: Program, section: Section, route: Route, *, met: bool) -> Check:
    return Check(
        section=section.id,
        text=section.title,
        met=met,
        reason=_reason(program, section.kind),
        cites=program.rules.ready_cites[route],
    )


def _reason(program: Program, kind: SectionKind) -> str:
    if kind is SectionKind.CERTIFICATE:
        return f"The {program.words.certificate} alone proves the set, so it must be filed."
    if kind is SectionKind.STATEMENT:
        return f"Without a {program.words.certificate} a set needs a {program.words.statement}."
    return "Each competency needs at least one file that shows it."


def _judged(program: Program, competency_set: CompetencySet, route: Route) -> tuple[str, ...]:
    review = program.rules.review
    count = review.reviewers[route]
    decided = "Whether the set is approved: a person decides, and gives a reason."
    if route is Route.COURSE:
        valid = f"Whether the {program.words.certificate} is valid and stands for all of"
        return (f"{valid} {competency_set.title}.", decided)
    *words, last = review.words.values()
    who = "1 reviewer rates" if count == 1 else f"{count} reviewers rate"
    return (
        f"Whether each file shows its competency: {who} every competency {', '.join(words)} or "
        f"{last}.",
        f"Whether the {program.words.statement} says what it should.",
        decided,
    )
