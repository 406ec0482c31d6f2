"""Which submissions wait for their decision longer than they should."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.notices.days import day_in
from bot.domain.notices.kinds import Audience, Kind, Moment
from bot.domain.notices.moments.reviews import waiting_since
from bot.domain.notices.notice import Notice
from bot.domain.notices.series import series_of
from bot.domain.program import Program
from bot.domain.submission import Submission


def reminding(program: Program) -> Kind | None:
    """The kind of notice by which staff are reminded; its first lead says from when on."""
    rules = program.notices.kinds.values()
    wanted = (Audience.STAFF, Moment.SUBMITTED)
    return next((kind for kind in rules if (kind.to, kind.moment) == wanted and kind.leads), None)


def office_zone(program: Program) -> ZoneInfo:
    """The time zone in which the program's own people work."""
    return ZoneInfo(program.notices.office.time_zone)


def days_waited(program: Program, submission: Submission, *, now: datetime) -> int:
    """Calendar days since it was submitted, as the program's office counts them."""
    zone = office_zone(program)
    return (day_in(now, zone) - day_in(submission.submitted_at, zone)).days


def overdue_from(program: Program) -> int | None:
    """After how many days of waiting it is overdue; None where the program does not say."""
    kind = reminding(program)
    if kind is None:
        aim = program.rules.review.aim_days
        return aim + 1 if aim else None
    return min(lead.days for lead in kind.leads)


def overdue_days(program: Program, submission: Submission, *, now: datetime) -> int | None:
    """For how many days an overdue submission waits; None for any other."""
    allowed = overdue_from(program)
    waited = days_waited(program, submission, now=now)
    return waited if submission.open and allowed is not None and waited >= allowed else None


def reminder_of(program: Program, submission: Submission, *, now: datetime) -> Notice | None:
    """The last notice for staff that its days of waiting reached; None where the pack has none."""
    kind, zone = reminding(program), office_zone(program)
    if kind is None or overdue_days(program, submission, now=now) is None:
        return None
    base = waiting_since(submission, zone)
    at = program.notices.office.at
    series = series_of(kind, base, submission.person_id, zone=zone, at=at).notices
    waited = days_waited(program, submission, now=now)
    reached = [one for one in series if kind.leads[one.lead].days <= waited]
    return reached[-1] if reached else None
