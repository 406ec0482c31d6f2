"""Clocks that disagree: which one is believed, and what the other one did that is undone.

A clock that goes back to where it was before it jumped ahead is believed at once. Any other one
that is behind waits: only when nobody else has swept for ten minutes by its count does it go on.
Of two that run side by side the one ahead sweeps, then.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.ports import UnitOfWork
from bot.usecases.late_news import DECLINED, TOO_OLD, UNSAID
from bot.usecases.still_theirs import ENDED

log = logging.getLogger(__name__)
APART = timedelta(minutes=10)  # so much may clocks differ before it matters
JUMP = timedelta(hours=3)  # a sweep that is so much later than the last one may be by a wrong clock
PATIENCE = timedelta(minutes=10)  # so long somebody else may not have swept
ONCE = timedelta(days=30)  # within which a clock is believed only once without waiting
LATELY = timedelta(days=2)  # within which a clock that jumped ahead is set right
EARLY = timedelta(days=3)  # what was said so long before its time did not tell what it should
_DROPPED = (DECLINED, TOO_OLD, f"{UNSAID}{ENDED}")
CAME_BACK, JUMPED, BEHIND = "clock-came-back", "clock-jumped", "clock-behind"


def waits(uow: UnitOfWork, swept: datetime | None, *, now: datetime) -> bool:
    """Whether this sweep is to do nothing, since its clock is behind and may be wrong.

    `swept` is until when everybody was looked at. What is noted here has to be committed.
    """
    if swept is None or swept <= now + APART:
        if swept is not None and now - swept > JUMP:
            uow.looks.note_swept(JUMPED, at=now, mark=swept.isoformat())
        return False
    return not _is_back(uow, swept, now=now) and not _is_alone(uow, swept, now=now)


def take_back(uow: UnitOfWork, swept: datetime | None, *, now: datetime) -> bool:
    """Undoes what was noted by a clock that was ahead; False where none was that far ahead.

    What it missed or dropped is told in its time; news and snoozes that it dated later are dated
    now; what waits in the queues for such a time waits no longer, and is not sent either if it is
    said too early. What it sent stays in the books, so that nobody hears the same twice; but what
    was days too early is told again in its time. Where nothing shows that the clock jumped ahead,
    it may as well be wrong now: then what was said and what people dated stays as it is. Everybody
    is to be looked at again then.
    """
    if swept is None or swept <= now + APART:
        return False
    jumped = _jumped(uow, swept, now=now)
    # In the order in which those who send lock the same rows.
    waited = uow.outbox.bring_forward(now=now) + uow.inbox.bring_forward(now=now)
    counts = {
        "messages": waited,
        "notices": uow.notices.forget(missed_after=now, due_after=now + EARLY if jumped else None),
        "news": uow.gathered.bring_back(now=now, dropped=_DROPPED) if jumped else 0,
        "hushes": uow.wishes.bring_back(now=now) if jumped else 0,
    }
    uow.looks.note_swept(CAME_BACK, at=now, mark=swept.isoformat())
    log.warning(
        "The clock was ahead until %s and went back; what was noted by it and not sent counts for "
        "nothing",
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


def _is_back(uow: UnitOfWork, swept: datetime, *, now: datetime) -> bool:
    """Whether the clock is where it was before it jumped ahead, for the first time of late."""
    if not _jumped(uow, swept, now=now):
        return False
    back, _ = uow.looks.swept(CAME_BACK)
    return back is None or not back <= now < back + ONCE


def _jumped(uow: UnitOfWork, swept: datetime, *, now: datetime) -> bool:
    """Whether that clock jumped ahead lately, from where this one is now.

    A jump that nobody set right for days was none, but an outage that ended.
    """
    jumped, before = uow.looks.swept(JUMPED)
    if jumped is None or swept > jumped + LATELY:
        return False
    return datetime.fromisoformat(before) - APART <= now < jumped


def _is_alone(uow: UnitOfWork, swept: datetime, *, now: datetime) -> bool:
    """Whether nobody else has swept for a while; says so once where somebody does."""
    mark = swept.isoformat()
    since, seen = uow.looks.swept(BEHIND)
    waited = now - since if since is not None and since <= now else None
    if waited is not None and seen == mark:
        return waited >= PATIENCE
    uow.looks.note_swept(BEHIND, at=now, mark=mark)
    if waited is None or waited > PATIENCE:
        log.warning(
            "Notices were told by the clock until %s, which is still to come by the clock of this "
            "process, so it waits. Set the clocks of all that use this database right",
            mark,
            extra={"action": "clock-behind"},
        )
    return False
