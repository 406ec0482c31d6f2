"""Which moment is found how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.notices.kinds import Moment
from bot.domain.notices.moments import (
    appeals,
    certificate,
    deadlines,
    events,
    own,
    reviews,
    sets,
)
from bot.domain.notices.moments.base import Base
from bot.domain.notices.situation import Situation
from bot.domain.program import Program

# Raised whenever code plans otherwise than before, so that everybody is looked at once more.
PLAN_VERSION = 2
Find = Callable[[Program, Situation, ZoneInfo], Iterable[Base]]

BASES: Mapping[Moment, Find] = MappingProxyType(
    {
        Moment.SUBSCRIPTION_ENDS: deadlines.subscription_ends,
        Moment.TIME_LIMIT: deadlines.time_limit,
        Moment.SET_TOUCHED: sets.touched,
        Moment.SET_COVERED: sets.covered,
        Moment.SUBMITTED: reviews.submitted,
        Moment.REQUESTED: reviews.requested,
        Moment.APPEAL_DUE: appeals.appeal_due,
        Moment.CERTIFIED: certificate.certified,
        Moment.RENEWAL_OPENS: certificate.renewal_opens,
        Moment.RENEWAL_CLOSES: certificate.renewal_closes,
        Moment.GRACE_ENDS: certificate.grace_ends,
        Moment.EVENT: events.events,
        Moment.OWN: own.own,
    }
)  # what happens has no lead times
