"""Found passages -> the sentences that answer, with their places, or a decline; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.domain.knowledge import OF_RECORD, Answer, Citation, Passage, Status
from bot.knowledge.confidence import FLOOR, confidence
from bot.knowledge.index import Index
from bot.knowledge.search import Found

CLOSE = 0.04  # score below the best at which the next passage is quoted too
NEAR = 0.12  # cosine below the best unit's at which a unit of a long passage is still quoted
MOST_UNITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a search comes to: the passages to quote, best or newest first, and how sure we are."""

    status: Status
    passages: tuple[Passage, ...]
    confidence: float
    ranked: tuple[str, ...]


def judge(index: Index, found: Found, *, today: date) -> Verdict:
    """Answered or declined, from which passages.

    A passage that says the documents do not tell is a decline that carries its reason. Passages
    that contradict each other come newest first; one no longer in force brings the one that is.
    """
    chance = confidence(found, rich=any(p.asked for p in index.passages))
    ranked = [index.passages[i] for i in found.order]
    best = ranked[0]
    sure = chance >= FLOOR
    chosen: tuple[Passage, ...] = ()
    if sure:
        chosen = _with_companions(index, found, today=today) if best.tells else (best,)
    return Verdict(
        status=Status.ANSWERED if sure and best.tells else Status.DECLINED,
        passages=chosen,
        confidence=chance,
        ranked=tuple(p.id for p in ranked),
    )


def quote(index: Index, found: Found, verdict: Verdict, *, lead: str) -> Answer:
    """The answer in the documents' own words, after `lead`."""
    citations = [
        Citation(document=p.document, heading=p.heading, quote=unit, file=file, dated=p.dated)
        for p in verdict.passages
        if p.computes not in OF_RECORD
        for unit, file in _units(index, p, found)
    ]
    return Answer(
        status=verdict.status,
        lead=lead,
        citations=tuple(citations),
        confidence=round(verdict.confidence, 3),
        passages=verdict.ranked,
        told_from=tuple(p.id for p in verdict.passages),
    )


def _with_companions(index: Index, found: Found, *, today: date) -> tuple[Passage, ...]:
    """The best passage, those it must not stand without, and the next best when it is close."""
    best = index.passages[found.order[0]]
    if best.computes or best.lead:
        return (best,)
    chosen = _matter(index, best)
    for part in (index.passages[place] for place in found.also):
        if part.tells and not part.computes:
            chosen += _matter(index, part)
    if len(found.order) > 1 and found.scores[0] - found.scores[1] < CLOSE:
        second = index.passages[found.order[1]]
        if second.tells and not second.computes:
            chosen += _matter(index, second)
    outdated = [p for p in chosen if p.valid_to and p.valid_to < today]
    if len(outdated) == len(chosen):
        chosen += tuple(index.passages[index.place(p.now)] for p in outdated)
    if best.matter:  # newest first, what holds today before all
        chosen = tuple(sorted(chosen, key=lambda p: p.since, reverse=True))
    return tuple({p.id: p for p in chosen}.values())


def _matter(index: Index, passage: Passage) -> tuple[Passage, ...]:
    """The passage and those that contradict it, newest first."""
    if not passage.matter:
        return (passage,)
    same = [p for p in index.passages if p.matter == passage.matter]
    return tuple(sorted(same, key=lambda p: p.since, reverse=True))


def _units(index: Index, passage: Passage, found: Found) -> Iterable[tuple[str, str]]:
    """What is quoted of a passage, each unit with its file.

    All of a short passage; of a long one the units nearest to the question, in their order.
    """
    files = passage.files or (passage.file,) * len(passage.units)
    units = tuple(zip(passage.units, files, strict=True))
    rows = index.units[index.place(passage.id)]
    if not rows:
        return units
    cosines = index.vectors[rows.start : rows.stop] @ found.vector
    best = np.argsort(-cosines)[:MOST_UNITS]
    kept = sorted(int(i) for i in best if cosines[i] >= cosines.max() - NEAR)
    return tuple(units[i] for i in kept)
