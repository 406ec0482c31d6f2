"""What waits to be sent and goes somewhere else than it was meant for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    func,
    or_,
    select,
    update,
)

from bot.domain.codes import KEY as CODE
from bot.domain.messages import Address, OutboundMessage
from storage.tables import outbox

_MOVED = "moved-"  # before a thread's name: the room may get a thread of the same name

log = logging.getLogger(__name__)


class Moving:
    """Waiting rows of the outbox; those that a worker holds go along, should they come back."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter

    def redirect(self, old: Address, new: Address) -> int:
        """Private messages for the old address go to the new one, but those that tell a code."""
        return sum(
            self._put(number, _redirected(message, new))
            for number, message in self._waiting(old, room=False)
            if message.to == old and not message.key.startswith(CODE)
        )

    def move(self, room: Address, to: Address) -> int:
        """Everything for the room goes to the other one."""
        return sum(
            self._put(number, _moved(message, to))
            for number, message in self._waiting(room, room=True)
        )

    def _waiting(self, place: Address, *, room: bool) -> Iterator[tuple[int, OutboundMessage]]:
        named = {"place": str(place), "on": place.channel} if room else {"place": str(place)}
        for row in self._connection.execute(_waiting(room=room), named).all():
            try:
                yield row.id, self._adapter.validate_json(row.message)
            except ValidationError:  # it is given up when its turn comes
                log.warning("A stored message could not be read", extra={"row": row.id})

    def _put(self, number: int, message: OutboundMessage) -> bool:
        put = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == number, outbox.c.finished_at.is_(None))
            .values(
                channel=message.to.channel,
                conversation=message.conversation,
                card=message.card,
                message=self._adapter.dump_json(message).decode(),
            )
        )
        return put.rowcount == 1


def is_shared(message: OutboundMessage) -> bool:
    """Whether others read along."""
    return message.conversation != str(message.to)


def open_at_place(*, room: bool) -> tuple[ColumnElement[bool], ...]:
    """What is unfinished at `place`; at a room, `on` a channel, in its threads and topics too."""
    place, talk = bindparam("place", type_=Text()), outbox.c.conversation
    if not room:
        return (talk == place, outbox.c.finished_at.is_(None))
    below = [func.substr(talk, 1, func.length(place) + 1) == place + mark for mark in ("/", "#")]
    own = (outbox.c.channel == bindparam("on"), outbox.c.finished_at.is_(None))
    return (*own, or_(talk == place, *below))


@cache  # building a statement takes longer than running it
def _waiting(*, room: bool) -> Select[Any]:
    return select(outbox.c.id, outbox.c.message).where(*open_at_place(room=room))


def _redirected(message: OutboundMessage, new: Address) -> OutboundMessage:
    return OutboundMessage(key=message.key, to=new, conversation=str(new), reply=message.reply)


def _moved(message: OutboundMessage, to: Address) -> OutboundMessage:
    thread = message.conversation.partition("/")[2]
    return replace(
        message,
        to=message.to if is_shared(message) else to,
        conversation=f"{to}/{_MOVED}{thread}" if thread else str(to),
        thread="",
        replaces="",
    )
