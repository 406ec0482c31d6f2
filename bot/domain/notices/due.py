"""What is to be said now, what went by unsaid, and when to look again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices.notice import Notice
from bot.domain.notices.timed import Timed


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What to say `now`, the longest due first; what was `missed`; when the next comes up."""

    now: tuple[Notice, ...] = ()
    missed: tuple[Notice, ...] = ()
    next_at: datetime | None = None


def due(
    timed: Sequence[Timed], known: Collection[str], *, now: datetime, swept: datetime | None
) -> Due:
    """What comes of notices that are not in the books; `known` are the keys that are.

    `swept` is when notices were looked at last, None if never: what was due only after that and is
    worthless by now was missed. What is older was not true then, or it would have been said.
    """
    ready: list[Timed] = []
    missed: list[Notice] = []
    next_at: datetime | None = None
    for one in timed:
        at = one.at
        if at > now:
            if (next_at is None or at < next_at) and one.notice.key not in known:
                next_at = at
        elif one.notice.key in known:
            continue
        elif one.notice.until > now:
            ready.append(one)
        elif swept is not None and at > swept:
            missed.append(one.notice)
    ready.sort(key=lambda one: one.at)
    return Due(now=tuple(one.notice for one in ready), missed=tuple(missed), next_at=next_at)
