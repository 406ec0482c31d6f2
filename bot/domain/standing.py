"""Where a candidate stands with each set: what was submitted, decided, asked for, achieved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, State
from bot.domain.program import Program
from bot.domain.rules import Outcome
from bot.domain.submission import Stage, Submission, items_of, manifest_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A set's phase, and the submission that it follows from (None while open)."""

    set_id: str
    phase: Phase
    submission: Submission | None = None


_PHASES = {
    Stage.WAITING: Phase.SUBMITTED,
    Stage.IN_REVIEW: Phase.IN_REVIEW,
    Outcome.APPROVED: Phase.ACHIEVED,
    Outcome.MORE: Phase.MORE_WANTED,
    Outcome.COURSE: Phase.COURSE_RECOMMENDED,
}


def standing(set_id: str, submissions: Iterable[Submission]) -> Standing:
    """Where the set stands, from all of one candidate's submissions, oldest first."""
    own = [s for s in submissions if s.set_id == set_id and s.stage is not Stage.WITHDRAWN]
    achieved = [s for s in own if s.decision and s.decision.outcome is Outcome.APPROVED]
    leading = (achieved or own)[-1:]
    if not leading:
        return Standing(set_id=set_id, phase=Phase.OPEN)
    one = leading[0]
    phase = _PHASES[one.decision.outcome if one.decision else one.stage]
    return Standing(set_id=set_id, phase=phase, submission=one)


def standings(program: Program, submissions: Sequence[Submission]) -> tuple[Standing, ...]:
    """Where every set stands, in the program's order."""
    return tuple(standing(s.id, submissions) for s in program.sets)


def refused_as(
    stands: Standing, evidence: Iterable[Evidence], sections: Sequence[str]
) -> Submission | None:
    """The submission decided against that held just what those sections hold now.

    None when anything differs from it: nobody is to judge the same list twice.
    """
    one = stands.submission
    if one is None or stands.phase is not Phase.COURSE_RECOMMENDED:
        return None
    filed = [e for e in evidence if e.filing.state is State.FILED]
    return one if manifest_sha256(items_of(filed, sections)) == one.manifest_sha256 else None


def achieved(program: Program, submissions: Sequence[Submission]) -> frozenset[str]:
    """The ids of the sets that were achieved."""
    found = standings(program, submissions)
    return frozenset(s.set_id for s in found if s.phase is Phase.ACHIEVED)


def certified(program: Program, done: frozenset[str]) -> bool:
    """Whether these achieved sets complete the certification."""
    required = {s.id for s in program.required_sets}
    return required <= done and len(done - required) >= program.electives_needed
