"""What is to be said now, what went by unsaid, and when to look again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.notices.notice import Notice
from bot.domain.notices.timed import Timed

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What to say `now`, the longest due first; what was `missed`; when the next comes up."""

    now: tuple[Notice, ...] = ()
    missed: tuple[Notice, ...] = ()
    next_at: datetime | None = None


def due(
    timed: Sequence[Timed],
    known: Collection[str],
    *,
    now: datetime,
    swept: datetime | None,
    spoken: Callable[[Notice], datetime],
) -> Due:
    """What comes of notices that are not in the books; `known` are the keys that are.

    `swept` is when notices were looked at last, None if never: what was due only after that and is
    worthless by now was missed. What is older was not true then, or it would have been said.
    `spoken` tells when what is due by now can be said, which may be later; what comes so late that
    the next of its kind is about to be said anyway is left out.
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
    told = [] if not ready else _told(ready, timed, spoken)
    held = [said for _, said in told if said > now]
    return Due(
        now=tuple(one.notice for one, said in told if said <= now),
        missed=tuple(missed),
        next_at=min((at for at in (next_at, *held) if at), default=None),
    )


def _told(
    ready: Sequence[Timed], timed: Sequence[Timed], spoken: Callable[[Notice], datetime]
) -> list[tuple[Timed, datetime]]:
    """What is told of it and when, the longest due first."""
    each = ((one, spoken(one.notice)) for one in sorted(ready, key=lambda one: one.at))
    return [(one, said) for one, said in each if not _is_overtaken(one, timed, said=said)]


def _is_overtaken(one: Timed, timed: Sequence[Timed], *, said: datetime) -> bool:
    """Whether it is late, and the next lead of the same comes within a day and sooner than later.

    Leads that are a day apart are all said, also a few hours late.
    """
    series, lead = one.notice.key.rpartition(":")[0], one.notice.lead
    following = min(
        (
            other.at
            for other in timed
            if other.notice.lead > lead
            and other.at > one.at
            and other.notice.key.rpartition(":")[0] == series
        ),
        default=None,
    )
    return following is not None and following - said < min(DAY, (following - one.at) / 2)
