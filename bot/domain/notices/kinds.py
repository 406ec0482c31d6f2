"""The kinds of notices as a program pack has them: what they count from, and how long before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.notices.wishes import Quiet


class Moment(StrEnum):
    """What the lead times of a kind count from."""

    SUBSCRIPTION_ENDS = "subscription-ends"
    TIME_LIMIT = "time-limit"  # the last day that the program gives for all sets
    SET_TOUCHED = "set-touched"  # the last change in a set that was begun and not handed in
    SET_COVERED = "set-covered"  # the same, where every competency has evidence; no statement yet
    SUBMITTED = "submitted"  # a submission that still waits for its decision
    REQUESTED = "requested"  # more evidence is wanted and has not come
    APPEAL_DUE = "appeal-due"  # the last day of a step that is the candidate's to take
    CERTIFIED = "certified"
    RENEWAL_OPENS = "renewal-opens"
    RENEWAL_CLOSES = "renewal-closes"  # the certificate's own last day
    GRACE_ENDS = "grace-ends"
    EVENT = "event"  # a webinar or another event of the pack
    OWN = "own"  # a reminder that the person set
    HAPPENS = "happens"  # told when it happens: such a kind has no lead times


# What ends, or takes place, while somebody is a candidate, and how a certificate is renewed.
WHILE_CANDIDATE = (Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT, Moment.APPEAL_DUE, Moment.EVENT)
RENEWAL = (Moment.RENEWAL_OPENS, Moment.RENEWAL_CLOSES, Moment.GRACE_ENDS)
ONCE_CERTIFIED = frozenset({Moment.CERTIFIED, *RENEWAL})
# Days after which it is too late.
DEADLINES = frozenset({*WHILE_CANDIDATE, *RENEWAL}) - {Moment.RENEWAL_OPENS}


class Audience(StrEnum):
    """Whom a kind is for: the person it is about, as packs say a candidate, or the staff."""

    PERSON = "candidate"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One time at which something is said, in calendar days from the moment (negative: before).

    `keeps` is for how many days it is still worth saying; a later lead takes its place before.
    `text` has the placeholders of its moment, each in braces.
    """

    days: int
    text: str
    keeps: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind. A `mandatory` one cannot be declined; one that `waits` may go into a digest.

    `at` is the local time of day; None where the program's own is meant. One that is told
    `after_certified` goes on when the certification is complete, every other is silent then.
    `calendar` is what the day's entry in calendars says, where the pack words that.
    """

    id: str
    title: str
    moment: Moment
    leads: tuple[Lead, ...] = ()
    to: Audience = Audience.PERSON
    mandatory: bool = False
    waits: bool = False
    after_certified: bool = False
    at: time | None = None
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A webinar or another event: `starts` is aware, with the zone of whoever holds it."""

    id: str
    title: str
    starts: datetime
    minutes: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """How long a certificate lasts, and when it is renewed; whole months and years."""

    years: int
    opens_months: int  # before the certificate's end
    grace_months: int  # after it
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """When staff are told what can wait: on working days (Monday = 0) at `at`, in that zone."""

    time_zone: str = "UTC"
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    at: time = time(9)
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRules:
    """Everything a program decides about notices; an empty one has nothing to say by the clock.

    `at` is the local time of day at which people are told, `quiet` the hours of those who chose
    none, `weekday` (Monday = 0) the day of weekly digests. `mark` changes with any of it.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    at: time = time(9)
    quiet: Quiet | None = None
    weekday: int = 0
    office: Office = field(default_factory=Office)
    events: tuple[Event, ...] = ()
    renewal: Renewal | None = None
    time_limit_years: int | None = None
    mark: str = ""
