"""Which files free words name; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.portfolio import Evidence

LEAST_NAME = 3  # letters of a name without its ending
# Alone, not in a code such as TECH-8. Any number: that a file is meant is likelier than not.
_NUMBER = re.compile(r"(?<![\w.-])#?(\d{1,9})(?![\w-]|\.\w)")
_LOOKS_LIKE_A_FILE = re.compile(r"[\w()-]\.[a-z][a-z0-9]{1,4}(?!\w)")
_COUNTED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)"
    r"|two|three|four|five|six|seven|eight|nine|ten)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The files, and whether something else may be named that is none of them."""

    files: tuple[Evidence, ...]
    unknown: bool

    @property
    def any(self) -> bool:
        """Whether anything is named."""
        return bool(self.files) or self.unknown


def files_named(text: str, own: Sequence[Evidence]) -> Named:
    """Those of somebody's own files which a text names, by number or by name."""
    rest = text.casefold()
    by_name: set[int] = set()
    for whole in (True, False):  # `notes.txt` is not the `notes` of another file
        called = {one.number: _name(one, whole=whole) for one in own}
        for name in sorted({name for name in called.values() if name}, key=len, reverse=True):
            found = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)")
            if found.search(rest):
                by_name |= {number for number, one in called.items() if one == name}
                rest = found.sub(" ", rest)
    numbers = {int(number) for number in _NUMBER.findall(rest)}
    files = tuple(one for one in own if one.number in numbers | by_name)
    strange = _LOOKS_LIKE_A_FILE.search(rest) or _COUNTED.search(rest)
    unknown = bool(strange) or not numbers <= {one.number for one in own}
    return Named(files=files, unknown=unknown)


def _name(evidence: Evidence, *, whole: bool) -> str:
    """Its name in lower case; without its ending where that leaves a few letters."""
    name = evidence.name.casefold()
    stem = name.rpartition(".")[0]
    return name if whole else stem if len(stem) >= LEAST_NAME else ""
