"""Text from pictures, by the tesseract program."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import time
from dataclasses import dataclass
from itertools import groupby

from PIL import Image

from bot.errors import Unreadable
from storage.reading import refusals
from storage.reading.source import Source

PROGRAM = "tesseract"
_SURE = 70.0  # text the right way up scores above 90, any other way below 45
_JUNK = 30.0
_QUARTERS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    line: tuple[str, ...]
    text: str
    confidence: float


def is_installed() -> bool:
    """Whether pictures can be read at all."""
    return shutil.which(PROGRAM) is not None


def recognise(picture: Image.Image, source: Source) -> str:
    """The text of a picture, whichever way it was turned; empty when there is none.

    Raises `Unreadable` when the program is missing or the deadline passes.
    """
    grey = picture.convert("L")
    best = _words(grey, source)
    if best and _confidence(best) < _SURE:
        turned = (_words(grey.transpose(quarter), source) for quarter in _QUARTERS)
        best = max((best, *turned), key=_weight)
    return _text(best)


def _words(grey: Image.Image, source: Source) -> list[_Word]:
    sent = io.BytesIO()
    grey.save(sent, "PPM")
    command = [PROGRAM, "stdin", "stdout", "-l", source.languages, "--psm", "3", "tsv"]
    left = max(0.1, source.deadline - time.monotonic())
    try:
        done = subprocess.run(  # noqa: S603 - our own words, no shell
            command, input=sent.getvalue(), capture_output=True, timeout=left, check=True
        )
    except FileNotFoundError as error:
        raise refusals.no_text_engine() from error
    except subprocess.TimeoutExpired as error:
        raise refusals.too_slow() from error
    except subprocess.CalledProcessError as error:
        raise _failure(error) from error
    return _parsed(done.stdout.decode("utf-8", "replace"))


def _failure(error: subprocess.CalledProcessError) -> Unreadable:
    missing_language = b"loading language" in error.stderr
    return refusals.no_text_engine() if missing_language else refusals.no_place()


def _parsed(table: str) -> list[_Word]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        _Word(
            line=(row["block_num"], row["par_num"], row["line_num"]),
            text=row["text"],
            confidence=float(row["conf"]),
        )
        for row in rows
        if (row["text"] or "").strip()
    ]


def _confidence(words: list[_Word]) -> float:
    return sum(word.confidence for word in words) / len(words)


def _weight(words: list[_Word]) -> float:
    return sum(word.confidence for word in words if word.confidence > _SURE and len(word.text) > 1)


def _text(words: list[_Word]) -> str:
    """The words line by line, an empty line between blocks, without what is mere noise."""
    lines: list[str] = []
    block = ""
    for line, members in groupby(words, key=lambda word: word.line):
        text = " ".join(word.text for word in members if word.confidence >= _JUNK)
        if lines and line[0] != block:
            lines.append("")
        block = line[0]
        lines.append(text)
    return "\n".join(lines)
