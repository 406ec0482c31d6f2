"""Which sets and competencies a text names, by id, code, title or alias; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.program import CompetencySet, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Ids of the sets and competencies named, each once, in order of appearance."""

    sets: tuple[str, ...]
    competencies: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether anything was named."""
        return bool(self.sets or self.competencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a set is named: characters `start` to `end` hold `name`, perhaps wrapped."""

    start: int
    end: int
    set_id: str
    name: str


def mentions(program: Program, text: str) -> Mentions:
    """What the text names. `TECH-8`, `tech 8` and `Tech8` are the same competency."""
    sets = dict.fromkeys(place.set_id for place in set_places(program, text))
    return Mentions(sets=tuple(sets), competencies=_competencies(program, text))


def set_places(program: Program, text: str) -> tuple[Place, ...]:
    """Every place a set is named, in order; of names that overlap the longest counts.

    A bare code must be in capitals, so that 'tech' stays a word unless it is an alias.
    """
    if not program.sets:
        return ()
    owner = {name.lower(): s.id for s in program.sets for name in set_names(s)}
    codes = {s.code: s.id for s in program.sets}
    longest_first = sorted(owner, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    pattern = rf"(?<![\w-])(?:(?i:{words})|{'|'.join(codes)})(?![\w-])"
    return tuple(
        Place(
            start=m.start(),
            end=m.end(),
            set_id=codes.get(name) or owner[name.lower()],
            name=name,
        )
        for m in re.finditer(pattern, text)
        for name in (" ".join(m[0].split()),)
    )


def set_names(competency_set: CompetencySet) -> tuple[str, ...]:
    """What the set is called: title, id and aliases."""
    return (competency_set.title, competency_set.id, *competency_set.aliases)


def _competencies(program: Program, text: str) -> tuple[str, ...]:
    known = {c.id for s in program.sets for c in s.competencies}
    codes = "|".join(s.code for s in program.sets)
    found = re.findall(rf"\b({codes})[\s\u2010-\u2015-]?0?(\d{{1,2}})\b", text, re.IGNORECASE)
    ids = (f"{code.upper()}-{int(number)}" for code, number in found)
    return tuple(dict.fromkeys(id for id in ids if id in known))
