"""A mail that was read -> what its sender said; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Address, Attachment, Envelope, InboundMessage
from channels.email.intake.subject import bare_subject
from channels.email.kinds.judge import Own
from channels.email.mail import Mail

NAME = "email"
LONGEST_CHAIN = 20  # Message-IDs of a conversation that are kept
LONGEST_TAG = 100  # characters
ALIAS = "submit"  # a name that is Carrel's whatever its own is
_ID = re.compile(r"[^\s<>\x00-\x1f\x7f]{1,500}")
_RETURN_TAG = re.compile(r"b-[0-9a-f]{20}")
_BODY = re.compile(rb"\r?\n\r?\n")
_NAMING = ("from", "message-id", "date", "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How a mail came: its bytes, their SHA-256 (hex), and when our server got it (aware UTC)."""

    raw: bytes
    sha256: str
    received: datetime


def said(mail: Mail, came: Came, *, own: Own, words: str, proved: bool) -> InboundMessage:
    """The message: `words` are the sender's own, and `proved` that it surely is the sender.

    When it was sent is when our server got it: what a mail says of that itself can be any day.
    """
    subject, had = bare_subject(mail.subject)
    attachments = tuple(_attachments(mail, came.sha256))
    sender = Address(channel=NAME, value=mail.sender)
    return InboundMessage(
        id=identity(mail, came.raw),
        sender=sender,
        conversation=str(sender),
        text=words if words.strip() or attachments else subject,
        sent_at=came.received,
        attachments=attachments,
        thread=" ".join(_chain(mail)),
        answers=_answers(mail, own),
        envelope=Envelope(
            sha256=came.sha256,
            proved=proved,
            tag=_tag(mail, own),
            subject=subject,
            reply=had or bool(mail.replies_to),
        ),
    )


def too_large(mail: Mail, came: Came, *, own: Own, size: int, refusal: str) -> InboundMessage:
    """The same for a mail of which only the header was looked at; what it held is refused."""
    message = said(mail, came, own=own, words="", proved=False)
    name = message.envelope.subject if message.envelope else ""
    refused = Attachment(name=name or "your mail", size=size, refusal=refusal)
    return InboundMessage(
        id=message.id,
        sender=message.sender,
        conversation=message.conversation,
        text="",
        sent_at=message.sent_at,
        attachments=(refused,),
        thread=message.thread,
        answers=message.answers,
        envelope=message.envelope,
    )


def identity(mail: Mail, raw: bytes) -> str:
    """The same for the same mail, whichever way it came: trace headers do not count.

    Nobody can make another mail of the same identity, by which it would pass for one that is known.
    """
    digest = hashlib.sha256()
    for name in _NAMING:
        value = " ".join(mail.header(name).split()).encode("utf-8", "surrogateescape")
        digest.update(b"%d:%s\n" % (len(value), value))
    found = _BODY.search(raw)
    digest.update(memoryview(raw)[found.end() :] if found else b"")
    return digest.hexdigest()


def sha256_of(raw: bytes) -> str:
    """The name under which the file store keeps a mail."""
    return hashlib.sha256(raw).hexdigest()


def source(sha256: str, place: str) -> str:
    """Where the bytes of an enclosed file wait: in the mail of that name, at that place."""
    return f"{NAME}:{sha256}/{place}"


def _attachments(mail: Mail, sha256: str) -> Iterator[Attachment]:
    for one in mail.enclosed:
        yield Attachment(
            name=one.name,
            size=one.size,
            refusal=one.refusal,
            source="" if one.refusal else source(sha256, one.place),
        )


def _chain(mail: Mail) -> tuple[str, ...]:
    """The oldest first; of a longer one its first and its last."""
    ids = [id for id in (*reversed(mail.replies_to), mail.message_id) if _ID.fullmatch(id)]
    if len(ids) > LONGEST_CHAIN:
        ids = [ids[0], *ids[-LONGEST_CHAIN + 1 :]]
    return tuple(f"<{id}>" for id in ids)


def _answers(mail: Mail, own: Own) -> str:
    shape = own.shape()
    return next((f"<{id}>" for id in mail.replies_to if shape.fullmatch(id)), "")


def _tag(mail: Mail, own: Own) -> str:
    """What stands behind the `+` of the first address of ours that has one."""
    domain = own.address.rpartition("@")[2].lower()
    for address in mail.recipients:
        local, _, host = address.rpartition("@")
        name, _, tag = local.partition("+")
        ours = own.has(address) or (name, host) == (ALIAS, domain)
        if ours and tag and not _RETURN_TAG.fullmatch(tag):
            return tag[:LONGEST_TAG]
    return ""
