"""What a mail consists of, once it is known what goes along: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Bullets, Choice, Paragraph, Quotation
from channels.email.sending.addresses import MailAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn chart; `alt` tells in words all that it shows."""

    alt: str
    cid: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that goes along."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A file that can be had elsewhere until then (aware UTC); `size` is in bytes."""

    name: str
    size: int
    url: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why a file does not go along, in a sentence."""

    text: str


Piece = Paragraph | Bullets | Quotation | Picture | File | Link | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Declining:
    """How notices of one `kind` are declined: `url` by the web, `address` by mail; each if any."""

    kind: str
    url: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail before it is written down.

    `id` is its Message-ID, `above` are those it stands below, the oldest first. `answers` tells
    that somebody asked by mail. `replies_to` is read by us; None when nothing is.
    """

    sender: MailAddress
    to: MailAddress
    replies_to: MailAddress | None
    id: str
    above: tuple[str, ...]
    at: datetime
    subject: str
    answers: bool
    pieces: tuple[Piece, ...]
    choices: tuple[Choice, ...] = ()
    declining: Declining | None = None
