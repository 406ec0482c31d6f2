"""Reading JSON values of which nothing is known: the wrong kind counts as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.text import plain

Json = Mapping[str, Any]


def part(value: object, *keys: str) -> Json:
    """The object inside the object ...; an empty one when any of them is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: Json, key: str) -> list[object]:
    """A list of anything; an empty one when there is none."""
    found = value.get(key)
    return found if isinstance(found, list) else []


def objects(found: object) -> list[Json]:
    """The objects of a list; whatever else stands in it is left out."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def parts(value: Json, key: str) -> list[Json]:
    """The objects of the list of that name."""
    return objects(value.get(key))


def raw(value: Json, key: str) -> str:
    """A text as it was sent; empty when there is none."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def words(value: Json, key: str) -> str:
    """A text of any length, by which no reader can be misled; empty when there is none."""
    return plain(raw(value, key))


def matching(pattern: re.Pattern[str], found: object) -> str:
    """A text that the pattern fits as a whole; empty when it does not."""
    return found if isinstance(found, str) and pattern.fullmatch(found) else ""
