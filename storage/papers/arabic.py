"""Text in the order and the letter forms in which it is drawn from left to right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))  # letters of Arabic script as joined
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb", ")(][}{><\u00bb\u00ab")


def as_drawn(line: str) -> str:
    """The line with its right-to-left words turned round and their letters joined.

    The line as a whole reads from left to right.
    """
    places = [
        place for place, c in enumerate(line) if unicodedata.bidirectional(c) in _RIGHT_TO_LEFT
    ]
    if not places:
        return line
    drawn, end = [], 0
    for first, last in _stretches(line, places):
        drawn += [line[end:first], _turned(_joined(line[first:last]))]
        end = last
    return "".join([*drawn, line[end:]])


def _stretches(line: str, places: list[int]) -> list[tuple[int, int]]:
    """From the first to behind the last letter of each stretch that reads from right to left."""
    found = [(places[0], places[0] + 1)]
    for place in places[1:]:
        first, last = found[-1]
        if any(unicodedata.bidirectional(c) == "L" for c in line[last:place]):
            found.append((place, place + 1))
        else:
            found[-1] = (first, place + 1)
    return [(first, _with_marks(line, last)) for first, last in found]


def _with_marks(line: str, end: int) -> int:
    while end < len(line) and unicodedata.combining(line[end]):
        end += 1
    return end


def _turned(stretch: str) -> str:
    """Backwards, but each number as it was and each mark behind its letter."""
    parts: list[str] = []
    end = 0
    for number in _DIGITS.finditer(stretch):
        parts += [*_letters(stretch[end : number.start()]), number[0]]
        end = number.end()
    return "".join(reversed([*parts, *_letters(stretch[end:])]))


def _letters(text: str) -> list[str]:
    found: list[str] = []
    for c in text.translate(_MIRRORED):
        if found and unicodedata.combining(c):
            found[-1] += c
        else:
            found.append(c)
    return found


def _joined(text: str) -> str:
    """Each letter in the form that its neighbours give it."""
    forms = _forms()
    drawn: list[str] = []
    before = ""  # the letter that the next one may join
    rest = text
    while rest:
        size = 2 if ("<isolated>", rest[:2]) in forms and len(rest) > 1 else 1
        sign, rest = rest[:size], rest[size:]
        if unicodedata.combining(sign[0]):
            drawn.append(sign)
            continue
        after = next((c for c in rest if not unicodedata.combining(c)), "")
        from_right = _reaches(before) and ("<final>", sign) in forms
        to_left = _reaches(sign) and ("<final>", after) in forms
        kind = _KINDS[from_right, to_left]
        drawn.append(forms.get((kind, sign), sign))
        before = sign
    return "".join(drawn)


_KINDS = {
    (False, False): "<isolated>",
    (False, True): "<initial>",
    (True, False): "<final>",
    (True, True): "<medial>",
}


def _reaches(sign: str) -> bool:
    """Whether the letter joins the one that follows."""
    return sign == "\u0640" or ("<initial>", sign) in _forms()


@cache  # a thousand look-ups, and few letters ever need them
def _forms() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for code in _FORMS:
        kind, *letters = unicodedata.decomposition(chr(code)).split()[:3] or [""]
        text = "".join(chr(int(letter, 16)) for letter in letters)
        ligature = len(text) > 1 and not re.fullmatch("\u0644[\u0622\u0623\u0625\u0627]", text)
        if kind.startswith("<") and text and not ligature:
            found.setdefault((kind, text), chr(code))
    return found
