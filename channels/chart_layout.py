"""Where everything in a chart's picture goes: a chart in, shapes in drawing order out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.domain.messages import Bar, Chart
from channels.lettering import Lettering, Line, Weight

PAPER = "#ffffff"
INK = "#1f2a37"
QUIET = "#4b5868"  # smaller words
HAIR = "#e3e7ec"  # lines between rows
EDGE = "#8492a3"  # outline of what is still open
OPEN = "#eef1f5"  # inside of what is still open
DONE = "#0b62a8"  # blue and green stay apart for every kind of colour vision,
WHOLE = "#04714f"  # and shape and words say the same without them

# All lengths are pixels of the picture: two of them make one on a common screen.
WIDTH = 1800
MARGIN = 96  # left and right
HEADROOM = 80  # above the title and below the footer
MARK_SIZE = 52
LABEL_LEFT, LABEL_RIGHT = 172, 806
BAR_LEFT, BAR_RIGHT, BAR_HEIGHT = 846, 1262, 36
WORDS_LEFT, WORDS_RIGHT = 1302, WIDTH - MARGIN
ROW_PADDING = 24
MOST_CELLS = (
    24  # more parts than that are two pieces, done and open: cells would be too thin to count
)
CELL_GAP = 6
LEADING = 1.2  # line height in sizes
BLEED = 12  # how far accents upon accents may reach out of their line


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle: left and top corner, width and height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text in its box; nothing of it is drawn outside."""

    box: Box
    line: Line
    ink: str
    ground: str = PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A rectangle with round corners; `ground` is the colour that it lies on."""

    box: Box
    radius: int
    ink: str
    ground: str = PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check mark."""

    box: Box
    ink: str
    ground: str


Shape = Words | Patch | Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A picture's height and its shapes; the width is always the same."""

    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a piece of text is set: size in pixels, weight, colour and the most lines it may take."""

    size: int
    most: int
    weight: Weight = Weight.REGULAR
    ink: str = INK

    @property
    def leading(self) -> int:
        """Height of one line."""
        return round(self.size * LEADING)


TITLE = Style(size=76, most=2, weight=Weight.BOLD)
LABEL = Style(size=56, most=3)
COUNT = Style(size=56, most=1, weight=Weight.BOLD)
NOTE = Style(size=48, most=3, ink=QUIET)
FOOTER = Style(size=48, most=3, ink=QUIET)


def arrange(chart: Chart, lettering: Lettering) -> Layout:
    """Title, one row a bar, footer, from top to bottom; rows are as tall as their words."""
    title = _text(lettering, MARGIN, WORDS_RIGHT, (chart.title, TITLE))
    footer = _text(lettering, MARGIN, WORDS_RIGHT, (chart.footer, FOOTER))
    shapes = [*title.at(HEADROOM)]
    y = HEADROOM + title.height + 24
    for bar in chart.bars:
        row = _row(bar, y, lettering)
        shapes += [_hairline(y), *row.shapes]
        y += row.height
    shapes += [_hairline(y), *footer.at(y + 24)]
    return Layout(height=y + 24 + footer.height + HEADROOM, shapes=tuple(shapes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """Lines below one another in a column."""

    left: int
    right: int
    lines: tuple[tuple[Line, Style], ...]

    @property
    def height(self) -> int:
        return sum(style.leading for _, style in self.lines) + 2 * BLEED

    def at(self, y: int) -> list[Shape]:
        shapes: list[Shape] = []
        for line, style in self.lines:
            height = style.leading + 2 * BLEED
            box = Box(x=self.left, y=y, width=self.right - self.left, height=height)
            shapes.append(Words(box=box, line=line, ink=style.ink))
            y += style.leading
        return shapes


def _text(lettering: Lettering, left: int, right: int, *parts: tuple[str, Style]) -> _Text:
    lines = tuple(
        (line, style)
        for text, style in parts
        for line in lettering.lines(
            text, right - left, most=style.most, size=style.size, weight=style.weight
        )
    )
    return _Text(left=left, right=right, lines=lines)


def _row(bar: Bar, y: int, lettering: Lettering) -> Layout:
    total = max(0, bar.total)
    done = min(max(0, bar.done), total)
    label = _text(lettering, LABEL_LEFT, LABEL_RIGHT, (bar.label, LABEL))
    count = f"{done} of {total}"
    words = _text(lettering, WORDS_LEFT, WORDS_RIGHT, (count, COUNT), (bar.note, NOTE))
    height = max(label.height, words.height, MARK_SIZE) + 2 * ROW_PADDING
    middle = y + height // 2
    shapes = (
        *_mark(middle, whole=0 < total == done),
        *label.at(middle - label.height // 2),
        *_bar(done, total, middle - BAR_HEIGHT // 2),
        *words.at(middle - words.height // 2),
    )
    return Layout(height=height, shapes=shapes)


def _mark(middle: int, *, whole: bool) -> tuple[Shape, ...]:
    """A disc with a check mark for a complete row, an empty ring for any other."""
    box = Box(x=MARGIN, y=middle - MARK_SIZE // 2, width=MARK_SIZE, height=MARK_SIZE)
    if whole:
        disc = Patch(box=box, radius=MARK_SIZE // 2, ink=WHOLE)
        return disc, Check(box=_inset(box, 12), ink=PAPER, ground=WHOLE)
    return _outlined(box, MARK_SIZE // 2, inside=PAPER)


def _bar(done: int, total: int, y: int) -> list[Shape]:
    """One cell a part, so that it can be counted; two pieces where cells would be too thin."""
    ink = WHOLE if done == total else DONE
    shapes: list[Shape] = []
    for left, right, filled in _pieces(done, total):
        box = Box(x=left, y=y, width=right - CELL_GAP - left, height=BAR_HEIGHT)
        shapes += [Patch(box=box, radius=6, ink=ink)] if filled else _outlined(box, 6)
    return shapes


def _pieces(done: int, total: int) -> list[tuple[int, int, bool]]:
    """Left and right of each piece, gap included, and whether it is filled."""
    end = BAR_RIGHT + CELL_GAP
    if total <= MOST_CELLS:
        cells = max(1, total)
        edges = [BAR_LEFT + (end - BAR_LEFT) * n // cells for n in range(cells + 1)]
        return [(a, b, n < done) for n, (a, b) in enumerate(pairwise(edges))]
    middle = BAR_LEFT + (end - BAR_LEFT) * done // total
    middle = middle if done in {0, total} else min(max(middle, BAR_LEFT + 20), end - 20)
    return [(a, b, n == 0) for n, (a, b) in enumerate(pairwise((BAR_LEFT, middle, end))) if a < b]


def _outlined(box: Box, radius: int, inside: str = OPEN) -> tuple[Shape, Shape]:
    edge = Patch(box=box, radius=radius, ink=EDGE)
    return edge, Patch(box=_inset(box, 3), radius=radius - 3, ink=inside, ground=EDGE)


def _inset(box: Box, by: int) -> Box:
    return Box(x=box.x + by, y=box.y + by, width=box.width - 2 * by, height=box.height - 2 * by)


def _hairline(y: int) -> Patch:
    return Patch(box=Box(x=MARGIN, y=y, width=WIDTH - 2 * MARGIN, height=2), radius=0, ink=HAIR)
