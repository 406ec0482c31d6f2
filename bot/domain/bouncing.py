"""What follows from messages that came back: for how long an address is avoided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HARD_FOR = timedelta(days=30)
SOFT_FOR = timedelta(days=3)
SOFT_WITHIN = timedelta(days=7)
UNTOLD = "it came back"
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", re.ASCII)
MOST_SOFT = 3  # within that time; a full mailbox is emptied sooner


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A message came back at that instant; `hard` means that nobody is there."""

    hard: bool
    at: datetime


def avoided_until(bounces: Sequence[Bounce]) -> datetime | None:
    """Until when the address is avoided, which may be over; None when nothing speaks for it."""
    hard = (one.at + HARD_FOR for one in bounces if one.hard)
    soft = sorted(one.at for one in bounces if not one.hard)
    several = zip(soft, soft[MOST_SOFT - 1 :], strict=False)
    tired = (last + SOFT_FOR for first, last in several if last - first <= SOFT_WITHIN)
    return max((*hard, *tired), default=None)


def status_in(why: str) -> str:
    """The enhanced status in what a server says, such as 5.1.1, or words of ours where it has none.

    Whoever makes up a bounce chooses the rest, which may name people, and the trail is for ever.
    """
    found = _STATUS.search(why)
    return found[0] if found else UNTOLD
