"""Whether a text of a pack has only placeholders that are filled."""

from __future__ import annotations

from collections.abc import Collection
from string import Formatter


def wrong_placeholder(text: str, names: Collection[str]) -> str:
    """What is wrong with its placeholders; empty when nothing is. `names` are those allowed."""
    try:
        parts = tuple(Formatter().parse(text))
    except ValueError:
        return "a { or } stands alone"
    for _, name, form, conversion in parts:
        if name is not None and (name not in names or form or conversion):
            return f"{{{name}}} is no placeholder here"
    return ""


def told(names: Collection[str]) -> str:
    """The placeholders as they are written."""
    return ", ".join(f"{{{name}}}" for name in names)
