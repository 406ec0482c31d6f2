"""The record's rules: what is filed and where, and what is open to a candidate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Candidate
from bot.domain.program import CompetencySet, Program, Section


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


def chosen_sets(program: Program, candidate: Candidate) -> tuple[CompetencySet, ...]:
    """The required sets and the electives chosen so far, in the program's order."""
    return tuple(s for s in program.sets if s.required or s.id in candidate.electives)


def open_sections(program: Program, candidate: Candidate) -> tuple[Section, ...]:
    """Sections this candidate may file into: every elective stays open until enough are chosen."""
    settled = len(candidate.electives) >= program.electives_needed
    sets = chosen_sets(program, candidate) if settled else program.sets
    allowed = {s.id for s in sets} | {""}
    return tuple(section for section in program.sections if section.set_id in allowed)
