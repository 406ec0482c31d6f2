"""Mails in the outbox, by the Message-IDs under which they were sent."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Select, bindparam, literal_column, or_, select

from bot.domain.messages import Address, OutboundMessage
from storage.columns import Instant
from storage.tables import outbox

_SHORTEST_ID = 20  # letters of a Message-ID that nobody can foresee
_ID = re.compile(rf"[0-9a-f]{{{_SHORTEST_ID},40}}")
_BEYOND = "g"  # behind every letter of such an id
_IS_CARD: ColumnElement[bool] = literal_column("card <> ''")  # spelled as its index spells it
_IS_SENT: ColumnElement[bool] = literal_column("receipt <> ''")


class SqlSentMails:
    """The outbox once more; see `bot.ports.SentMails` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter

    def card(self, channel: str, receipt: str) -> OutboundMessage | None:
        """The card that was sent to any room of the channel under this Message-ID."""
        if not receipt:
            return None
        named = {"channel": channel, "receipt": receipt}
        found = self._connection.execute(_card(), named).scalar()
        return self._adapter.validate_json(found) if found is not None else None

    def receipt(self, address: Address, begun: str) -> str:
        """The Message-ID that is this, or begins with these 20 letters or more, of what went there.

        Empty when no such message went to the address.
        """
        begun = begun.strip().strip("<>").lower()
        if len(begun.partition("@")[0]) < _SHORTEST_ID:
            return ""
        same = outbox.c.receipt.istartswith(begun, autoescape=True)
        bare = outbox.c.receipt.istartswith(f"<{begun}", autoescape=True)
        there = outbox.c.conversation.in_({str(address), str(_small(address))})
        own = select(outbox.c.receipt).where(there, outbox.c.receipt != "", same | bare).limit(1)
        return self._connection.execute(own).scalar() or ""

    def lately(self, address: Address, start: str, *, since: datetime) -> str:
        """The whole Message-ID of the mail that was sent there since then, and begins so."""
        if not _ID.fullmatch(start):
            return ""
        there = {"channel": address.channel, "talk": str(address), "small": str(_small(address))}
        bounds = {"least": f"<{start}", "beyond": f"<{start}{_BEYOND}", "since": since}
        return self._connection.execute(_lately(), {**there, **bounds}).scalar() or ""

    def receiver(self, channel: str, receipt: str) -> Address | None:
        """To whom the message of that Message-ID, or of its first 20 letters, went."""
        begun = receipt.strip().strip("<>").lower().partition("@")[0]
        if not _ID.fullmatch(begun):
            return None
        bounds = {"channel": channel, "least": f"<{begun}", "beyond": f"<{begun}{_BEYOND}"}
        found = self._connection.execute(_between(), bounds).scalar()
        return self._adapter.validate_json(found).to if found is not None else None


@cache  # building a statement takes longer than running it
def _card() -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), outbox.c.receipt == bindparam("receipt"))
    return select(outbox.c.message).where(*own, _IS_CARD).order_by(outbox.c.id.desc()).limit(1)


@cache
def _between() -> Select[Any]:
    begins = (outbox.c.receipt >= bindparam("least"), outbox.c.receipt < bindparam("beyond"))
    there = outbox.c.channel == bindparam("channel")
    return select(outbox.c.message).where(there, *begins, _IS_SENT).limit(1)


@cache
def _lately() -> Select[Any]:
    begins = (outbox.c.receipt >= bindparam("least"), outbox.c.receipt < bindparam("beyond"))
    ways = (outbox.c.conversation == bindparam(name) for name in ("talk", "small"))
    there = (outbox.c.channel == bindparam("channel"), or_(*ways))
    alone = (outbox.c.card == "", outbox.c.finished_at > bindparam("since", type_=Instant()))
    return select(outbox.c.receipt).where(*there, *begins, *alone, _IS_SENT).limit(1)


def _small(address: Address) -> Address:
    return Address(channel=address.channel, value=address.value.lower())
