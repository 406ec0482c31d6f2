"""Own reminders that are said long after their time: better late than never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.notices.kinds import Kind, Moment
from bot.domain.notices.notice import Notice

LATE = timedelta(hours=1)  # after which it has to be told when it was for


def is_late(kind: Kind, notice: Notice, *, now: datetime) -> bool:
    """Whether it is an own reminder whose time is over for so long that it seems another one."""
    return kind.moment is Moment.OWN and now - notice.at > LATE


def late_together(
    kinds: Mapping[str, Kind], told: Iterable[Notice], *, now: datetime
) -> Mapping[str, datetime]:
    """When late ones were for, by key, where there are several: one message tells them all."""
    late = {one.key: one.at for one in told if is_late(kinds[one.kind], one, now=now)}
    return late if len(late) > 1 else {}
