"""What was noted by a clock that was ahead counts for nothing: it is told in its own time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.ports import UnitOfWork

log = logging.getLogger(__name__)
APART = timedelta(minutes=10)  # so much may clocks differ before anything is taken back
CAME_BACK = "clock-came-back"


def take_back(uow: UnitOfWork, swept: datetime | None, *, now: datetime) -> bool:
    """Forgets what was told or missed before its time; False where no clock was that far ahead.

    `swept` is until when everybody was looked at. What waits in the queues for such a time waits no
    longer. Everybody is to be looked at again then.
    """
    if swept is None or swept <= now + APART:
        return False
    # In the order in which those who send lock the same rows.
    waited = uow.outbox.bring_forward(now=now) + uow.inbox.bring_forward(now=now)
    forgotten = uow.notices.forget_after(now)
    uow.looks.note_swept(CAME_BACK, at=now, mark=swept.isoformat())
    counts = {"notices": forgotten, "messages": waited}
    log.warning(
        "The clock was ahead until %s and went back; what was noted by it counts for nothing",
        swept.isoformat(),
        extra={"action": "clock-back", **counts},
    )
    return True


def once_more(uow: UnitOfWork, at: datetime) -> str:
    """What tells a key for that instant from one used by a clock that was ahead; empty if none."""
    back, ahead = uow.looks.swept(CAME_BACK)
    if back is None or not back < at <= datetime.fromisoformat(ahead):
        return ""
    return f"~{ahead}"
