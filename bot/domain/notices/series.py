"""The notices of one kind that count from the same: one for each lead time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.notices.days import KEPT, instant_of
from bot.domain.notices.kinds import Kind, Lead
from bot.domain.notices.moments.base import Base, stamp
from bot.domain.notices.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The notices with what they count from; `first` is when the first lead is due."""

    kind: Kind
    base: Base
    first: datetime
    notices: Sequence[Notice]

    @property
    def since(self) -> datetime:
        """When what it tells of came up."""
        return self.base.since or self.first

    def over(self, lead: Lead, *, at: datetime) -> datetime:
        """From when on the words of a lead are worthless that are said at that instant."""
        until, ends = at + timedelta(days=lead.keeps), self.base.ends
        return ends if ends and lead.days <= 0 and ends < until else until


def series_of(kind: Kind, base: Base, person_id: int, *, zone: ZoneInfo, at: time) -> Series:
    """What is said of one thing, at that time of day in that zone."""
    if base.instant is not None:
        ends = base.instant + timedelta(days=kind.leads[0].keeps)
        windows = [(base.instant, ends)]
        tails = [stamp(base.instant)]
    else:
        windows = [window(base.day, lead.days, lead.keeps, at, zone) for lead in kind.leads]
        day = (base.named or base.day).isoformat()
        tails = [f"{day}:{lead.days}" for lead in kind.leads]
    return Series(
        kind=kind,
        base=base,
        first=windows[0][0],
        notices=_notices(kind, base, person_id, windows=windows, tails=tails),
    )


def came_up(kind: Kind, base: Base, *, zone: ZoneInfo, at: time) -> datetime | None:
    """When what the kind tells of came up; None where it has nothing to say of it."""
    if base.since or not kind.leads:
        return base.since
    return series_of(kind, base, 0, zone=zone, at=kind.at or at).since


@lru_cache(maxsize=KEPT)
def window(day: date, days: int, keeps: int, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """That time of day so many days from the day, and when it was kept for long enough."""
    begins = instant_of(day + timedelta(days=days), at, zone)
    return begins, begins + timedelta(days=keeps)


def _notices(
    kind: Kind,
    base: Base,
    person_id: int,
    *,
    windows: Sequence[tuple[datetime, datetime]],
    tails: Sequence[str],
) -> list[Notice]:
    """One for each lead until the next one, unless it is over before, or told of besides."""
    head = f"{kind.id}:{person_id}:{base.part}:" if base.part else f"{kind.id}:{person_id}:"
    ends, made = base.ends, []
    last = len(windows) - 1
    for place, (at, kept) in enumerate(windows):
        until = kept
        if place < last and windows[place + 1][0] < until:
            until = windows[place + 1][0]
        if ends is not None and ends < until and kind.leads[place].days <= 0:
            until = ends
        if at < until and kind.leads[place].days not in base.besides:
            made.append(
                Notice(
                    key=head + tails[place],
                    kind=kind.id,
                    matter=base.matter,
                    person_id=person_id,
                    at=at,
                    until=until,
                    about=base.about,
                    lead=place,
                    to=kind.to,
                )
            )
    return made
