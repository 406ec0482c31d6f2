"""The placeholders that the words of a notice may have, by what it counts from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.notices.kinds import Moment

EVERYWHERE = ("name", "program", "record")
_DAYS = ("date", "when", "days")  # the day counted from, `in 5 days`, `5 days`
_PACE = (*_DAYS, "sets", "pace")
_RENEWAL = (*_DAYS, "certified_on", "opens", "closes", "grace")

PLACEHOLDERS: Mapping[Moment, tuple[str, ...]] = MappingProxyType(
    {
        Moment.SUBSCRIPTION_ENDS: _PACE,
        Moment.TIME_LIMIT: _PACE,
        Moment.SET_TOUCHED: (*_DAYS, "set", "covered", "total"),
        Moment.SET_COVERED: (*_DAYS, "set", "statement"),
        Moment.SUBMITTED: (*_DAYS, "set", "number"),
        Moment.REQUESTED: (*_DAYS, "set", "number", "count", "wanted"),
        Moment.APPEAL_DUE: (*_DAYS, "set", "number", "step", "says"),
        Moment.CERTIFIED: _DAYS,
        Moment.RENEWAL_OPENS: _RENEWAL,
        Moment.RENEWAL_CLOSES: _RENEWAL,
        Moment.GRACE_ENDS: _RENEWAL,
        Moment.EVENT: (*_DAYS, "title", "starts", "minutes", "url"),
        Moment.OWN: ("text", "section"),
        Moment.HAPPENS: (),
    }
)


def allowed(moment: Moment) -> tuple[str, ...]:
    """Every placeholder for words about that moment."""
    return (*PLACEHOLDERS[moment], *EVERYWHERE)
