"""One row of the table of commands, and what rows are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.request import Handler

NUMBER = r"#?(?P<number>\d{1,40})"
SUBMISSION = rf"(?:submission )?{NUMBER}"
SET = r"(?P<set>[^:]+?)"
MAIL = r"(?P<who>[^\s@]+@[^\s@]+)"
TEXT = r"(?P<text>.+)"
NOTE = r"(?:\s*:\s*(?P<note>.*))?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A pattern that the whole text must match, and its handler."""

    pattern: re.Pattern[str]
    handler: Handler


def says(pattern: str, handler: Handler) -> Command:
    """A row: letters' case does not matter, and `.` matches line ends too."""
    return Command(pattern=re.compile(pattern, re.IGNORECASE | re.DOTALL), handler=handler)
