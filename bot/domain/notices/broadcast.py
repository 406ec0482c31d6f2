"""A message of staff's to many people: to whom, what, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BroadcastState(StrEnum):
    """Where a broadcast is on its way."""

    DRAFT = "draft"
    SENDING = "sending"
    CANCELLED = "cancelled"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One broadcast. `group` is the group as staff say it; `total` the people counted then.

    `queued` people have their message in the outbox by now; whoever was enrolled later gets none.
    """

    id: int
    by: int
    group: str
    text: str
    made_at: datetime
    state: BroadcastState = BroadcastState.DRAFT
    total: int = 0
    queued: int = 0
    ended_at: datetime | None = None


def message_key(number: int, person_id: int) -> str:
    """The key in the outbox of what the broadcast of that number says to one person."""
    return f"broadcast:{number}:{person_id}"
