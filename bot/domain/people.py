"""People, what they have chosen, and how long they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone Carrel knows. `time_zone` is an IANA name."""

    id: int
    name: str
    email: str
    time_zone: str = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone."""
        return ZoneInfo(self.time_zone)


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
