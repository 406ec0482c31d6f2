"""Which draft took the place of another."""

from __future__ import annotations

from bot.domain.notices.broadcast import Broadcast, BroadcastState
from bot.ports import UnitOfWork

NEWEST = 200  # among which it is looked for


def instead_of(uow: UnitOfWork, old: Broadcast) -> Broadcast | None:
    """The last one in the place of a replaced one, which was drafted the instant that ended."""
    newer = [one for one in uow.broadcasts.newest(limit=NEWEST) if one.id > old.id]
    last = old
    while last.state is BroadcastState.REPLACED:
        at, group = last.ended_at, last.group
        after = (one for one in newer if one.id > last.id)
        found = next((one for one in after if (one.made_at, one.group) == (at, group)), None)
        if found is None:
            return None
        last = found
    return None if last is old else last
