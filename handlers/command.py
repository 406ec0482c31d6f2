"""One row of the table of commands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.request import Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A pattern that the whole text must match, and its handler."""

    pattern: re.Pattern[str]
    handler: Handler


def says(pattern: str, handler: Handler) -> Command:
    """A row: letters' case does not matter, and `.` matches line ends too."""
    return Command(pattern=re.compile(pattern, re.IGNORECASE | re.DOTALL), handler=handler)
