"""The seams between Carrel's rules and the world; each contract is in the docstring.

Everything here is synchronous but `Channel`. All instants are aware UTC.
"""

from __future__ import annotations

from bot.ports.channel import Channel, Deliver
from bot.ports.keeping import Conversations, HandOver, Links, People, Records, Trail, TrailEntry
from bot.ports.queues import Claimed, Inbox, Outbox
from bot.ports.transaction import UnitOfWork
from bot.ports.world import Clock, Encoder, FileStore, Signer, TextReader, Unpacker, Vectors

__all__ = [
    "Channel",
    "Claimed",
    "Clock",
    "Conversations",
    "Deliver",
    "Encoder",
    "FileStore",
    "HandOver",
    "Inbox",
    "Links",
    "Outbox",
    "People",
    "Records",
    "Signer",
    "TextReader",
    "Trail",
    "TrailEntry",
    "UnitOfWork",
    "Unpacker",
    "Vectors",
]
