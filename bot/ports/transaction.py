"""One transaction over everything that is kept."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from bot.ports.broadcasting import Broadcasts
from bot.ports.helping import Asked, CuratedAnswers, Erasure, HandOvers, Roles, Shares
from bot.ports.inbox import Inbox
from bot.ports.keeping import Conversations, Links, People, Records, Trail
from bot.ports.listing import ListedMessages
from bot.ports.looking import Looks
from bot.ports.mailing import (
    Answers,
    Bounces,
    HeldMails,
    Mailboxes,
    PrivateTokens,
    SentMails,
    WantedKinds,
)
from bot.ports.noticing import (
    Feeds,
    GatheredNews,
    KeptWishes,
    Notices,
    Reminders,
    Situations,
)
from bot.ports.queues import Outbox
from bot.ports.reaching import Announcements, ChannelStates, Drafts
from bot.ports.reviewing import Appeals, EvidenceRequests, Routes, Statements, Submissions


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit()` rolls back.

    One thread at a time; a unit of work may be entered again after it was left.
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
    looks: Looks
    situations: Situations
    notices: Notices
    wishes: KeptWishes
    reminders: Reminders
    gathered: GatheredNews
    feeds: Feeds
    broadcasts: Broadcasts
    listed: ListedMessages

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Makes everything since the block was entered durable."""
        ...
