"""What waits to be sent and goes somewhere else than it was meant for."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Select, bindparam, case, select, update

from bot.domain.codes import KEY as CODE
from bot.domain.messages import Address, OutboundMessage
from bot.domain.rooms import counted_at
from storage.tables import outbox

_MOVED = "moved-"  # before a thread's name: the room may get a thread of the same name

log = logging.getLogger(__name__)


class Moving:
    """Waiting rows of the outbox; those that a worker holds go along, should they come back."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter

    def redirect(
        self,
        old: Address,
        new: Address,
        *,
        by_kind: Mapping[str, Address],
        only: str = "",
        due: datetime | None = None,
    ) -> int:
        """Private messages for the old address go to the new one, but those that tell a code."""
        return sum(
            self._put(number, _redirected(message, by_kind.get(message.kind, new)), due)
            for number, message in self._waiting(old)
            if message.to == old and not message.key.startswith(CODE) and only in ("", message.key)
        )

    def move(self, room: Address, to: Address) -> int:
        """Everything for the room goes to the other one."""
        return sum(
            self._put(number, _moved(message, to)) for number, message in self._waiting(room)
        )

    def _waiting(self, place: Address) -> Iterator[tuple[int, OutboundMessage]]:
        for row in self._connection.execute(_waiting(), {"there": str(place)}).all():
            try:
                yield row.id, self._adapter.validate_json(row.message)
            except ValidationError:  # it is given up when its turn comes
                log.warning("A stored message could not be read", extra={"row": row.id})

    def _put(self, number: int, message: OutboundMessage, due: datetime | None = None) -> bool:
        """It is `due` then, unless a worker holds it: that instant is its lease's end."""
        held = outbox.c.token.is_not(None)
        put = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == number, outbox.c.finished_at.is_(None))
            .values(
                channel=message.to.channel,
                conversation=message.conversation,
                card=message.card,
                place=counted_at(message),
                due_at=case((held, outbox.c.due_at), else_=due) if due else outbox.c.due_at,
                message=self._adapter.dump_json(message).decode(),
            )
        )
        return put.rowcount == 1


@cache  # building a statement takes longer than running it
def _waiting() -> Select[Any]:
    own = (outbox.c.place == bindparam("there"), outbox.c.finished_at.is_(None))
    return select(outbox.c.id, outbox.c.message).where(*own)


def _redirected(message: OutboundMessage, new: Address) -> OutboundMessage:
    """A message for one person: its thread and its card stay behind."""
    return replace(
        message, to=new, conversation=str(new), thread="", card="", replaces="", subject=""
    )


def _moved(message: OutboundMessage, to: Address) -> OutboundMessage:
    thread = message.conversation.partition("/")[2]
    return replace(
        message,
        to=message.to if message.shared else to,
        conversation=f"{to}/{_MOVED}{thread}" if thread else str(to),
        thread="",
        replaces="",
    )
