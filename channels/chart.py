"""Draws a chart as a PNG picture for every channel that can show one."""

from __future__ import annotations

from io import BytesIO
from typing import assert_never

from PIL import Image, ImageColor, ImageDraw

from bot.domain.messages import Chart
from channels.chart_layout import PAPER, WIDTH, Box, Check, Patch, Shape, Words, arrange
from channels.lettering import Lettering

FINENESS = 4  # shapes are drawn so many times larger and reduced: their edges come out smooth
CHECK = ((0.0, 0.54), (0.36, 0.88), (1.0, 0.16))  # corners, as shares of its box


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, 1800 pixels wide (900 at two to the point) and as tall as its rows need.

    The same chart gives the same bytes. Any text and any numbers can be drawn: `done` is held
    between 0 and `total`, and text that does not fit ends in an ellipsis. Safe in any thread.
    """
    layout = arrange(chart, Lettering())
    palette = _Palette(layout.shapes)
    picture = Image.new("P", (WIDTH, layout.height), 0)
    picture.putpalette(palette.levels())
    for shape in layout.shapes:
        stencil = _stencil(shape)
        touched = stencil.point([0] + 255 * [255])
        picture.paste(palette.shaded(stencil, shape), (shape.box.x, shape.box.y), touched)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


class _Palette:
    """Paper, then for each ink and what it lies on the shades from one to the other.

    Drawing in a palette takes a third of the time and of the bytes that full colour takes, and
    so few inks leave enough shades for edges as smooth as the eye can tell.
    """

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        self._pairs = list(dict.fromkeys((shape.ink, shape.ground) for shape in shapes))
        self._shades = 255 // len(self._pairs)

    def levels(self) -> list[int]:
        """Red, green and blue of every colour, one after the other."""
        levels = list(ImageColor.getrgb(PAPER))
        for ink, ground in self._pairs:
            ends = list(zip(ImageColor.getrgb(ground), ImageColor.getrgb(ink), strict=True))
            for shade in range(self._shades):
                levels += [round(a + (b - a) * shade / (self._shades - 1)) for a, b in ends]
        return levels

    def shaded(self, stencil: Image.Image, shape: Shape) -> Image.Image:
        """The stencil's coverage as places in the palette."""
        start = 1 + self._pairs.index((shape.ink, shape.ground)) * self._shades
        places = [start + round(level * (self._shades - 1) / 255) for level in range(256)]
        return stencil.point(places)


def _stencil(shape: Shape) -> Image.Image:
    """How much of each pixel of its box the shape covers."""
    match shape:
        case Words():
            return _words(shape)
        case Patch():
            return _patch(shape)
        case Check():
            return _check(shape)
        case _:
            assert_never(shape)


def _words(words: Words) -> Image.Image:
    stencil = _blank(words.box)
    ascent, descent = words.line.font.getmetrics()
    baseline = (words.box.height + ascent - descent) // 2
    ImageDraw.Draw(stencil).text(
        (0, baseline), words.line.text, fill=255, font=words.line.font, anchor="ls"
    )
    return stencil


def _patch(patch: Patch) -> Image.Image:
    stencil = _blank(patch.box, FINENESS)
    corner = (stencil.width - 1, stencil.height - 1)
    ImageDraw.Draw(stencil).rounded_rectangle((0, 0, *corner), patch.radius * FINENESS, fill=255)
    return stencil.reduce(FINENESS)


def _check(check: Check) -> Image.Image:
    stencil = _blank(check.box, FINENESS)
    pen = ImageDraw.Draw(stencil)
    thick = stencil.width // 5
    room = stencil.width - thick
    corners = [(thick / 2 + x * room, thick / 2 + y * room) for x, y in CHECK]
    pen.line(corners, fill=255, width=thick, joint="curve")
    for corner in (corners[0], corners[-1]):
        pen.circle(corner, thick / 2, fill=255)
    return stencil.reduce(FINENESS)


def _blank(box: Box, times: int = 1) -> Image.Image:
    return Image.new("L", (box.width * times, box.height * times))
