"""A message of Carrel -> an e-mail message; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.domain.filenames import printable
from bot.domain.messages import Block, Bullets, OutboundMessage, Paragraph, Reply
from bot.domain.text import plain_name
from channels.markup import plain_text

LONGEST_SUBJECT = 69  # characters; with its name it stays one line
SHORTEST_CLAUSE = 12  # characters; what is shorter tells nothing alone
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s\(")
_NO_ADDRESS = re.compile(r"[\s,:;<>()\[\]\\\"]")  # what would need quoting, which nobody's has
_MEDIA_TYPE = re.compile(r"(?!multipart/|message/)([a-z]+)/([a-z0-9][a-z0-9.+-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A picture or a file that goes along; `shown` is what a picture shows, in words."""

    name: str
    media_type: str
    data: bytes
    shown: str = ""


def email_of(
    message: OutboundMessage,
    enclosed: Sequence[Enclosed],
    *,
    sender: Address,
    at: datetime,
    missing: Sequence[str] = (),
) -> EmailMessage:
    """The message as an e-mail of plain text, with what is enclosed and remarks on what is not.

    The same message has the same Message-ID always, so a repeat is known for one. Nothing of what
    people say can become a header. Raises `ValueError` when `to` is no e-mail address.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = address_of(message.to.value)
    mail["Subject"] = subject_of(message.reply)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = _id(message.key, sender)
    mail["Auto-Submitted"] = "auto-replied" if _is_asked(message) else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # Exchange sends its absence notes all the same
    mail.set_content("\n\n".join((_body(message.reply), *missing)), cte="quoted-printable")
    for one in enclosed:
        _enclose(mail, one)
    return mail


def address_of(text: str) -> Address:
    """An e-mail address as a header takes it; `ValueError` when the text is none."""
    user, _, domain = text.partition("@")
    if (
        printable(text) != text
        or _NO_ADDRESS.search(text)
        or "@" in domain
        or not (user and domain)
    ):
        raise ValueError(f"{text!r} is no e-mail address")
    try:
        return Address(username=user, domain=domain.encode("idna").decode())
    except UnicodeError as error:
        raise ValueError(f"{text!r} is no e-mail address") from error


def sender_of(text: str) -> Address:
    """`Carrel <carrel@example.org>` as a header takes it; `ValueError` when there is no address."""
    name, _, rest = text.strip().rpartition("<")
    address = address_of(rest.removesuffix(">"))
    called = printable(name).strip(' "')
    return Address(display_name=called, username=address.username, domain=address.domain)


def subject_of(reply: Reply) -> str:
    """What the message is about: its first sentence, or of a long one the first clauses."""
    words = next((text for block in reply.blocks if (text := _first_words(block))), "")
    first = _SENTENCE_END.split(words, maxsplit=1)[0].rstrip(" .:;")
    if len(first) > LONGEST_SUBJECT:
        first = _shortened(first)
    while not _survives(first) and " " in first:
        first = first.rpartition(" ")[0]
    return first or "A message from Carrel"


def _shortened(sentence: str) -> str:
    """As many whole clauses as fit; of a first one that does not fit, as many words."""
    ends = [found.start() for found in _CLAUSE_END.finditer(sentence)]
    whole = [end for end in ends if SHORTEST_CLAUSE <= end <= LONGEST_SUBJECT]
    if whole:
        return sentence[: whole[-1]]
    cut = sentence[: LONGEST_SUBJECT - 2]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:") + "..."


def _survives(subject: str) -> bool:
    """Whether it is read as it was written; folding may put a blank before letters of no ASCII."""
    if subject.isascii():
        return True
    folded = SMTP.header_factory("Subject", subject).fold(policy=SMTP)
    _, _, unfolded = re.sub(r"\r\n(?=\s)", "", folded).partition(":")
    return str(SMTP.header_factory("Subject", unfolded.strip())) == subject


def _first_words(block: Block) -> str:
    match block:
        case Paragraph():
            return printable(block.text)
        case Bullets():
            return printable(" ".join(block.items[:1]))
        case _:
            return ""


def _body(reply: Reply) -> str:
    """The words; choices are told as what can be said, for nothing is read from here."""
    text = plain_text(replace(reply, choices=()))
    if not reply.choices:
        return text
    says = "\n".join(f"- {printable(choice.says)}" for choice in reply.choices)
    return f"{text}\n\nWhere you talk to me, you can say:\n\n{says}"


def _enclose(mail: EmailMessage, one: Enclosed) -> None:
    typed = _MEDIA_TYPE.fullmatch(one.media_type.lower())
    main, sub = typed.groups() if typed else ("application", "octet-stream")
    mail.add_attachment(
        one.data,
        maintype=main,
        subtype=sub,
        filename=plain_name(one.name),
        disposition="inline" if one.shown else "attachment",
    )
    if one.shown:
        *_, added = mail.iter_attachments()
        added["Content-Description"] = printable(one.shown)


def _id(key: str, sender: Address) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.domain}>"


def _is_asked(message: OutboundMessage) -> bool:
    """Whether it answers a message that came by mail: a reply's key begins with its channel."""
    return message.key.startswith(f"{message.to.channel}:")
