"""One transaction with every repository hanging off it."""

from __future__ import annotations

from functools import cache
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError

from bot.domain.messages import InboundMessage, OutboundMessage
from bot.errors import StorageFailed
from bot.ports import (
    Announcements,
    Answers,
    Appeals,
    Asked,
    Bounces,
    Broadcasts,
    ChannelStates,
    Conversations,
    CuratedAnswers,
    Drafts,
    Erasure,
    EvidenceRequests,
    Feeds,
    GatheredNews,
    HandOvers,
    HeldMails,
    Inbox,
    KeptWishes,
    Links,
    ListedMessages,
    Looks,
    Mailboxes,
    Notices,
    Outbox,
    People,
    PrivateTokens,
    Records,
    Reminders,
    Roles,
    Routes,
    SentMails,
    Shares,
    Situations,
    Statements,
    Submissions,
    Trail,
    WantedKinds,
)
from storage.kept.appeals import SqlAppeals
from storage.kept.asked import SqlAsked
from storage.kept.conversations import SqlConversations
from storage.kept.curated import SqlCuratedAnswers
from storage.kept.erasure import SqlErasure
from storage.kept.evidence_requests import SqlEvidenceRequests
from storage.kept.handovers import SqlHandOvers
from storage.kept.held_mails import SqlHeldMails
from storage.kept.links import SqlLinks
from storage.kept.mailing import (
    SqlAnswers,
    SqlBounces,
    SqlMailboxes,
    SqlPrivateTokens,
    SqlWantedKinds,
)
from storage.kept.noticing.books import SqlNotices
from storage.kept.noticing.broadcasts import SqlBroadcasts
from storage.kept.noticing.feeds import SqlFeeds
from storage.kept.noticing.gathered import SqlGatheredNews
from storage.kept.noticing.looks import SqlLooks
from storage.kept.noticing.reminders import SqlReminders
from storage.kept.noticing.situations import SqlSituations
from storage.kept.noticing.wishes import SqlWishes
from storage.kept.people import SqlPeople
from storage.kept.reaching import SqlAnnouncements, SqlChannelStates, SqlDrafts
from storage.kept.records import SqlRecords
from storage.kept.roles import SqlRoles
from storage.kept.routes import SqlRoutes
from storage.kept.shares import SqlShares
from storage.kept.statements import SqlStatements
from storage.kept.submissions import SqlSubmissions
from storage.kept.trail import SqlTrail
from storage.queues.inbox import SqlInbox
from storage.queues.listed import SqlListedMessages
from storage.queues.outbox import SqlOutbox
from storage.queues.sent_mails import SqlSentMails


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
    drafts: Drafts
    channels: ChannelStates
    announcements: Announcements
    mailboxes: Mailboxes
    private_tokens: PrivateTokens
    held_mails: HeldMails
    bounces: Bounces
    answers: Answers
    wanted_kinds: WantedKinds
    sent_mails: SentMails
    listed: ListedMessages
    looks: Looks
    situations: Situations
    notices: Notices
    wishes: KeptWishes
    reminders: Reminders
    gathered: GatheredNews
    feeds: Feeds
    broadcasts: Broadcasts

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("This unit of work is entered already: make one for each thread.")
        self._connection = connection = _connected(self._engine)
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
        self.drafts = SqlDrafts(connection)
        self.channels = SqlChannelStates(connection)
        self.announcements = SqlAnnouncements(connection)
        self._enter_mail(connection)
        self._enter_notices(connection)
        return self

    def _enter_mail(self, connection: Connection) -> None:
        self.mailboxes = SqlMailboxes(connection)
        self.private_tokens = SqlPrivateTokens(connection)
        self.held_mails = SqlHeldMails(connection, _inbound())
        self.bounces = SqlBounces(connection)
        self.answers = SqlAnswers(connection)
        self.wanted_kinds = SqlWantedKinds(connection)
        self.sent_mails = SqlSentMails(connection, _outbound())
        self.listed = SqlListedMessages(connection, _outbound())

    def _enter_notices(self, connection: Connection) -> None:
        self.looks = SqlLooks(connection)
        self.situations = SqlSituations(connection)
        self.notices = SqlNotices(connection)
        self.wishes = SqlWishes(connection)
        self.reminders = SqlReminders(connection)
        self.gathered = SqlGatheredNews(connection)
        self.feeds = SqlFeeds(connection)
        self.broadcasts = SqlBroadcasts(connection)

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


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except TimeoutError as error:
        raise StorageFailed(
            "The database is busy: others worked on it for too long. Try again later."
        ) from error


@cache  # making one takes milliseconds, and a message opens several units of work
def _inbound() -> TypeAdapter[InboundMessage]:
    return TypeAdapter(InboundMessage)


@cache
def _outbound() -> TypeAdapter[OutboundMessage]:
    return TypeAdapter(OutboundMessage)
