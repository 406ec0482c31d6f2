"""Why something will be said, in the words of its rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from bot.domain.notices.kinds import Kind, Moment
from bot.domain.notices.moments.own import REMINDER
from bot.domain.notices.notice import Notice
from bot.domain.program import Program

_AGAIN = "again:"  # begins the key of what was snoozed
_BASE = re.compile(r".*:(\d{4}-\d\d-\d\d):-?\d+")

_COUNTED: Mapping[Moment, str] = MappingProxyType(
    {
        Moment.SUBSCRIPTION_ENDS: "the subscription's end",
        Moment.TIME_LIMIT: "the time limit",
        Moment.SET_TOUCHED: "the last change in the set",
        Moment.SET_COVERED: "the last change in the set, which lacks its statement",
        Moment.SUBMITTED: "the submission",
        Moment.REQUESTED: "the request for more evidence",
        Moment.APPEAL_DUE: "the last day of the appeal's step",
        Moment.CERTIFIED: "the certification",
        Moment.RENEWAL_OPENS: "the opening of the renewal",
        Moment.RENEWAL_CLOSES: "the certificate's end",
        Moment.GRACE_ENDS: "the last day to renew",
        Moment.EVENT: "the event",
        Moment.OWN: "the reminder",
    }
)


def rule(program: Program, notice: Notice) -> str:
    """`30 days before the subscription's end on 2027-01-01`."""
    kind = kind_of(program, notice)
    if notice.key.startswith(_AGAIN):
        return f"snoozed until then ({notice.matter})"
    if kind.moment is Moment.OWN:
        return f"a reminder of their own ({notice.matter})"
    counted, base = _COUNTED[kind.moment], base_of(notice)
    on = f" on {base.isoformat()}" if base else ""
    days = abs(lead_of(program, notice))
    if not days:
        return f"on the day of {counted}{on}"
    many = "1 day" if days == 1 else f"{days} days"
    side = "before" if lead_of(program, notice) < 0 else "after"
    return f"{many} {side} {counted}{on}"


def kind_of(program: Program, notice: Notice) -> Kind:
    """The notice's kind; reminders have one in every program."""
    return program.notices.kinds.get(notice.kind, REMINDER)


def lead_of(program: Program, notice: Notice) -> int:
    """How many days after the moment it is said; negative before."""
    leads = kind_of(program, notice).leads
    return leads[notice.lead].days if notice.lead < len(leads) else 0


def base_of(notice: Notice) -> date | None:
    """The day that it counts from, as its key has it; None for what has an instant."""
    found = _BASE.fullmatch(notice.key)
    return date.fromisoformat(found[1]) if found else None
