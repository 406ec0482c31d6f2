"""One transaction with every repository hanging off it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine

from bot.domain.messages import InboundMessage, OutboundMessage
from bot.ports import Conversations, Inbox, Links, Outbox, People, Records, Trail
from storage.conversations import SqlConversations
from storage.inbox import SqlInbox
from storage.links import SqlLinks
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.records import SqlRecords
from storage.trail import SqlTrail


class SqlUnitOfWork:
    """A transaction of the database; see `bot.ports.UnitOfWork` for the contract.

    On SQLite the block holds the write lock from its first statement on: do slow work outside.
    """

    inbox: Inbox
    outbox: Outbox
    people: People
    records: Records
    conversations: Conversations
    links: Links
    trail: Trail

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._inbound = TypeAdapter(InboundMessage)
        self._outbound = TypeAdapter(OutboundMessage)

    def __enter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("This unit of work is entered already: make one for each thread.")
        self._connection = connection = self._engine.connect()
        self.inbox = SqlInbox(connection, self._inbound)
        self.outbox = SqlOutbox(connection, self._outbound)
        self.people = SqlPeople(connection)
        self.records = SqlRecords(connection)
        self.conversations = SqlConversations(connection)
        self.links = SqlLinks(connection)
        self.trail = SqlTrail(connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._entered().close()
        self._connection = None

    def commit(self) -> None:
        """Makes everything since the block was entered durable."""
        self._entered().commit()

    def _entered(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("This unit of work was not entered: use it in a with block.")
        return self._connection
