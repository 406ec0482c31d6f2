"""Messages to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, Update, bindparam, func, select, update

from bot.domain.messages import Address, OutboundMessage
from bot.domain.rooms import counted_at, in_room
from bot.ports import Claimed
from bot.ports.queues import Rest, no_rest
from storage.columns import Instant
from storage.kept.reaching import SqlAnnouncements
from storage.queues.moving import Moving, is_shared, open_at_place
from storage.queues.queue import Queue
from storage.queues.rests import Rests
from storage.queues.said import OFFERS, Said, same_card
from storage.tables import outbox


class SqlOutbox(Said):
    """The outbox in its table; see `bot.ports.Outbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        super().__init__(connection, adapter)
        self._queue = Queue(connection, outbox, adapter=adapter, finished="sent")
        self._rests = Rests(connection)

    def add(self, message: OutboundMessage, *, due: datetime) -> bool:
        """Keeps the message; false when its key is there already."""
        more = {
            "channel": message.to.channel,
            "key": message.key,
            "receipt": "",
            "offers": bool(message.reply.choices) and not message.card,
            "card": message.card,
            "told": message.to.value if is_shared(message) else "",
        }
        added = self._queue.add(message, conversation=message.conversation, due=due, more=more)
        if added and not message.card:  # what is said later takes the choices before it away
            older = {"talk": message.conversation, "newer": message.key}
            self._connection.execute(_close_choices(), older)
        return added

    def claim(
        self,
        *,
        now: datetime,
        lease_seconds: float,
        channels: Sequence[str],
        rest: Rest = no_rest,
    ) -> Claimed[OutboundMessage] | None:
        """Leases the oldest message due, for one of the channels, whose turn it is.

        A card that a newer one waits to replace is passed over: it counts as sent. What wants a
        `rest` that its place does not have yet is looked at again later.
        """
        lease = partial(self._queue.claim, lease_seconds=lease_seconds, channels=channels)
        until = now + timedelta(seconds=lease_seconds)
        while (claimed := lease(now=now)) is not None:
            message = claimed.item
            if message.card and self._has_newer(claimed):
                self._queue.finish(claimed, at=now, receipt="", reason=_PASSED_OVER)
                continue
            free_at = self._hold(message, rest(message), now=now, until=until)
            if free_at is None:
                known = self.receipt_of(message.card, message.conversation) if message.card else ""
                return replace(claimed, item=replace(message, replaces=known)) if known else claimed
            self._queue.retry(claimed, at=free_at, reason=_RESTS, counts=False)
        return None

    def sent(
        self,
        claimed: Claimed[OutboundMessage],
        *,
        at: datetime,
        receipt: str,
        rest: timedelta = timedelta(),
    ) -> None:
        """Marks it sent; `receipt` is the vendor's id."""
        if not self._queue.finish(claimed, at=at, receipt=receipt) or not rest:
            return
        place, room = counted_at(claimed.item), in_room(claimed.item)
        self._rests.rest(place, now=at, until=at + rest)
        there = {"place": place, "on": claimed.item.to.channel} if room else {"place": place}
        self._connection.execute(_put_off(room=room), {**there, "until": at + rest})

    def extend(self, claimed: Claimed[OutboundMessage], *, until: datetime) -> bool:
        """Prolongs the lease; false when it is no longer ours."""
        ours = self._queue.extend(claimed, until=until)
        if ours:
            self._rests.prolong(counted_at(claimed.item), until=until)
        return ours

    def retry(
        self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str, counts: bool = True
    ) -> None:
        """Gives the message back, due again at `at`; only if it `counts` was it an attempt."""
        if self._queue.retry(claimed, at=at, reason=reason, counts=counts):
            self._rests.free(counted_at(claimed.item))

    def give_up(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Stops trying; the message stays readable. What a card is about is marked at `at`."""
        if not self._queue.give_up(claimed, at=at, reason=reason):
            return
        self._rests.free(counted_at(claimed.item))
        if claimed.item.card:
            SqlAnnouncements(self._connection).mark(claimed.item.card, at=at)

    def redirect(self, old: Address, new: Address) -> int:
        """Lets messages that wait for the old address go to the new one; how many there are."""
        return Moving(self._connection, self._adapter).redirect(old, new)

    def move(self, room: Address, to: Address) -> int:
        """Lets what waits for a room go to the one that the vendor put in its place; how many."""
        return Moving(self._connection, self._adapter).move(room, to)

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation."""
        self._rests.free(conversation)
        self._queue.release(conversation, at=at)

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease; how many there were."""
        self._rests.free_all()
        return self._queue.release_all(at=at)

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        return self._queue.due_since(now=now)

    def due_next(self, *, now: datetime, channels: Sequence[str]) -> datetime | None:
        """When the next message is due, or a lease ends, of what is not due yet."""
        asked = [{"now": now, "channel": channel} for channel in channels]
        found = [self._connection.execute(_due_next(), each).scalar() for each in asked]
        return min((one for one in found if one is not None), default=None)

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, sent and given-up."""
        return self._queue.counts()

    def _has_newer(self, claimed: Claimed[OutboundMessage]) -> bool:
        """Whether a card of the same name waits there to be sent after it."""
        there = {"card": claimed.item.card, "talk": claimed.item.conversation}
        return self._connection.execute(_newer(), {**there, "row": claimed.id}).first() is not None

    def _hold(
        self, message: OutboundMessage, rest: timedelta, *, now: datetime, until: datetime
    ) -> datetime | None:
        """Takes its place; otherwise when to look again, for what is on its way may be soon."""
        if not rest:
            return None
        free_at = self._rests.hold(counted_at(message), now=now, until=until)
        return min(free_at, now + rest) if free_at else None


_PASSED_OVER = "a newer one takes its place"
_RESTS = "the vendor wants a pause between messages"


@cache  # building a statement takes longer than running it
def _close_choices() -> Update:
    own = outbox.c.conversation == bindparam("talk")
    other = outbox.c.key != bindparam("newer")
    return update(outbox).where(own, OFFERS, other).values(offers=False)


@cache
def _newer() -> Select[Any]:
    later = (outbox.c.finished_at.is_(None), outbox.c.id > bindparam("row"))
    return select(outbox.c.id).where(*same_card(), *later).limit(1)


@cache
def _put_off(*, room: bool) -> Update:
    until = bindparam("until", type_=Instant())
    waits = (outbox.c.token.is_(None), outbox.c.due_at < until)
    return update(outbox).where(*open_at_place(room=room), *waits).values(due_at=until)


@cache
def _due_next() -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), outbox.c.finished_at.is_(None))
    later = outbox.c.due_at > bindparam("now", type_=Instant())
    return select(func.min(outbox.c.due_at)).where(*own, later)
