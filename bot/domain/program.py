"""A certification program as data: its sets, its sections and the rules they follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from bot.domain.notices.happenings import HAPPENINGS
from bot.domain.notices.kinds import NoticeRules
from bot.domain.rules import Rules
from bot.domain.sections import SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """One thing a candidate shows. `basis` tells how sure the wording is (source, partial, ...).

    `looks_like` lines say what evidence for it looks like; they are matched and never quoted.
    """

    id: str
    text: str
    basis: str = "source"
    suggestions: tuple[str, ...] = ()
    looks_like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencySet:
    """A group of competencies that is proved and reviewed together."""

    id: str
    code: str
    title: str
    required: bool
    overview: str
    competencies: tuple[Competency, ...]
    aliases: tuple[str, ...] = ()
    revision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A place evidence can go; `set_id` is empty for sections of the record as a whole."""

    id: str
    title: str
    kind: SectionKind
    set_id: str = ""
    looks_like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Local opening times of one kind of day; days count from Monday = 0."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The program's help line; `time_zone` is an IANA name, `caveat` what is not certain of it."""

    name: str
    contact: str
    time_zone: str
    hours: tuple[OpeningHours, ...]
    caveat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A period of the program's documents; `since` is an ISO date or a year, for ordering."""

    id: str
    label: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the program calls its own things."""

    record: str
    record_short: str
    certificate: str
    statement: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything a program decides, loaded from a program pack."""

    id: str
    name: str
    short_name: str
    words: Words
    sets: tuple[CompetencySet, ...]
    sections: tuple[Section, ...]
    electives_needed: int
    subscription_years: int
    rules: Rules
    secondary_looks_like: tuple[str, ...] = ()
    primary_looks_like: tuple[str, ...] = ()
    eras: tuple[Era, ...] = ()
    support: Support | None = None
    unofficial: str = ""
    notices: NoticeRules = field(default_factory=lambda: NoticeRules(kinds=HAPPENINGS))

    def set(self, set_id: str) -> CompetencySet:
        """The set of that id; KeyError when there is none."""
        return next(s for s in self.sets if s.id == set_id)

    def sections_of(self, set_id: str) -> tuple[Section, ...]:
        """The set's sections, in the program's order."""
        return tuple(s for s in self.sections if s.set_id == set_id)

    @property
    def required_sets(self) -> tuple[CompetencySet, ...]:
        """The sets every candidate proves."""
        return tuple(s for s in self.sets if s.required)

    @property
    def elective_sets(self) -> tuple[CompetencySet, ...]:
        """The sets a candidate chooses from."""
        return tuple(s for s in self.sets if not s.required)

    @property
    def sets_needed(self) -> int:
        """How many sets complete a certification."""
        return len(self.required_sets) + self.electives_needed
