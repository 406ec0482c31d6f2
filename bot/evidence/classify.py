"""The form of a file and the kind of proof it is, from phrases and from prototypes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from bot.domain.mentions import set_places
from bot.domain.program import Program
from bot.evidence.cues import FLOORS, FORMS, INDIRECT, INDIRECT_FLOOR, UNNAMED, Cue
from bot.evidence.shelf import Shelf
from bot.ports import Vectors

LOOKED_AT = 4000  # characters; forms show on the first page
LIKENESS = 10.0  # log-odds for a whole cosine of difference between prototypes
UNKNOWN_FORM = -3.0  # where a form starts for which no phrases are written
_CONTEXT = re.compile(r"\b(?:course|class|set|title|re|submission for|statement for)\b", re.I)


def form_odds(
    shelf: Shelf, text: str, whole: Vectors, *, sets: Mapping[str, float]
) -> dict[str, float]:
    """Log-odds of each form against ordinary evidence.

    `whole` is the text's vector, shape (1, d); `sets` the weights of the sets it names.
    """
    head = text[:LOOKED_AT]
    near = shelf.forms.nearness(whole, nearest=3)[0]
    ordinary = float(shelf.competencies.nearness(whole, nearest=3).max(initial=0.0))
    named = min(max(sets.values(), default=0.0), 2.0)
    odds = {}
    for form, value in zip(shelf.forms.keys, near, strict=True):
        unnamed, step = UNNAMED.get(form, (0.0, 0.0))
        cues = _sum(FORMS.get(form, ()), head, floor=FLOORS.get(form, UNKNOWN_FORM))
        odds[form] = cues + unnamed + step * named + LIKENESS * (float(value) - ordinary)
    return odds


def indirect_odds(shelf: Shelf, text: str, whole: Vectors) -> float:
    """Log-odds that evidence for a competency is secondary."""
    primary, secondary = shelf.proofs.nearness(whole, nearest=2)[0]
    return _sum(INDIRECT, text[:LOOKED_AT], floor=INDIRECT_FLOOR) + LIKENESS * float(
        secondary - primary
    )


def set_weights(program: Program, text: str) -> dict[str, float]:
    """How strongly a certificate, statement or letter names each set, by title or alias.

    Full titles count more than aliases, names after 'course' or 'set' more than others, and
    names near the beginning more than in a list at the end.
    """
    titles = {s.id: s.title.lower() for s in program.sets}
    weights = dict.fromkeys(titles, 0.0)
    head = text[:LOOKED_AT]
    for place in set_places(program, head):
        weight = 2.0 if place.name.lower() == titles[place.set_id] else 0.6
        weight *= 1.5 if _CONTEXT.search(_around(head, place.start, place.end)) else 1.0
        weights[place.set_id] += weight * float(np.exp(-place.start / 1000))
    return weights


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 50) : start] + " " + text[end : end + 12]


def _sum(cues: Sequence[Cue], text: str, *, floor: float) -> float:
    return floor + sum(cue.weight for cue in cues if cue.pattern.search(text))
