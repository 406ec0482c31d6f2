"""A reminder that a person set for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What to say again, and when; `number` counts in the person's own reminders from 1.

    `section` is the section or set it is about, empty for none. `zone` is the IANA name of the
    time zone in which it was set. It is said at `at` (aware UTC) whatever the hour: they chose it.
    """

    id: int
    person_id: int
    number: int
    text: str
    at: datetime
    zone: str
    made_at: datetime
    section: str = ""
