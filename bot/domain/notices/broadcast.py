"""A message of staff's to many people: to whom, what, and how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

KEY = "broadcast:{number}:{person}"  # of its messages in the outbox
_KEYS = re.compile(KEY.format(number="([0-9]{1,9})", person="([0-9]+)"))


class BroadcastState(StrEnum):
    """Where a broadcast is on its way."""

    DRAFT = "draft"
    SENDING = "sending"
    CANCELLED = "cancelled"
    REPLACED = "replaced"  # a newer draft stands in its place
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One broadcast. `group` is the group as staff say it; `total` the people counted then.

    `queued` people have their message in the outbox by now; whoever was enrolled later gets none.
    The last of those messages is due by `spread_until`. Its end was told to `by` at `told_at`.
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
    spread_until: datetime | None = None
    told_at: datetime | None = None


def message_key(number: int, person_id: int) -> str:
    """The key in the outbox of what the broadcast of that number says to one person."""
    return KEY.format(number=number, person=person_id)


def told_by(key: str) -> tuple[int, int] | None:
    """The numbers of the broadcast and of the person of such a key; None for any other key."""
    found = _KEYS.fullmatch(key)
    return (int(found[1]), int(found[2])) if found else None
