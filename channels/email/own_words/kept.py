"""Of a mail's lines those that the person wrote, and the quotations that answers stand between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from channels.email.own_words.credit import credit_ending
from channels.email.own_words.ending import is_letter, own_end, own_start
from channels.email.own_words.history import Kind, Parted, parted
from channels.email.own_words.line import Line, Mark, plain

MOST_CREDIT = 4  # lines at a quotation's beginning that may tell whose it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Lines that follow each other, all quoted or none; `credited` if one tells by whom."""

    start: int
    end: int
    quoted: bool
    credited: bool = False


def kept_words(
    lines: Sequence[Line], *, forward: bool, ours: frozenset[str], name: str = ""
) -> str:
    """The person's own words among the lines; see `own_words`."""
    told = parted(lines, forward=forward, ours=ours)
    runs = _trimmed(lines, _runs(lines, told), name=name)
    shown = _shown(lines, runs)
    if not told.passed_on:
        return shown
    return f"{shown}\n\n{_text(lines[told.end :])}".strip()


def _runs(lines: Sequence[Line], told: Parted) -> list[Run]:
    """The mail's runs; a blank line goes with what is above it, a quotation with its credit."""
    sorts: list[Kind] = []
    for kind in told.kinds:
        above = sorts[-1] if sorts else Kind.OWN
        goes_on = kind is Kind.BLANK or (kind is Kind.QUOTE and above is Kind.CREDIT)
        sorts.append(above if goes_on else kind)
    found = []
    for sort, group in groupby(range(len(sorts)), key=sorts.__getitem__):
        span = list(group)
        start, quoted = span[0], sort is not Kind.OWN
        credited = sort is Kind.CREDIT or (
            quoted and _begins_with_credit([lines[at] for at in span[:MOST_CREDIT]])
        )
        found.append(Run(start=start, end=span[-1] + 1, quoted=quoted, credited=credited))
    return found


def _begins_with_credit(quoted: Sequence[Line]) -> bool:
    """Whether a quotation tells by whom inside it, as Apple's does."""
    bare = [Line(text=line.text) for line in quoted if plain(line.text)]
    return any(credit_ending(bare, end, quoted=False)[1] for end in range(len(bare)))


def _trimmed(lines: Sequence[Line], runs: Sequence[Run], *, name: str) -> list[Run]:
    """The runs without what is nobody's; a run of that alone is gone."""
    found: list[Run] = []
    for run in runs:
        alone = all(one.quoted for one in found)
        kept = run if run.quoted else _own(lines, run, alone=alone, name=name)
        if kept.start < kept.end:
            found.append(kept)
    return found


def _own(lines: Sequence[Line], run: Run, *, alone: bool, name: str) -> Run:
    """Somebody's own run without blank lines around it, and without what is not theirs."""
    texts = [line.text for line in lines[run.start : run.end]]
    above = _blanks(texts)
    above += own_start(texts[above:])
    above += _blanks(texts[above:])
    start = run.start + above
    bare = _unsigned(lines, start, run.end) - run.start
    end = start + own_end(texts[above:bare], alone=alone, name=name)
    return replace(run, start=start, end=end)


def _blanks(texts: Sequence[str]) -> int:
    return next((at for at, text in enumerate(texts) if plain(text)), len(texts))


def _unsigned(lines: Sequence[Line], start: int, end: int) -> int:
    """The end without a signature that the page marks as one, unless nothing stands above it."""
    bare = end
    while bare > start and (lines[bare - 1].mark is Mark.SIGNATURE or not lines[bare - 1].text):
        bare -= 1
    marked = [line.text for line in lines[bare:end]]
    return bare if bare > start and not is_letter(marked) else end


def _shown(lines: Sequence[Line], runs: list[Run]) -> str:
    own = [at for at, run in enumerate(runs) if not run.quoted]
    if not own:
        bare = any(run.credited for run in runs) or not any(plain(line.text) for line in lines)
        return "" if bare else _joined(lines, runs)
    if _are_answers(runs, own):
        return _joined(lines, [replace(runs[0], end=runs[own[-1]].end)])
    return _joined(lines, [run for at, run in enumerate(runs) if _is_kept(runs, at, first=own[0])])


def _is_kept(runs: Sequence[Run], at: int, *, first: int) -> bool:
    """Whether a run is told: one's own, and a quotation that the person seems to have chosen.

    That is one of nobody above their words, or between them and the mail that they answer.
    """
    if not runs[at].quoted:
        return True
    below = runs[at + 1] if at + 1 < len(runs) else runs[at]
    return not runs[at].credited and (at < first or below.credited)


def _joined(lines: Sequence[Line], runs: Sequence[Run]) -> str:
    return "\n\n".join(_text(lines[run.start : run.end]) for run in runs)


def _are_answers(runs: Sequence[Run], own: Sequence[int]) -> bool:
    """Whether quotations tell what is answered.

    They do not where all of somebody's words stand together, nor where one whole mail is quoted
    between a beginning and an end.
    """
    between = [run for run in runs[own[0] : own[-1]] if run.quoted]
    around = [run for run in (*runs[: own[0]], *runs[own[-1] :]) if run.quoted]
    if not between:
        return False
    return bool(around) or len(between) > 1 or not between[0].credited


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.shown for line in lines).strip("\n").rstrip()
