"""The record's rules: what is filed, what a set still lacks, what is open to a candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.program import Competency, CompetencySet, Program, Section, SectionKind

_NOTHING_SUBMITTED: Mapping[str, Phase] = MappingProxyType({})


class Kind(StrEnum):
    """Direct proof of the candidate's own work, or proof that adds to it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class State(StrEnum):
    """Filed in sections, waiting for the candidate's word, or taken out of the record."""

    FILED = "filed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Where a file stands: its state, its sections' ids in the order chosen, and its kind."""

    state: State
    sections: tuple[str, ...] = ()
    kind: Kind = Kind.PRIMARY

    def moved(self, section: str) -> Filing:
        """The same file in that section alone."""
        return replace(self, state=State.FILED, sections=(section,))

    def also(self, section: str) -> Filing:
        """The same file in that section as well."""
        kept = tuple(s for s in self.sections if s != section)
        return replace(self, state=State.FILED, sections=(*kept, section))

    def withdrawn(self) -> Filing:
        """The same file out of every section."""
        return replace(self, state=State.WITHDRAWN, sections=())


WITHDRAWN = Filing(state=State.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One stored file of a candidate. `number` counts from 1 within that candidate's record.

    `size` is in bytes, `stored_at` aware UTC, `sha256` the hex name of the bytes.
    """

    id: int
    number: int
    person_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    stored_at: datetime
    filing: Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step in a file's history; all changes of one message share its key and undo together.

    `undone_at` is when the step was taken back; None while it holds.
    """

    id: int
    evidence_id: int
    before: Filing
    after: Filing
    message_key: str
    reason: str
    at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProgress:
    """How far one set is: competency ids covered, who proves what else, and what came of it.

    What was achieved is complete for ever, whatever becomes of the files.
    """

    set: CompetencySet
    covered: frozenset[str]
    has_statement: bool
    has_certificate: bool
    has_letter: bool
    phase: Phase = Phase.OPEN

    @property
    def missing(self) -> tuple[Competency, ...]:
        """Competencies without evidence, in the program's order; none once it was submitted."""
        if self.phase is not Phase.OPEN:
            return ()
        return tuple(c for c in self.set.competencies if c.id not in self.covered)

    @property
    def total(self) -> int:
        """Parts a portfolio of this set needs: every competency and the statement."""
        return len(self.set.competencies) + 1

    @property
    def done(self) -> int:
        """Parts that are there; a certificate, or having achieved it, stands for all of them.

        Once a course is recommended the parts of a portfolio count for nothing.
        """
        if self.has_certificate or self.achieved:
            return self.total
        if self.phase is Phase.COURSE_RECOMMENDED:
            return 0
        return len(self.covered) + self.has_statement

    @property
    def achieved(self) -> bool:
        """Whether it was approved."""
        return self.phase is Phase.ACHIEVED

    @property
    def complete(self) -> bool:
        """Whether nothing is missing before the set can be submitted."""
        return self.done == self.total

    @property
    def started(self) -> bool:
        """Whether anything at all is filed or submitted for this set."""
        return self.done > 0 or self.has_letter or self.phase is not Phase.OPEN


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


def chosen_sets(program: Program, candidate: Candidate) -> tuple[CompetencySet, ...]:
    """The required sets and the electives chosen so far, in the program's order."""
    return tuple(s for s in program.sets if s.required or s.id in candidate.electives)


def open_sections(program: Program, candidate: Candidate) -> tuple[Section, ...]:
    """Sections this candidate may file into: every elective stays open until enough are chosen."""
    settled = len(candidate.electives) >= program.electives_needed
    sets = chosen_sets(program, candidate) if settled else program.sets
    allowed = {s.id for s in sets} | {""}
    return tuple(section for section in program.sections if section.set_id in allowed)


def progress(
    program: Program,
    candidate: Candidate,
    evidence: tuple[Evidence, ...],
    *,
    today: date,
    phases: Mapping[str, Phase] = _NOTHING_SUBMITTED,
) -> Progress:
    """What is there and what is missing, counted from the filed evidence and what came of it.

    `phases` are the sets' phases by id (`standing.phases`); a set that has none is open.
    """
    filled = {s for e in evidence if e.filing.state is State.FILED for s in e.filing.sections}
    every = tuple(
        _set_progress(program, s, filled, phases.get(s.id, Phase.OPEN)) for s in program.sets
    )
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


def _set_progress(
    program: Program, competency_set: CompetencySet, filled: set[str], phase: Phase
) -> SetProgress:
    kinds = {
        section.kind
        for section in program.sections
        if section.set_id == competency_set.id and section.id in filled
    }
    return SetProgress(
        set=competency_set,
        covered=frozenset(c.id for c in competency_set.competencies if c.id in filled),
        has_statement=SectionKind.STATEMENT in kinds,
        has_certificate=SectionKind.CERTIFICATE in kinds,
        has_letter=SectionKind.LETTER in kinds,
        phase=phase,
    )
