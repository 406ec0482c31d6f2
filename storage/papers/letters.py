"""Letters as PDF files, whose words can be searched and read aloud."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from threading import Lock

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.domain.letter import Letter
from bot.errors import CarrelError
from storage.papers.arabic import as_drawn

_WIDTH, _HEIGHT = A4  # points, as all lengths here
_MARGIN = 72.0
_TITLE, _TEXT, _SMALL = 17.0, 10.5, 9.0
_LEADING = 1.5  # of the size of the letters
_MISSING = "\u25a1"  # so that a reader sees something was there
_FONT = "carrel-letter"
# Fonts that every reader of PDFs brings along; a file names them and does not carry them.
_HAN, _KANA, _HANGUL = "STSong-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"


class PdfLetterPress:
    """Prints letters with the font at `font`; see `bot.ports.LetterPress` for the contract."""

    def __init__(self, font: Path) -> None:
        self._path = font
        self._font: TTFont | None = None
        self._lock = Lock()  # the vendor's fonts are shared by all documents

    def press(self, letter: Letter, path: Path) -> None:
        """Writes the letter; raises `CarrelError` when the font or the path cannot be used."""
        try:
            with self._lock:
                _Sheet(self._loaded(), letter, path).print()
        except OSError as error:
            raise CarrelError(
                f"The letter could not be printed ({error.strerror or error}): check that "
                f"{path.parent} may be written to and has free space."
            ) from error

    def _loaded(self) -> TTFont:
        if self._font is None:
            try:
                self._font = TTFont(_FONT, str(self._path))
            except Exception as error:  # the vendor raises its own kind for a file that is gone
                raise CarrelError(
                    f"The font {self._path.name} cannot be read: install Carrel again."
                ) from error
            pdfmetrics.registerFont(self._font)
            for name in (_HAN, _KANA, _HANGUL):
                pdfmetrics.registerFont(UnicodeCIDFont(name))
        return self._font


class _Sheet:
    """One letter on its page, and on further ones where it is long."""

    def __init__(self, font: TTFont, letter: Letter, path: Path) -> None:
        self._glyphs = font.face.charToGlyph
        self._letter = letter
        # Invariant: no time and no random name, so that the same letter gives the same bytes.
        self._canvas = Canvas(str(path), pagesize=A4, invariant=True, lang="en")
        self._y = _HEIGHT - _MARGIN

    def print(self) -> None:
        letter = self._letter
        self._canvas.setTitle(letter.title)
        self._canvas.setAuthor(letter.sender)
        self._put(letter.sender, size=_SMALL, after=3 * _SMALL)
        self._put(letter.title, size=_TITLE, after=1.5 * _TITLE)
        for paragraph in letter.paragraphs:
            self._put(paragraph, size=_TEXT, after=_TEXT)
        self._y -= 2 * _TEXT
        for line in letter.signed:
            self._put(line, size=_TEXT, after=0)
        self._canvas.save()

    def _put(self, text: str, *, size: float, after: float) -> None:
        for line in self._lines(text, size):
            if self._y < _MARGIN:
                self._canvas.showPage()
                self._y = _HEIGHT - _MARGIN
            self._draw(as_drawn(line), size)
            self._y -= size * _LEADING
        self._y -= after

    def _draw(self, line: str, size: float) -> None:
        x = _MARGIN
        for font, run in self._runs(line):
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, self._y, run)
            x += pdfmetrics.stringWidth(run, font, size)

    def _lines(self, text: str, size: float) -> Iterator[str]:
        """The text broken at spaces, or inside a word that is longer than a line."""
        for paragraph in unicodedata.normalize("NFC", text).splitlines():
            line = ""
            for word in paragraph.split():
                whole = f"{line} {word}".strip()
                if line and self._width(whole, size) > _WIDTH - 2 * _MARGIN:
                    yield line
                    whole = word
                while self._width(whole, size) > _WIDTH - 2 * _MARGIN:
                    head = self._head(whole, size)
                    yield head
                    whole = whole[len(head) :]
                line = whole
            yield line

    def _head(self, word: str, size: float) -> str:
        for end in range(1, len(word)):
            if self._width(word[: end + 1], size) > _WIDTH - 2 * _MARGIN:
                return word[:end]
        return word

    def _width(self, text: str, size: float) -> float:
        runs = self._runs(as_drawn(text))
        return sum(pdfmetrics.stringWidth(run, font, size) for font, run in runs)

    def _runs(self, line: str) -> Iterator[tuple[str, str]]:
        """Pieces that one font shows each; a sign that none has becomes an empty square."""
        kana = any(_script(c) == _KANA for c in line)
        shown = (self._shown(c, kana=kana) for c in line)
        for font, pairs in groupby(((f, c) for f, c in shown if c), key=lambda pair: pair[0]):
            yield font, "".join(c for _, c in pairs)

    def _shown(self, character: str, *, kana: bool) -> tuple[str, str]:
        if ord(character) in self._glyphs:
            return _FONT, character
        if unicodedata.category(character)[0] in "CM":
            return _FONT, ""  # shows nothing by itself
        font = _script(character)
        if font:
            return (_KANA if kana and font == _HAN else font), character
        return _FONT, _MISSING


def _script(character: str) -> str:
    """The reader's own font for Chinese, Japanese and Korean signs; empty for all others."""
    name = unicodedata.name(character, "")
    if name.startswith(("CJK", "FULLWIDTH", "IDEOGRAPHIC")):
        return _HAN if ord(character) < 0x10000 else ""
    if name.startswith(("HIRAGANA", "KATAKANA", "HALFWIDTH")):
        return _KANA
    return _HANGUL if name.startswith("HANGUL") else ""
