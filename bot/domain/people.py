"""People, what they have chosen, and how long they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.messages import Address

UNKNOWN_ZONE = "UTC"  # of whoever gave none
CHOSEN_UTC = "Etc/UTC"  # the same clock, of whoever chose it


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
    time_zone: str = UNKNOWN_ZONE

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone; UTC where this machine knows none of that name."""
        return zone_named(self.zone_words) or ZoneInfo("UTC")

    @property
    def gave_zone(self) -> bool:
        """Whether their time zone is known, UTC too; else times are in UTC all the same."""
        return self.time_zone != UNKNOWN_ZONE

    @property
    def zone_words(self) -> str:
        """Their time zone as it is shown to people."""
        return "UTC" if self.time_zone == CHOSEN_UTC else self.time_zone


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
