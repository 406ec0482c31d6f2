"""A mail that was read -> what its sender said; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.copies import stripped_id
from bot.domain.messages import Address, Attachment, Envelope, InboundMessage
from bot.domain.proving import reply_tag, start_of
from channels.email.intake.subject import bare_subject, is_forwarded
from channels.email.mail import Mail
from channels.email.own_ids import REPLIED, Own, is_of_a_mail, tag_of
from channels.email.proof.canonical import body_digest
from channels.email.proof.proof import Proof

NAME = "email"
LONGEST_CHAIN = 20  # Message-IDs of a conversation that are kept
LONGEST_TAG = 100  # characters
_ID = re.compile(r"[^\s<>\x00-\x1f\x7f]{1,500}")
_BODY = re.compile(rb"\r?\n\r?\n")
_NAMING = ("from", "message-id", "date", "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How a mail came: its bytes, their SHA-256 (hex), and when our server got it (aware UTC)."""

    raw: bytes
    sha256: str
    received: datetime


def said(mail: Mail, came: Came, *, own: Own, words: str, proof: Proof) -> InboundMessage:
    """The message: `words` are the sender's own, and `proof` tells whether it surely is the sender.

    What a proved mail replies to is told only where that is the sender's word too. One that is not
    proved is nobody's: what it replies to is as good as the rest of it.
    When it was sent is when our server got it: what a mail says of that itself can be any day.
    """
    subject, had = bare_subject(mail.subject)
    follows = had or bool(mail.replies_to)  # its subject is somebody else's words, or older ones
    attachments = tuple(_attachments(mail, came.sha256))
    tag = _tag(proof.to if proof.ok else mail.recipients, own)
    answers = _answers(mail, own)
    if proof.ok and not proof.replies and not _is_meant(answers, tag):
        mail, answers = replace(mail, replies_to=()), ""
    sender = Address(channel=NAME, value=mail.sender)
    return InboundMessage(
        id=identity(mail, came.raw, proved=proof.ok),
        sender=sender,
        conversation=str(sender),
        text=words if words.strip() or attachments or follows else subject,
        sent_at=came.received,
        attachments=attachments,
        thread=" ".join(_chain(mail)),
        answers=answers,
        envelope=Envelope(
            sha256=came.sha256,
            proved=proof.ok,
            disowned=proof.disowned,
            tag=tag,
            subject=subject,
            reply=follows,
            forward=is_forwarded(mail.subject),
        ),
    )


def refused(message: InboundMessage, *, size: int, refusal: str) -> InboundMessage:
    """The same for a mail of which only the header was looked at; what it held is refused."""
    name = message.envelope.subject if message.envelope else ""
    attachment = Attachment(name=name or "your mail", size=size, refusal=refusal)
    return replace(message, text="", attachments=(attachment,))


def identity(mail: Mail, raw: bytes, *, proved: bool) -> str:
    """The same for the same mail, whichever way it came: trace headers do not count.

    Nobody can make another mail of the same identity, by which it would pass for one that is known.
    What is proved is never the same as what is not: a forged copy that comes first, with what tells
    how to read it altered, would stand in for the mail itself.
    Nor does a mail get another identity by what a signature lets pass: the blanks at ends of lines.
    """
    digest = hashlib.sha256(b"proved\n")
    for name in _NAMING:
        value = " ".join(mail.header(name).split()).encode("utf-8", "surrogateescape")
        digest.update(b"%d:%s\n" % (len(value), value))
    found = _BODY.search(raw)
    digest.update(body_digest(raw, found.end() if found else len(raw), "relaxed"))
    return digest.hexdigest() if proved else stripped_id(digest.hexdigest())


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
    """What it replies to itself, if that is ours: what stands above that was answered by others."""
    nearest = mail.replies_to[0] if mail.replies_to else ""
    return f"<{nearest}>" if own.shape().fullmatch(nearest) else ""


def _is_meant(answers: str, tag: str) -> bool:
    """Whether the address itself, to which it surely went, tells what it replies to."""
    start = start_of(tag)
    return bool(start) and answers.removeprefix("<").lower().startswith(start)


def _tag(recipients: tuple[str, ...], own: Own) -> str:
    """What stands behind the `+` of the first address of ours that has one.

    Of a mail's own address only what tells of the mail, and nothing unless we made it.
    """
    for address in recipients:
        tag = tag_of(address) if own.has(address) else ""
        if start := own.start_in(REPLIED, tag):
            return reply_tag(start)
        if tag and not is_of_a_mail(tag):
            return tag[:LONGEST_TAG]
    return ""
