"""What a benchmark found, as lines of one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

_HEADINGS = ("what", "figure", "unit", "ratio", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure; `ratio` compares it with what `to` names, a baseline or a target."""

    what: str
    figure: float
    unit: str
    ratio: float
    to: str


def against_target(what: str, figure: float, unit: str, *, target: float) -> Line:
    """A figure that should stay below a target: below it the ratio is less than 1."""
    return Line(what=what, figure=figure, unit=unit, ratio=figure / target, to=f"target {target:g}")


def p99(figures: Sequence[float]) -> float:
    """The figure that 99 of 100 stay below."""
    return quantiles(figures, n=100, method="inclusive")[98]


def lines_of_table(title: str, lines: Iterable[Line]) -> list[str]:
    """The lines under a heading, in columns."""
    rows = [_cells(line) for line in lines]
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    ruler = tuple("-" * width for width in widths)
    return [title, *(_joined(row, widths) for row in (_HEADINGS, ruler, *rows))]


def _cells(line: Line) -> tuple[str, ...]:
    digits = 0 if line.figure >= 100 else 2
    figure = f"{line.figure:,.{digits}f}"
    return (line.what, figure, line.unit, f"{line.ratio:.2f}", line.to)


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    what, figure, unit, ratio, to = cells
    parts = (
        what.ljust(widths[0]),
        figure.rjust(widths[1]),
        unit.ljust(widths[2]),
        ratio.rjust(widths[3]),
        to,
    )
    return "  " + "  ".join(parts)
