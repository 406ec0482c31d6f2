"""The words of mail programs in many languages, as the files beside this one list them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_TABLES = Path(__file__).with_name("tables")


@cache  # they are part of the program and do not change while it runs
def table(name: str) -> dict[str, Any]:
    """One file of `tables`, whole."""
    found = yaml.safe_load((_TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return dict(found)


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """One list of such a file, in lower case."""
    return tuple(str(word).casefold() for word in table(name)[key])


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The same for looking a whole word up."""
    return frozenset(words(name, key))
