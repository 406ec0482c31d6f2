"""Messages to be sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    bindparam,
    literal_column,
    or_,
    select,
    update,
)

from bot.domain.codes import KEY as CODE
from bot.domain.messages import Address, Choice, OutboundMessage
from bot.ports import Claimed
from storage.kept.reaching import SqlAnnouncements
from storage.queues.queue import GIVEN_UP, Queue
from storage.tables import outbox


class SqlOutbox:
    """The outbox in its table; see `bot.ports.Outbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter
        self._queue = Queue(connection, outbox, adapter=adapter, finished="sent")

    def add(self, message: OutboundMessage, *, due: datetime) -> bool:
        """Keeps the message; false when its key is there already."""
        more = {
            "channel": message.to.channel,
            "key": message.key,
            "receipt": "",
            "offers": bool(message.reply.choices) and not message.card,
            "card": message.card,
            "told": message.to.value if _is_shared(message) else "",
        }
        added = self._queue.add(message, conversation=message.conversation, due=due, more=more)
        if added and not message.card:  # what is said later takes the choices before it away
            older = {"talk": message.conversation, "newer": message.key}
            self._connection.execute(_close_choices(), older)
        return added

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str]
    ) -> Claimed[OutboundMessage] | None:
        """Leases the oldest message due, for one of the channels, whose turn it is.

        A card that a newer one waits to replace is passed over: it counts as sent.
        """
        lease = partial(self._queue.claim, lease_seconds=lease_seconds, channels=channels)
        while (claimed := lease(now=now)) is not None:
            card = claimed.item.card
            if not card:
                return claimed
            there = {"card": card, "talk": claimed.item.conversation}
            if self._connection.execute(_newer(), {**there, "row": claimed.id}).first() is None:
                known = self.receipt_of(card, claimed.item.conversation)
                return replace(claimed, item=replace(claimed.item, replaces=known))
            self._queue.finish(claimed, at=now, receipt="", reason=_PASSED_OVER)
        return None

    def sent(self, claimed: Claimed[OutboundMessage], *, at: datetime, receipt: str) -> None:
        """Marks it sent; `receipt` is the vendor's id."""
        self._queue.finish(claimed, at=at, receipt=receipt)

    def extend(self, claimed: Claimed[OutboundMessage], *, until: datetime) -> bool:
        """Prolongs the lease; false when it is no longer ours."""
        return self._queue.extend(claimed, until=until)

    def retry(
        self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str, counts: bool = True
    ) -> None:
        """Gives the message back, due again at `at`; only if it `counts` was it an attempt."""
        self._queue.retry(claimed, at=at, reason=reason, counts=counts)

    def give_up(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Stops trying; the message stays readable. What a card is about is marked at `at`."""
        ended = self._queue.give_up(claimed, at=at, reason=reason)
        if ended and claimed.item.card:
            SqlAnnouncements(self._connection).mark(claimed.item.card, at=at)

    def redirect(self, old: Address, new: Address) -> int:
        """Lets messages that wait for the old address go to the new one; how many there are.

        One that a worker holds goes there too, should it be given back. One that others read along
        with stays where it is, and one that tells a code.
        """
        query = select(outbox.c.id, outbox.c.message).where(
            outbox.c.channel == old.channel, outbox.c.finished_at.is_(None)
        )
        rows = self._connection.execute(query).all()
        return sum(self._send_to(new, row.id, row.message, old=old) for row in rows)

    def last_choices(self, conversation: str) -> tuple[Choice, ...]:
        """The choices of the newest message of the conversation."""
        message = self._connection.execute(_newest(), {"conversation": conversation}).scalar()
        return self._adapter.validate_json(message).reply.choices if message is not None else ()

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation."""
        self._queue.release(conversation, at=at)

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease; how many there were."""
        return self._queue.release_all(at=at)

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        return self._queue.due_since(now=now)

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, sent and given-up."""
        return self._queue.counts()

    def receipt_of(self, card: str, conversation: str) -> str:
        """The vendor's id of a card that was sent there; empty when none was."""
        there = {"card": card, "talk": conversation}
        return self._connection.execute(_receipt(), there).scalar() or ""

    def carded(self, card: str, conversation: str) -> bool:
        """Whether such a card hangs there or waits to be sent; not one that was given up."""
        there = {"card": card, "talk": conversation}
        return self._connection.execute(_put_there(), there).first() is not None

    def given_up_at(self, card: str, conversation: str) -> datetime | None:
        """When the newest such card there was given up; None when it was not, or there is none."""
        there = {"card": card, "talk": conversation}
        newest = self._connection.execute(_newest_card(), there).first()
        ended: datetime | None = newest.finished_at if newest else None
        return ended if newest and newest.state == GIVEN_UP else None

    def card_at(self, conversation: str, receipt: str) -> str:
        """The card that the vendor knows there by this id; empty when it is none."""
        if not receipt:
            return ""
        named = {"talk": conversation, "receipt": receipt}
        return self._connection.execute(_card(), named).scalar() or ""

    def spoken_to(self, address: Address, conversation: str) -> bool:
        """Whether anything was ever said to the address in this shared conversation."""
        there = {"channel": address.channel, "told": address.value, "talk": conversation}
        return self._connection.execute(_told(), there).first() is not None

    def _send_to(self, new: Address, number: int, text: str, *, old: Address) -> bool:
        if json.loads(text)["to"] != {"channel": old.channel, "value": old.value}:
            return False
        message = self._adapter.validate_json(text)
        if _is_shared(message) or message.key.startswith(CODE):
            return False
        message = OutboundMessage(
            key=message.key, to=new, conversation=str(new), reply=message.reply
        )
        moved = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == number, outbox.c.finished_at.is_(None))
            .values(
                channel=new.channel,
                conversation=message.conversation,
                card=message.card,
                message=self._adapter.dump_json(message).decode(),
            )
        )
        return moved.rowcount == 1


# Spelled as the indexes spell them, or SQLite does not see that they will do.
_OFFERS: ColumnElement[bool] = literal_column("offers")
_IS_CARD: ColumnElement[bool] = literal_column("card <> ''")
_IS_TOLD: ColumnElement[bool] = literal_column("told <> ''")
_PASSED_OVER = "a newer one takes its place"


def _is_shared(message: OutboundMessage) -> bool:
    """Whether others read along."""
    return message.conversation != str(message.to)


@cache  # building a statement takes longer than running it
def _newest() -> Select[Any]:
    own = outbox.c.conversation == bindparam("conversation")
    return select(outbox.c.message).where(own, _OFFERS).order_by(outbox.c.id.desc()).limit(1)


@cache
def _close_choices() -> Update:
    own = outbox.c.conversation == bindparam("talk")
    other = outbox.c.key != bindparam("newer")
    return update(outbox).where(own, _OFFERS, other).values(offers=False)


@cache
def _newer() -> Select[Any]:
    """Selects a card of the same name that waits there to be sent after `row`."""
    later = (outbox.c.finished_at.is_(None), outbox.c.id > bindparam("row"))
    return select(outbox.c.id).where(*_same_card(), *later).limit(1)


@cache
def _put_there() -> Select[Any]:
    hangs_or_waits = or_(outbox.c.receipt != "", outbox.c.finished_at.is_(None))
    return select(outbox.c.id).where(*_same_card(), hangs_or_waits).limit(1)


@cache
def _newest_card() -> Select[Any]:
    columns = (outbox.c.state, outbox.c.finished_at)
    return select(*columns).where(*_same_card()).order_by(outbox.c.id.desc()).limit(1)


@cache
def _receipt() -> Select[Any]:
    sent = select(outbox.c.receipt).where(*_same_card(), outbox.c.receipt != "")
    return sent.order_by(outbox.c.id.desc()).limit(1)


@cache
def _card() -> Select[Any]:
    there = (outbox.c.conversation == bindparam("talk"), outbox.c.receipt == bindparam("receipt"))
    return select(outbox.c.card).where(*there, _IS_CARD).order_by(outbox.c.id.desc()).limit(1)


@cache
def _told() -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), outbox.c.told == bindparam("told"))
    talk = outbox.c.conversation == bindparam("talk")
    return select(outbox.c.id).where(talk, *own, _IS_TOLD).limit(1)


def _same_card() -> tuple[ColumnElement[bool], ...]:
    same = outbox.c.card == bindparam("card")
    return (same, outbox.c.conversation == bindparam("talk"), _IS_CARD)
