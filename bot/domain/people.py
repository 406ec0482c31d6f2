"""People, what they have chosen, and how long they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.messages import Address


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of that name; None where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such file, no name, a folder
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone Carrel knows. `time_zone` is an IANA name."""

    id: int
    name: str
    email: str
    time_zone: str = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone; UTC where this machine knows none of that name."""
        return zone_named(self.time_zone) or ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person working towards certification: dates of the subscription and the sets chosen.

    `electives` are set ids; empty while nothing is chosen, and every elective is open then.
    """

    person: Person
    enrolled_on: date
    subscription_ends: date
    electives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """An address that is trusted as a person's, and since when (aware UTC)."""

    address: Address
    since: datetime
