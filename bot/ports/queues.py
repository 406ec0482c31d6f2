"""The two durable queues."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bot.domain.messages import Address, Choice, OutboundMessage

T = TypeVar("T")
Rest = Callable[[OutboundMessage], timedelta]  # how long its place is left alone afterwards


def no_rest(_message: OutboundMessage) -> timedelta:
    """Messages may follow each other at once."""
    return timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Generic[T]):
    """Work that is leased to one worker; `token` proves the lease, `attempts` counts this one.

    `also` are rows of the same batch, whose content the item holds too: they end with this one.
    """

    id: int
    token: str
    attempts: int
    item: T
    also: tuple[int, ...] = ()


class Outbox(Protocol):
    """Messages to be sent.

    Where a vendor wants pauses, the place of a message (the person's conversation, or the room with
    all its threads and topics) is held from `claim` on, and free or resting afterwards. A hold or a
    rest that was noted by a clock that was ahead counts for nothing, as in `Inbox.claim`.
    """

    def add(self, message: OutboundMessage, *, due: datetime) -> bool:
        """Keeps the message; false when its key is there already."""
        ...

    def add_many(self, messages: Sequence[tuple[OutboundMessage, datetime]]) -> int:
        """Adds each message, due at its instant, as `add` would; how many keys were not there."""
        ...

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that are there, sent or not."""
        ...

    def claim(
        self,
        *,
        now: datetime,
        lease_seconds: float,
        channels: Sequence[str],
        rest: Rest = no_rest,
    ) -> Claimed[OutboundMessage] | None:
        """Leases the oldest message due, for one of the channels, whose turn it is.

        Messages of one conversation leave in order: a later one waits for an earlier one. A card
        that was sent before comes with what it `replaces`; one that waits although a newer one of
        the same name does is finished unsent. One whose place is held or rests is passed over, and
        one that wants a `rest` afterwards holds its place. However many wait for one place, none of
        them is touched for it.
        """
        ...

    def sent(
        self,
        claimed: Claimed[OutboundMessage],
        *,
        at: datetime,
        receipt: str,
        further: Sequence[str] = (),
        rest: timedelta = timedelta(),
    ) -> None:
        """Marks it sent; its place rests so long.

        `receipt` is the vendor's id; of several posts that of the first, and `further` those of the
        others, by which it is known as well.
        """
        ...

    def extend(self, claimed: Claimed[OutboundMessage], *, until: datetime) -> bool:
        """Prolongs the lease and the hold of its place; false when it is no longer ours."""
        ...

    def retry(
        self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str, counts: bool = True
    ) -> bool:
        """Gives the message back, due again at `at`, and frees its place; false when not ours.

        Unless it `counts`, the attempt is forgotten: the message was not what failed.
        """
        ...

    def let_rest(
        self, claimed: Claimed[OutboundMessage], *, at: datetime, until: datetime, reason: str
    ) -> bool:
        """Gives the message back: its vendor wants to hear nothing more there before `until`.

        All of its place rests so long, and the attempt is forgotten. False when it is not ours.
        """
        ...

    def reword(self, claimed: Claimed[OutboundMessage], message: OutboundMessage) -> bool:
        """Keeps other words under the same key, to the same place; false when it is not ours."""
        ...

    def postpone(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> bool:
        """Gives it back, due at `at` and no sooner, with no attempt made; false when not ours.

        What was said later to the same person does not wait for it.
        """
        ...

    def unsaid(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> bool:
        """Finishes it without sending: there is nothing to say any more; false when not ours."""
        ...

    def give_up(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Stops trying, and frees its place; the message stays readable. A card's matter is marked.

        Also a message that was given back just now; nothing is done when another worker has it.
        """
        ...

    def redirect(
        self,
        old: Address,
        new: Address,
        *,
        by_kind: Mapping[str, Address] | None = None,
        only: str = "",
        due: datetime | None = None,
    ) -> int:
        """Lets messages that wait for the old address go to the new one; how many there are.

        Those of a kind that is in `by_kind` go to the address there; with `only` just the one of
        that key goes. With `due` also what was for later is due then.
        What is said where others read along stays, and so does what tells a code (`codes.KEY`);
        what goes leaves its thread and card behind.
        """
        ...

    def move(self, room: Address, to: Address) -> int:
        """Lets what waits for a room go to the one that the vendor put in its place; how many.

        Threads and cards of the old room are left behind: nothing of it can be answered there.
        """
        ...

    def said_at(self, conversation: str, receipt: str) -> OutboundMessage | None:
        """The message that the vendor knows there by this id; None when it is none of Carrel's.

        Here and below any post of a message names it.
        """
        ...

    def said_in(self, room: str, receipt: str) -> str:
        """The shared conversation of a room in which the vendor knows this id; empty when none."""
        ...

    def offered(self, conversation: str, *, limit: int) -> tuple[Choice, ...]:
        """The choices of the newest `limit` messages there, cards too, newest first."""
        ...

    def last_choices(self, conversation: str) -> tuple[Choice, ...]:
        """The choices of the newest message of the conversation; none when it had none.

        None either when it is `unasked`: what it offers is picked by replying to that very message.
        """
        ...

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation, for one who knows that its worker is gone.

        All that waits there is due, also what was for later. The place that was held for it is
        free, which for a thread is its room; rests go on.
        """
        ...

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease, for one who knows that no worker is left; how many there were.

        Every place that was held is free; rests go on.
        """
        ...

    def bring_forward(self, *, now: datetime) -> int:
        """Lets what waits for a later moment be due now, for a clock that went back; how many.

        Broadcasts stay: they are spread over a while.
        """
        ...

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        ...

    def due_next(self, *, now: datetime, channels: Sequence[str]) -> datetime | None:
        """When the next message may be due: a lease, a hold or a rest ends, or its time comes."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many messages are in each state."""
        ...

    def receipt_of(self, card: str, conversation: str) -> str:
        """The vendor's id of a card that was sent there; empty when none was."""
        ...

    def carded(self, card: str, conversation: str) -> bool:
        """Whether such a card hangs there or waits to be sent; not one that was given up."""
        ...

    def given_up_at(self, card: str, conversation: str) -> datetime | None:
        """When the newest such card there was given up; None when it was not, or there is none."""
        ...

    def card_at(self, conversation: str, receipt: str) -> str:
        """The card that the vendor knows there by this id; empty when it is none."""
        ...

    def spoken_to(self, address: Address, conversation: str) -> bool:
        """Whether anything was ever said to the address in this shared conversation."""
        ...
