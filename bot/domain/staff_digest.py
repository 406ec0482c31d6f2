"""What the staff are told together on each working day, as values, and when that is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.channel_state import ChannelState, State
from bot.domain.handover import HandedOver
from bot.domain.notices.days import day_in, instant_of, working_day
from bot.domain.notices.kinds import Office
from bot.domain.notices.progress import Progress

PASSING = timedelta(minutes=30)  # a channel that tries again by itself is in trouble after that
_OUT = frozenset({State.NOT_PERMITTED, State.TOKEN_INVALID, State.REVOKED})
_AWAY = frozenset({State.RECONNECTING, State.RATE_LIMITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A submission that is overdue, or a review that was taken on and rests; `who` is a name.

    Of the first that is the candidate's, of the second the reviewer's; `days` is for how long, in
    days of the office's calendar.
    """

    number: int
    set_id: str
    who: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Somebody at none of whose places anything arrives, as far as is known since that instant.

    `lost` are names of channels on which they were reached before.
    """

    name: str
    email: str
    since: datetime
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A kind of notices of which `count` went unsaid.

    `who` are the first people by name, each with when theirs was due, where they have to be told
    it; `others` is how many more there are.
    """

    kind: str
    count: int
    who: tuple[tuple[str, datetime], ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDigest:
    """Everything at one moment, the longest waiting first; what is empty is not told.

    `waiting` counts open submissions, of which the oldest waits for `longest` days. `topics` are
    lines about what was asked and not answered; `missed` are the kinds of notices that went unsaid.
    `broken` are names of people whom the clock tells nothing: something kept of them is unreadable.
    """

    waiting: int = 0
    longest: int = 0
    overdue: tuple[Late, ...] = ()
    idle: tuple[Late, ...] = ()
    questions: tuple[HandedOver, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    broken: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    missed: tuple[Missed, ...] = ()
    running: tuple[Progress, ...] = ()
    troubled: tuple[ChannelState, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(getattr(self, each.name) for each in fields(self))


def slot_of(office: Office, *, now: datetime) -> datetime | None:
    """When the digest of this very day was due; None on days off, and before its hour.

    That of an earlier day, on which nothing could be said, is not made up for.
    """
    zone = ZoneInfo(office.time_zone)
    today = day_in(now, zone)
    slot = instant_of(today, office.at, zone)
    return slot if slot <= now and working_day(today, office) == today else None


def begins_week(day: date, office: Office) -> bool:
    """Whether it is the first day of its week on which people work."""
    return working_day(day - timedelta(days=day.weekday()), office) == day


def is_troubled(state: ChannelState, *, now: datetime) -> bool:
    """Whether a channel needs somebody, or is away for longer than usual."""
    away = state.state in _AWAY and state.since <= now - PASSING
    return away or state.state in _OUT
