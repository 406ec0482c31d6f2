"""What a candidate shows to others, what these say to it, and evidence that others offer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import Refused

EVERYTHING = ""  # the set id of a share of the whole record
USUAL_DAYS = 30  # of a share for which no time was named
LONGEST_DAYS = 366  # of a share
MOST_SHARES = 20  # of one candidate at a time
MOST_OFFERS = 20  # waiting for one candidate
MOST_FROM_ONE = 10  # waiting for one candidate from one sender

_FOR = re.compile(r"(?:for )?(?P<count>[0-9]{1,4}) (?P<unit>day|week)s?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|to) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})", re.IGNORECASE)
_ADDRESS = r"<?(?P<who>[^\s<>@:,;]{1,64}@[^\s<>@:,;]{0,250}[^\s<>@:,;.!?])>?"
_FOR_SOMEBODY = re.compile(rf"\s*(?:please[\s,]+)?for\s+{_ADDRESS}", re.IGNORECASE)
_SOMEBODY = re.compile(rf"(?:\bfor\s+)?{_ADDRESS}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One set (or, when `set_id` is empty, the whole record) that a mentor may read for a time.

    It ends at `until`, or when it is revoked. Instants are aware UTC.
    """

    id: int
    owner_id: int
    mentor_id: int
    set_id: str
    until: datetime
    made_at: datetime
    revoked_at: datetime | None = None

    def active(self, now: datetime) -> bool:
        """Whether the mentor may read now."""
        return self.revoked_at is None and self.made_at <= now < self.until

    def covers(self, set_id: str) -> bool:
        """Whether that set is part of what is shared."""
        return self.set_id in (EVERYTHING, set_id)

    @property
    def ended_at(self) -> datetime:
        """When it ends or ended."""
        return self.revoked_at or self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Words of a mentor (or the candidate) on a shared set; `section` may be empty."""

    id: int
    share_id: int
    owner_id: int
    author_id: int
    author: str
    set_id: str
    section: str
    text: str
    at: datetime


class OfferState(StrEnum):
    """What became of an offer."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file that somebody else sent for a candidate; no part of the record before it is accepted.

    `size` is in bytes, `section` where it seems to belong (may be empty), `words` what came with
    it.
    """

    id: int = 0  # given when it is kept
    owner_id: int
    from_id: int
    from_name: str
    name: str
    media_type: str
    size: int
    sha256: str
    section: str
    words: str
    at: datetime
    state: OfferState = OfferState.WAITING
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Whose a file is said to be, as an e-mail address, and the other words that came with it."""

    who: str
    words: str


def last_day(today: date, how_long: str) -> date:
    """The last day of a share, from words like `for 30 days`, `until 2027-01-31` or none."""
    wanted = " ".join(how_long.split())
    day = _named_day(today, wanted) if wanted else today + timedelta(days=USUAL_DAYS)
    if day is None:
        raise Refused(
            f"I do not understand {wanted!r}; nothing was shared. Say how long like: for 30 days, "
            "for 2 weeks, or until YYYY-MM-DD."
        )
    if not 0 <= (day - today).days <= LONGEST_DAYS or (day == today and not _UNTIL.match(wanted)):
        raise Refused(
            "A share lasts from today to ",
            today + timedelta(days=LONGEST_DAYS),
            f" at most ({LONGEST_DAYS} days); nothing was shared. Name a day between.",
        )
    return day


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which that day is over in that zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


def same_share(
    shares: Iterable[Share], mentor_id: int, set_id: str, *, now: datetime
) -> Share | None:
    """The active share with that mentor of that very set."""
    same = (s for s in shares if s.mentor_id == mentor_id and s.set_id == set_id)
    return next((share for share in same if share.active(now)), None)


def check_room(shares: Iterable[Share], *, now: datetime) -> None:
    """`Refused` when the candidate has as many active shares as there may be."""
    if sum(share.active(now) for share in shares) >= MOST_SHARES:
        raise Refused(
            f"You have {MOST_SHARES} shares, and there may be no more at a time; nothing was "
            "shared. End one first. Say: shares."
        )


def addressed(caption: str, *, anywhere: bool = False) -> Addressed | None:
    """Whom a caption like `for ada@example.org: a letter` names; None when it names nobody.

    With `anywhere`, an address further on counts as well.
    """
    found = _SOMEBODY.search(caption) if anywhere else _FOR_SOMEBODY.match(caption)
    if found is None:
        return None
    before, after = caption[: found.start()].strip(), caption[found.end() :].lstrip(" \t\n:,;.-")
    return Addressed(who=found["who"].lower(), words=f"{before} {after}".strip())


def without_addresses(caption: str) -> str:
    """The caption without e-mail addresses: they name people and never a place to file."""
    return _SOMEBODY.sub(" ", caption) if "@" in caption else caption


def room_for_offers(offers: Iterable[Offer], sender_id: int) -> int:
    """How many more offers of that sender may wait, beside all those to the same candidate."""
    waiting = [o for o in offers if o.state is OfferState.WAITING]
    own = sum(o.from_id == sender_id for o in waiting)
    return max(0, min(MOST_OFFERS - len(waiting), MOST_FROM_ONE - own))


def _named_day(today: date, wanted: str) -> date | None:
    if found := _FOR.fullmatch(wanted):
        days = int(found["count"]) * (7 if found["unit"].lower() == "week" else 1)
        return today + timedelta(days=days)
    if found := _UNTIL.fullmatch(wanted):
        try:
            return date.fromisoformat(found["day"])
        except ValueError:
            return None
    return None
