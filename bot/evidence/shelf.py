"""A program's sections ready to be compared with files: vectors of what belongs, and a lexicon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.program import Program, Section
from bot.domain.sections import SectionKind
from bot.evidence.lexicon import Lexicon, build_lexicon
from bot.ports import Encoder, Vectors

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Vectors of the lines that describe some keys; line i describes `keys[owner[i]]`."""

    keys: tuple[str, ...]
    owner: NDArray[np.intp]
    vectors: Vectors

    def nearness(self, texts: Vectors, *, nearest: int) -> Vectors:
        """Mean cosine of each text to the nearest lines of each key, shape (texts, keys)."""
        cosines = texts @ self.vectors.T
        found = np.zeros((len(texts), len(self.keys)), dtype=np.float32)
        for key in range(len(self.keys)):
            own = np.sort(cosines[:, self.owner == key], axis=1)
            found[:, key] = own[:, -nearest:].mean(axis=1) if own.size else 0.0
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Everything `look` compares a file with.

    `competencies` has a key for each competency, `forms` one for each other form a file can have
    (a record section's id, or a kind of section that every set has), `proofs` the two kinds.
    """

    program: Program
    encoder: Encoder
    competencies: Lines
    forms: Lines
    proofs: Lines
    lexicon: Lexicon


def build_shelf(program: Program, encoder: Encoder, embed: Embed | None = None) -> Shelf:
    """The shelf of a program. `embed` may fetch remembered vectors instead of computing."""
    competencies = [(s.id, (s.title, *s.looks_like)) for s in _of_kind(program, competency=True)]
    proofs = [
        ("primary", program.primary_looks_like),
        ("secondary", program.secondary_looks_like),
    ]
    groups = (competencies, _forms(program), proofs)
    texts = [line for group in groups for _, lines in group for line in lines]
    vectors = (embed or encoder)(texts)
    lines, start = [], 0
    for group in groups:
        made = _lines(group, vectors[start:])
        lines.append(made)
        start += len(made.owner)
    return Shelf(
        program=program,
        encoder=encoder,
        competencies=lines[0],
        forms=lines[1],
        proofs=lines[2],
        lexicon=build_lexicon([" ".join(one) for _, one in competencies]),
    )


def form_of(section: Section) -> str:
    """The form that files of a section have."""
    return section.id if section.kind is SectionKind.RECORD else section.kind.value


def _forms(program: Program) -> list[tuple[str, tuple[str, ...]]]:
    """The lines of each form, those of all sets together."""
    forms: dict[str, tuple[str, ...]] = {}
    for section in _of_kind(program, competency=False):
        form = form_of(section)
        forms[form] = (*forms.get(form, ()), *section.looks_like)
    return list(forms.items())


def _of_kind(program: Program, *, competency: bool) -> list[Section]:
    wanted = SectionKind.COMPETENCY
    return [s for s in program.sections if (s.kind is wanted) == competency]


def _lines(group: Sequence[tuple[str, tuple[str, ...]]], vectors: Vectors) -> Lines:
    """Takes the group's vectors from the front of `vectors`."""
    owner = [place for place, (_, lines) in enumerate(group) for _ in lines]
    return Lines(
        keys=tuple(key for key, _ in group),
        owner=np.asarray(owner, dtype=np.intp),
        vectors=vectors[: len(owner)],
    )
