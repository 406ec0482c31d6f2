"""One transaction with every repository hanging off it."""

from __future__ import annotations

from functools import cache
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine

from bot.domain.messages import InboundMessage, OutboundMessage
from bot.ports import (
    Appeals,
    Asked,
    Conversations,
    CuratedAnswers,
    Erasure,
    EvidenceRequests,
    HandOvers,
    Inbox,
    Links,
    Outbox,
    People,
    Records,
    Roles,
    Routes,
    Shares,
    Statements,
    Submissions,
    Trail,
)
from storage.appeals import SqlAppeals
from storage.asked import SqlAsked
from storage.conversations import SqlConversations
from storage.curated import SqlCuratedAnswers
from storage.erasure import SqlErasure
from storage.evidence_requests import SqlEvidenceRequests
from storage.handovers import SqlHandOvers
from storage.inbox import SqlInbox
from storage.links import SqlLinks
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.records import SqlRecords
from storage.roles import SqlRoles
from storage.routes import SqlRoutes
from storage.shares import SqlShares
from storage.statements import SqlStatements
from storage.submissions import SqlSubmissions
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
    roles: Roles
    routes: Routes
    submissions: Submissions
    requests: EvidenceRequests
    appeals: Appeals
    statements: Statements
    shares: Shares
    handovers: HandOvers
    curated: CuratedAnswers
    asked: Asked
    erasure: Erasure

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("This unit of work is entered already: make one for each thread.")
        self._connection = connection = self._engine.connect()
        self.inbox = SqlInbox(connection, _inbound())
        self.outbox = SqlOutbox(connection, _outbound())
        self.people = SqlPeople(connection)
        self.records = SqlRecords(connection)
        self.conversations = SqlConversations(connection)
        self.links = SqlLinks(connection)
        self.trail = SqlTrail(connection)
        self.roles = SqlRoles(connection)
        self.routes = SqlRoutes(connection)
        self.submissions = SqlSubmissions(connection)
        self.requests = SqlEvidenceRequests(connection)
        self.appeals = SqlAppeals(connection)
        self.statements = SqlStatements(connection)
        self.shares = SqlShares(connection)
        self.handovers = SqlHandOvers(connection)
        self.curated = SqlCuratedAnswers(connection)
        self.asked = SqlAsked(connection)
        self.erasure = SqlErasure(connection)
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


@cache  # making one takes milliseconds, and a message opens several units of work
def _inbound() -> TypeAdapter[InboundMessage]:
    return TypeAdapter(InboundMessage)


@cache
def _outbound() -> TypeAdapter[OutboundMessage]:
    return TypeAdapter(OutboundMessage)
