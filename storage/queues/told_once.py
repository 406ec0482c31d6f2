"""The outbox's queue, which keeps no words that are told once, such as a private address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from bot.domain.messages import Download, OutboundMessage, Paragraph
from bot.ports import Claimed
from storage.queues.queue import Queue

_GONE = Paragraph(text="What stood here was told once, and is not kept.")


class OutboxQueue(Queue[OutboundMessage]):
    """A queue of messages; of one told `once` no words but the choices stay at its end."""

    def finish(self, claimed: Claimed[OutboundMessage], *, at: datetime, **more: str) -> bool:
        """Marks the row finished; see `Queue.finish`."""
        return super().finish(claimed, at=at, **more) and self._forgets(claimed)

    def give_up(self, claimed: Claimed[Any], *, at: datetime, reason: str) -> bool:
        """Stops trying; see `Queue.give_up`. Whoever was not told has it made anew."""
        return super().give_up(claimed, at=at, reason=reason) and self._forgets(claimed)

    def _forgets(self, claimed: Claimed[Any]) -> bool:
        message = claimed.item
        if isinstance(message, OutboundMessage) and message.reply.once:
            files = (block for block in message.reply.blocks if isinstance(block, Download))
            reply = replace(message.reply, blocks=(_GONE, *files))
            text = self._adapter.dump_json(replace(message, reply=reply)).decode()
            own = self._table.c.id == claimed.id
            self._connection.execute(update(self._table).where(own).values(message=text))
        return True
