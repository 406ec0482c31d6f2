"""Messages to be sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, bindparam, insert, select

from bot.domain.messages import Address, Choice, OutboundMessage
from bot.domain.rooms import counted_at
from bot.ports import Claimed
from bot.ports.queues import Rest, no_rest
from storage.kept.reaching import SqlAnnouncements
from storage.queues.adding import add_many, close_choices, columns_of
from storage.queues.moving import Moving
from storage.queues.rests import Rests, is_left_alone
from storage.queues.said import Said
from storage.queues.told_once import OutboxQueue
from storage.tables import further_posts, outbox


class SqlOutbox:
    """The outbox in its table; see `bot.ports.Outbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter
        self._queue = OutboxQueue(
            connection, outbox, adapter=adapter, finished="sent", unless=is_left_alone
        )
        self._announcements = SqlAnnouncements(connection)
        self._moving = Moving(connection, adapter)
        self._rests = Rests(connection)
        self._said = Said(connection, adapter)

    def add(self, message: OutboundMessage, *, due: datetime) -> bool:
        """Keeps the message; false when its key is there already."""
        more = columns_of(message)
        added = self._queue.add(message, conversation=message.conversation, due=due, more=more)
        if added and not message.card:  # what is said later takes the choices before it away
            close_choices(self._connection, message)
        return added

    def add_many(self, messages: Sequence[tuple[OutboundMessage, datetime]]) -> int:
        """Keeps each message, due at its instant; how many of the keys were not there already."""
        return add_many(self._connection, self._adapter, messages)

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that are there."""
        return self._said.known(keys)

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str], rest: Rest = no_rest
    ) -> Claimed[OutboundMessage] | None:
        """Leases the oldest message due, for one of the channels, whose turn it is.

        A card that a newer one waits to replace is passed over: it counts as sent. What waits for a
        place that is held or rests is not looked at.
        """
        lease = partial(self._queue.claim, lease_seconds=lease_seconds, channels=channels)
        until = now + timedelta(seconds=lease_seconds)
        while (claimed := lease(now=now)) is not None:
            message = claimed.item
            if message.card and self._said.is_passed_over(message, row=claimed.id):
                self._queue.finish(claimed, at=now, receipt="", reason=_PASSED_OVER)
                continue
            pause = rest(message)
            if pause and not self._hold(claimed, now=now, until=until):
                # Somebody took the place at this very moment: the next look passes it over.
                self._queue.retry(claimed, at=now + pause, reason=_RESTS, counts=False)
                continue
            known = self.receipt_of(message.card, message.conversation) if message.card else ""
            return replace(claimed, item=replace(message, replaces=known)) if known else claimed
        return None

    def sent(
        self,
        claimed: Claimed[OutboundMessage],
        *,
        at: datetime,
        receipt: str,
        further: Sequence[str] = (),
        rest: timedelta = timedelta(),
    ) -> None:
        """Marks it sent; `receipt` is the vendor's id, `further` are those of more posts."""
        if not self._queue.finish(claimed, at=at, receipt=receipt):
            return
        others = set(further) - {receipt, ""}
        if rows := [{"receipt": one, "outbox_id": claimed.id} for one in sorted(others)]:
            self._connection.execute(insert(further_posts), rows)
        if rest:
            self._rests.rest(counted_at(claimed.item), now=at, until=at + rest)
            self._queue.put_off_younger(claimed, until=at + rest)  # others come first meanwhile

    def extend(self, claimed: Claimed[OutboundMessage], *, until: datetime) -> bool:
        """Prolongs the lease and the hold of its place; false when it is no longer ours."""
        ours = self._queue.extend(claimed, until=until)
        if ours:
            self._rests.prolong(counted_at(claimed.item), holder=claimed.token, until=until)
        return ours

    def retry(
        self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str, counts: bool = True
    ) -> bool:
        """Gives the message back, due again at `at`; only if it `counts` was it an attempt."""
        ours = self._queue.retry(claimed, at=at, reason=reason, counts=counts)
        if ours:
            self._free(claimed)
        return ours

    def let_rest(
        self, claimed: Claimed[OutboundMessage], *, at: datetime, until: datetime, reason: str
    ) -> bool:
        """Gives the message back; nothing is said there before `until`."""
        ours = self._queue.retry(claimed, at=until, reason=reason, counts=False)
        if ours:
            self._rests.rest(counted_at(claimed.item), now=at, until=until)
        return ours

    def reword(self, claimed: Claimed[OutboundMessage], message: OutboundMessage) -> bool:
        """Keeps other words under the same key; false when it is not ours."""
        nothing = {} if message.reply.choices else {"offers": False}
        return self._queue.put(claimed, message, **nothing)

    def postpone(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> bool:
        """Gives it back, due at `at`; nothing else waits for it."""
        ours = self._queue.postpone(claimed, at=at, reason=reason)
        if ours:
            self._free(claimed)
        return ours

    def unsaid(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> bool:
        """Finishes it without sending; it has no receipt then, and a reason."""
        ours = self._queue.finish(claimed, at=at, receipt="", reason=reason)
        if ours:
            self._free(claimed)
        return ours

    def give_up(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Stops trying; the message stays readable. What a card is about is marked at `at`."""
        if not self._queue.give_up(claimed, at=at, reason=reason):
            return
        self._free(claimed)
        if claimed.item.card:
            self._announcements.mark(claimed.item.card, at=at)

    def redirect(
        self,
        old: Address,
        new: Address,
        *,
        by_kind: Mapping[str, Address] | None = None,
        only: str = "",
        due: datetime | None = None,
    ) -> int:
        """Lets messages that wait for the old address go to the new one, or to their kind's."""
        return self._moving.redirect(old, new, by_kind=by_kind or {}, only=only, due=due)

    def move(self, room: Address, to: Address) -> int:
        """Lets what waits for a room go to the one that the vendor put in its place; how many."""
        return self._moving.move(room, to)

    def said_at(self, conversation: str, receipt: str) -> OutboundMessage | None:
        """The message that the vendor knows there by this id; None when it is none of Carrel's."""
        return self._said.said_at(conversation, receipt)

    def said_in(self, room: str, receipt: str) -> str:
        """The shared conversation of a room in which the vendor knows this id; empty when none."""
        return self._said.said_in(room, receipt)

    def offered(self, conversation: str, *, limit: int) -> tuple[Choice, ...]:
        """The choices of the newest `limit` messages there, cards too, newest first."""
        return self._said.offered(conversation, limit=limit)

    def last_choices(self, conversation: str) -> tuple[Choice, ...]:
        """The choices of the newest message of the conversation."""
        return self._said.last_choices(conversation)

    def receipt_of(self, card: str, conversation: str) -> str:
        """The vendor's id of a card that was sent there; empty when none was."""
        return self._said.receipt_of(card, conversation)

    def carded(self, card: str, conversation: str) -> bool:
        """Whether such a card hangs there or waits to be sent; not one that was given up."""
        return self._said.carded(card, conversation)

    def given_up_at(self, card: str, conversation: str) -> datetime | None:
        """When the newest such card there was given up; None when it was not, or there is none."""
        return self._said.given_up_at(card, conversation)

    def card_at(self, conversation: str, receipt: str) -> str:
        """The card that the vendor knows there by this id; empty when it is none."""
        return self._said.card_at(conversation, receipt)

    def spoken_to(self, address: Address, conversation: str) -> bool:
        """Whether anything was ever said to the address in this shared conversation."""
        return self._said.spoken_to(address, conversation)

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation, and the hold of its place."""
        for held in self._connection.execute(_held(), {"talk": conversation}).all():
            self._rests.free(held.place, holder=held.token)
        self._queue.release(conversation, at=at)

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease and every hold; how many leases there were."""
        self._rests.free_all()
        return self._queue.release_all(at=at)

    def bring_forward(self, *, now: datetime) -> int:
        """Lets what waits for a later moment be due now, but for broadcasts; how many."""
        return self._queue.bring_forward(now=now, of=outbox.c.broadcast.is_(None))

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        return self._queue.due_since(now=now)

    def due_next(self, *, now: datetime, channels: Sequence[str]) -> datetime | None:
        """When the next message is due, or a lease, a hold or a rest ends."""
        return self._rests.due_next(now=now, channels=channels)

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, sent and given-up."""
        return self._queue.counts()

    def _hold(self, claimed: Claimed[OutboundMessage], *, now: datetime, until: datetime) -> bool:
        place = counted_at(claimed.item)
        return self._rests.hold(place, holder=claimed.token, now=now, until=until)

    def _free(self, claimed: Claimed[OutboundMessage]) -> None:
        self._rests.free(counted_at(claimed.item), holder=claimed.token)


_PASSED_OVER = "a newer one takes its place"
_RESTS = "the vendor wants a pause between messages"


@cache  # building a statement takes longer than running it
def _held() -> Select[Any]:
    own = outbox.c.conversation == bindparam("talk")
    return select(outbox.c.place, outbox.c.token).where(own, outbox.c.token.is_not(None))
