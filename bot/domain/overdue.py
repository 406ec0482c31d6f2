"""Which submissions wait for their decision longer than they should."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.program import Program
from bot.domain.submission import Submission

OVERDUE = "staff-overdue"  # the kind of notice whose first lead says from when on


def office_zone(program: Program) -> ZoneInfo:
    """The time zone in which the program's own people work."""
    return ZoneInfo(program.notices.office.time_zone)


def days_waited(program: Program, submission: Submission, *, now: datetime) -> int:
    """Calendar days since it was submitted, as the program's office counts them."""
    zone = office_zone(program)
    since = submission.submitted_at.astimezone(zone).date()
    return (now.astimezone(zone).date() - since).days


def overdue_from(program: Program) -> int | None:
    """After how many days of waiting it is overdue; None where the program does not say."""
    kind = program.notices.kinds.get(OVERDUE)
    if kind is None or not kind.leads:
        aim = program.rules.review.aim_days
        return aim + 1 if aim else None
    return min(lead.days for lead in kind.leads)


def overdue_days(program: Program, submission: Submission, *, now: datetime) -> int | None:
    """For how many days an overdue submission waits; None for any other."""
    allowed = overdue_from(program)
    waited = days_waited(program, submission, now=now)
    return waited if submission.open and allowed is not None and waited >= allowed else None
