"""What was said, and what waits to be said, as the outbox knows it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Select, bindparam, literal_column, or_, select

from bot.domain.messages import Address, Choice, OutboundMessage
from storage.among import among
from storage.queues.queue import GIVEN_UP
from storage.tables import further_posts, outbox

# Spelled as the indexes spell them, or SQLite does not see that they will do.
OFFERS: ColumnElement[bool] = literal_column("offers")
_IS_CARD: ColumnElement[bool] = literal_column("card <> ''")
_IS_TOLD: ColumnElement[bool] = literal_column("told <> ''")
_IS_SENT: ColumnElement[bool] = literal_column("receipt <> ''")


ByPost = Callable[..., Select[Any]]  # asks for first posts, or for `further` ones


class Said:
    """The questions of `bot.ports.Outbox`. A message is known by any of its posts."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that are there."""
        return frozenset(self._connection.execute(_keyed(), {"keys": list(keys)}).scalars())

    def said_at(self, conversation: str, receipt: str) -> OutboundMessage | None:
        """The message that the vendor knows there by this id; None when it is none of Carrel's."""
        message = next(self._known(_message, talk=conversation, receipt=receipt), None)
        return self._adapter.validate_json(message) if message is not None else None

    def said_in(self, room: str, receipt: str) -> str:
        """The shared conversation of a room in which the vendor knows this id; empty when none."""
        found = self._known(_shared, channel=room.partition(":")[0], receipt=receipt)
        return next((one for one in found if one.startswith(f"{room}/")), "")

    def offered(self, conversation: str, *, limit: int) -> tuple[Choice, ...]:
        """The choices of the newest `limit` messages there, cards too, newest first."""
        newest = {"talk": conversation, "most": limit}
        found = [
            (row.id, row.message)
            for over in (False, True)
            for row in self._connection.execute(_newest(over=over), newest)
        ]
        messages = (message for _, message in sorted(found, reverse=True)[:limit])
        read = (self._adapter.validate_json(message) for message in messages)
        return tuple(choice for message in read for choice in message.reply.choices)

    def last_choices(self, conversation: str) -> tuple[Choice, ...]:
        """The choices of the newest message of the conversation, unless anybody caused that."""
        found = self._connection.execute(_offering(), {"talk": conversation}).scalar()
        message = self._adapter.validate_json(found) if found is not None else None
        return message.reply.choices if message and not message.unasked else ()

    def receipt_of(self, card: str, conversation: str) -> str:
        """The vendor's id of a card that was sent there; empty when none was."""
        there = {"card": card, "talk": conversation}
        return self._connection.execute(_receipt(), there).scalar() or ""

    def carded(self, card: str, conversation: str) -> bool:
        """Whether such a card hangs there or waits to be sent; not one that was given up."""
        there = {"card": card, "talk": conversation}
        return self._connection.execute(_put_there(), there).first() is not None

    def is_passed_over(self, message: OutboundMessage, *, row: int) -> bool:
        """Whether a card of the same name waits there to be sent after the one in that row."""
        there = {"card": message.card, "talk": message.conversation, "row": row}
        return self._connection.execute(_newer(), there).first() is not None

    def given_up_at(self, card: str, conversation: str) -> datetime | None:
        """When the newest such card there was given up; None when it was not, or there is none."""
        there = {"card": card, "talk": conversation}
        newest = self._connection.execute(_newest_card(), there).first()
        ended: datetime | None = newest.finished_at if newest else None
        return ended if newest and newest.state == GIVEN_UP else None

    def card_at(self, conversation: str, receipt: str) -> str:
        """The card that the vendor knows there by this id; empty when it is none."""
        return next(self._known(_card, talk=conversation, receipt=receipt), "")

    def spoken_to(self, address: Address, conversation: str) -> bool:
        """Whether anything was ever said to the address in this shared conversation."""
        there = {"channel": address.channel, "told": address.value, "talk": conversation}
        return self._connection.execute(_told(), there).first() is not None

    def _known(self, asked: ByPost, *, receipt: str, **there: str) -> Iterator[str]:
        """What is known by the id of a first post, then by that of another one."""
        named = {"receipt": receipt, **there}
        for further in (False, True) if receipt else ():
            yield from self._connection.execute(asked(further=further), named).scalars().all()


@cache
def _newer() -> Select[Any]:
    later = (outbox.c.finished_at.is_(None), outbox.c.id > bindparam("row"))
    return select(outbox.c.id).where(*_same_card(), *later).limit(1)


def _same_card() -> tuple[ColumnElement[bool], ...]:
    """What rows of `card` have in common in the conversation `talk`."""
    same = outbox.c.card == bindparam("card")
    return (same, outbox.c.conversation == bindparam("talk"), _IS_CARD)


def _by_post(*, further: bool) -> tuple[ColumnElement[bool], ...]:
    own: ColumnElement[str] = bindparam("receipt")
    if not further:
        return (outbox.c.receipt == own, _IS_SENT)
    found = select(further_posts.c.outbox_id).where(further_posts.c.receipt == own)
    return (outbox.c.id.in_(found),)


@cache  # building a statement takes longer than running it
def _keyed() -> Select[Any]:
    return select(outbox.c.key).where(among(outbox.c.key, "keys"))


@cache
def _message(*, further: bool) -> Select[Any]:
    own = (outbox.c.conversation == bindparam("talk"), *_by_post(further=further))
    return select(outbox.c.message).where(*own).order_by(outbox.c.id.desc()).limit(1)


@cache
def _card(*, further: bool) -> Select[Any]:
    own = (outbox.c.conversation == bindparam("talk"), *_by_post(further=further))
    cards = select(outbox.c.card).where(*own, _IS_CARD)
    return cards.order_by(outbox.c.id.desc()).limit(1)


@cache
def _shared(*, further: bool) -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), *_by_post(further=further))
    return select(outbox.c.conversation).where(*own, _IS_TOLD)


@cache
def _newest(*, over: bool) -> Select[Any]:
    """Those that are `over`, or those that are not: each has an index of its own."""
    ended = outbox.c.finished_at
    own = (outbox.c.conversation == bindparam("talk"), (ended.is_not if over else ended.is_)(None))
    newest = select(outbox.c.id, outbox.c.message).where(*own).order_by(outbox.c.id.desc())
    return newest.limit(bindparam("most"))


@cache
def _offering() -> Select[Any]:
    own = outbox.c.conversation == bindparam("talk")
    return select(outbox.c.message).where(own, OFFERS).order_by(outbox.c.id.desc()).limit(1)


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
def _told() -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), outbox.c.told == bindparam("told"))
    talk = outbox.c.conversation == bindparam("talk")
    return select(outbox.c.id).where(talk, *own, _IS_TOLD).limit(1)
