"""What a share shows of a record, and to whom it was shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.people import Person
from bot.domain.portfolio import Evidence, State
from bot.domain.program import Program
from bot.domain.progress import SetProgress
from bot.domain.sharing import EVERYTHING, Comment, Share
from bot.domain.statement import StatementVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSet:
    """One set as a mentor sees it; `statement` is the newest version, if there is any text."""

    progress: SetProgress
    statement: StatementVersion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedRecord:
    """What a share shows, or `part` of it (a set's id): sets, files, and what was said of them.

    Comments are those between owner and mentor, oldest first. Files tell of no section but those
    shown.
    """

    share: Share
    owner: Person
    part: str
    sets: tuple[SharedSet, ...]
    files: tuple[Evidence, ...]
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Somebody else looked at a record: who, when, what the trail calls it and tells of it.

    The name of a reviewer is not told: it is empty.
    """

    name: str
    at: datetime
    action: str
    details: Mapping[str, str]


def shared_sections(program: Program, set_id: str) -> frozenset[str]:
    """The ids of the sections that a share of that set shows."""
    sections = program.sections if set_id == EVERYTHING else program.sections_of(set_id)
    return frozenset(section.id for section in sections)


def shared_files(evidence: Iterable[Evidence], sections: frozenset[str]) -> tuple[Evidence, ...]:
    """What is filed in those sections; no file tells of further sections it stands in."""
    shown = []
    for one in evidence:
        inside = tuple(s for s in one.filing.sections if s in sections)
        if one.filing.state is State.FILED and inside:
            shown.append(replace(one, filing=replace(one.filing, sections=inside)))
    return tuple(shown)
