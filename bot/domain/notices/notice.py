"""One notice: what it is, when it is due, and from when on it is not worth saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.notices.kinds import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to say to a person by the clock, as their state has it now.

    `key` is the same for the same notice always: `expiry:7:2027-01-01:-30`. `matter` names what
    it is about for as long as that lasts, in letters a person can type (`idle-tech`): what is
    snoozed and done. `lead` is the place of its lead in the kind. It is due `at`, and worthless
    from `until` on; both aware UTC. `about` are the values for its words, by placeholder; what
    counts days is worked out when it is said.
    """

    key: str
    kind: str
    matter: str
    person_id: int
    at: datetime
    until: datetime
    about: Mapping[str, str | int | date]
    lead: int = 0
    to: Audience = Audience.PERSON

    @property
    def card(self) -> str:
        """The staff's card of its matter: `submission:5` for `review-5` and `requests-5`."""
        return f"submission:{self.matter.rpartition('-')[2]}"


class Ending(StrEnum):
    """What became of a notice."""

    SAID = "said"
    MISSED = "missed"  # its time went by while nothing could be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A notice in the books: written once for each key. `message` is the key in the outbox."""

    key: str
    person_id: int
    kind: str
    matter: str
    due: datetime
    at: datetime
    ending: Ending
    message: str = ""
