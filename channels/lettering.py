"""The typefaces that come with the bot: which one a text needs, how wide it is, where it breaks."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).with_name("fonts")
SOURCE_SANS = FONTS / "SourceSans3-Variable.ttf"
DEJAVU = FONTS / "DejaVuSans.ttf"
DEJAVU_SIZE = 0.86  # its letters are larger than Source Sans's at the same size
LONGEST = 300  # characters; no place in a picture holds more
ELLIPSIS = "\u2026"
MISSING = "\u25a1"
NO_CHARACTER = "\U0010ffff"  # never assigned, so every face shows its sign for a missing glyph
LEFT_TO_RIGHT = "\u200e"  # invisible; holds English around a right-to-left name in its order
NON_JOINER = "\u200c"  # invisible, but Persian words are misspelt without it


class Weight(IntEnum):
    """How strong the letters are, on the scale that fonts use."""

    REGULAR = 400
    BOLD = 650


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text and the font that shows it, cut to fit where it was asked to go."""

    text: str
    font: ImageFont.FreeTypeFont


class Lettering:
    """The fonts of one picture, loaded from the project's own folder.

    Raises OSError when a font file is gone: install the package again.
    """

    def __init__(self) -> None:
        self._first = _Glyphs(_loaded_plainly(SOURCE_SANS))
        self._second = _Glyphs(_loaded_plainly(DEJAVU))
        self._fonts: dict[tuple[int, Weight | None], ImageFont.FreeTypeFont] = {}

    def lines(
        self, text: str, width: float, *, most: int, size: int, weight: Weight = Weight.REGULAR
    ) -> tuple[Line, ...]:
        """The text in at most that many lines of that width, in pixels as `size` is.

        Breaks at spaces where it can; what does not fit ends in an ellipsis. A letter without a
        glyph becomes an empty square, so that a reader sees something was there.
        """
        tidy = _tidy(text)
        if all(self._first.has(c) for c in tidy):
            font = self._loaded(size, weight)
            cut = _wrapped(tidy, width, most=most, font=font)
            return tuple(Line(text=piece, font=font) for piece in cut)
        shown = "".join(c if self._second.has(c) else _replacement(c) for c in tidy)
        start = LEFT_TO_RIGHT if any(unicodedata.bidirectional(c) == "L" for c in shown) else ""
        font = self._loaded(size, None)
        cut = _wrapped(shown, width, most=most, font=font)
        return tuple(Line(text=start + piece, font=font) for piece in cut)

    def _loaded(self, size: int, weight: Weight | None) -> ImageFont.FreeTypeFont:
        """Source Sans of that weight, or DejaVu, which has one weight only, for no weight."""
        if (size, weight) not in self._fonts:
            font = _dejavu(size * DEJAVU_SIZE) if weight is None else _source_sans(size, weight)
            self._fonts[size, weight] = font
        return self._fonts[size, weight]


class _Glyphs:
    """Which characters a font has; each is looked up once."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self._font = font
        self._known: dict[str, bool] = {}

    def has(self, character: str) -> bool:
        if character not in self._known:
            self._known[character] = self._shape(character) != self._shape(NO_CHARACTER)
        return self._known[character]

    def _shape(self, character: str) -> tuple[tuple[int, int], bytes]:
        mask = self._font.getmask(character)
        return mask.size, bytes(mask)


def _loaded_plainly(path: Path) -> ImageFont.FreeTypeFont:
    """The font without shaping, small: enough to ask whether a glyph is there."""
    return ImageFont.truetype(path, 16, layout_engine=ImageFont.Layout.BASIC)


def _replacement(character: str) -> str:
    """An empty square for a letter or sign; nothing for an accent or vowel mark on one."""
    return "" if unicodedata.category(character).startswith("M") else MISSING


def _source_sans(size: float, weight: Weight) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(SOURCE_SANS, size)
    font.set_variation_by_axes([weight])
    return font


def _dejavu(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(DEJAVU, size)


def _tidy(text: str) -> str:
    """One line in composed form, without control and direction characters that show nothing."""
    shown = "".join(c for c in text[:LONGEST] if c.isspace() or not _is_hidden(c))
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"} and character != NON_JOINER


def _wrapped(text: str, width: float, *, most: int, font: ImageFont.FreeTypeFont) -> list[str]:
    pieces: list[str] = []
    while text and len(pieces) < most - 1:
        head = _head(text, width, font=font)
        pieces.append(head.rstrip())
        text = text[len(head) :].lstrip()
    return [*pieces, _shortened(text, width, font=font)] if text else pieces


def _head(text: str, width: float, *, font: ImageFont.FreeTypeFont) -> str:
    """What fits on one line: whole words, or a part of a word that is longer than the line."""
    room = max(1, _room(text, width, font=font))
    if room >= len(text) or text[room] == " ":
        return text[:room]
    space = text.rfind(" ", 0, room)
    return text[:space] if space > 0 else text[:room]


def _shortened(text: str, width: float, *, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(text) <= width:
        return text
    room = _room(text, width - font.getlength(ELLIPSIS), font=font)
    space = text.rfind(" ", room * 2 // 3, room + 1)  # a whole word, unless that costs too much
    return text[: space if space > 0 else room].rstrip(" ,;:") + ELLIPSIS


def _room(text: str, width: float, *, font: ImageFont.FreeTypeFont) -> int:
    """How many characters from the start fit into the width."""
    counts = range(len(text) + 1)
    return bisect_right(counts, width, key=lambda n: font.getlength(text[:n])) - 1
