"""The seams between Carrel's rules and the world; each contract is in the docstring.

Everything here is synchronous but `Channel`. All instants are aware UTC.
"""

from __future__ import annotations

from bot.ports.broadcasting import Broadcasts
from bot.ports.channel import Channel, Deliver, Fetcher, Limits, Turns
from bot.ports.helping import Asked, CuratedAnswers, Erasure, HandOvers, Roles, Shares
from bot.ports.inbox import Inbox
from bot.ports.keeping import Conversations, HandOver, Links, People, Records, Trail, TrailEntry
from bot.ports.listing import Listed, ListedMessages, Standing, Wanted
from bot.ports.looking import Looks
from bot.ports.mailing import (
    Answers,
    Bounces,
    Held,
    HeldMails,
    Mailboxes,
    MailboxPlace,
    PrivateTokens,
    SentMails,
    WantedKinds,
)
from bot.ports.noticing import (
    Feed,
    Feeds,
    GatheredNews,
    KeptWishes,
    Notices,
    Reminders,
    Situations,
)
from bot.ports.queues import Claimed, Outbox
from bot.ports.reaching import Announcements, Change, ChannelStates, Drafts
from bot.ports.reviewing import Appeals, EvidenceRequests, Routes, Statements, Submissions
from bot.ports.transaction import UnitOfWork
from bot.ports.window import Window
from bot.ports.world import (
    CalendarPress,
    Clock,
    DossierPress,
    Encoder,
    FileStore,
    LetterPress,
    Signer,
    TextReader,
    Unpacker,
    Vectors,
)

__all__ = [
    "Announcements",
    "Answers",
    "Appeals",
    "Asked",
    "Bounces",
    "Broadcasts",
    "CalendarPress",
    "Change",
    "Channel",
    "ChannelStates",
    "Claimed",
    "Clock",
    "Conversations",
    "CuratedAnswers",
    "Deliver",
    "DossierPress",
    "Drafts",
    "Encoder",
    "Erasure",
    "EvidenceRequests",
    "Feed",
    "Feeds",
    "Fetcher",
    "FileStore",
    "GatheredNews",
    "HandOver",
    "HandOvers",
    "Held",
    "HeldMails",
    "Inbox",
    "KeptWishes",
    "LetterPress",
    "Limits",
    "Links",
    "Listed",
    "ListedMessages",
    "Looks",
    "MailboxPlace",
    "Mailboxes",
    "Notices",
    "Outbox",
    "People",
    "PrivateTokens",
    "Records",
    "Reminders",
    "Roles",
    "Routes",
    "SentMails",
    "Shares",
    "Signer",
    "Situations",
    "Standing",
    "Statements",
    "Submissions",
    "TextReader",
    "Trail",
    "TrailEntry",
    "Turns",
    "UnitOfWork",
    "Unpacker",
    "Vectors",
    "Wanted",
    "WantedKinds",
    "Window",
]
