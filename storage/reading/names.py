"""File names made harmless, for people to read."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120


def safe(name: str) -> str:
    """The last part of a name, without control or direction marks, at most 120 letters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    shown = " ".join(shown.split()).lstrip(".")
    return shown[:LONGEST]
