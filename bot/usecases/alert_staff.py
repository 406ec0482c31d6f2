"""Tell the staff what only they can mend: in their rooms, or where there is none each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.notices.manner import Manner
from bot.domain.rights import STAFF
from bot.ports import UnitOfWork
from bot.usecases.tell import tell


def tell_rooms(
    uow: UnitOfWork, rooms: Sequence[Address], reply: Reply, *, key: str, now: datetime
) -> bool:
    """Says it in each of the rooms, once for each key; a moved one is told where it is now."""
    told = False
    for room in rooms:
        to = uow.channels.place_of(room)
        message = OutboundMessage(key=f"{key}:{room}", to=to, conversation=str(to), reply=reply)
        told |= uow.outbox.add(message, due=now)
    return told


def alert_staff(
    uow: UnitOfWork,
    rooms: Sequence[Address],
    reply: Reply,
    *,
    key: str,
    now: datetime,
    how: Manner,
) -> bool:
    """Says it once for each key, however often it is asked to; to each of them in its manner.

    False when nobody was told anything new.
    """
    told = tell_rooms(uow, rooms, reply, key=key, now=now)
    for person in () if rooms else uow.roles.holders(STAFF):
        told |= tell(uow, person, reply, key=key, now=now, how=how)
    return told
