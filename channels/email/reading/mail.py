"""Any bytes -> a mail, or a named refusal, in bounded time and memory."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from channels.email.mail import Enclosed, Mail
from channels.email.reading.addresses import addresses, message_ids, one_address
from channels.email.reading.allowance import Allowance
from channels.email.reading.bodies import alternatives, joined, passages
from channels.email.reading.encoded_words import shown
from channels.email.reading.held import Held, held_of
from channels.email.reading.names import mail_name
from channels.email.reading.parts import Part, stated_type, tree_of
from channels.email.reading.refusal import MailReason, MailRefused
from channels.email.reading.source import opened
from channels.email.reading.wanted import beyond, files_in

MOST_FILES = 200
_MOST_IDS = 50
_TO = (
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "resent-to",
)
_SHOWS = re.compile(r"""cid:([^"'\s<>)]{1,300})""", re.IGNORECASE)
_BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read(raw: bytes) -> Mail:
    """The mail; raises `MailRefused` and nothing else, whatever the bytes are."""
    try:
        source = opened(raw)
        allowance = Allowance()
        mail = _mail(tree_of(source, allowance), allowance)
    except _BROKEN as error:  # none is known; an unread mail must not stop those behind it
        raise MailRefused(MailReason.BROKEN) from error
    faults = mail.faults if source.strip() else ("empty",)
    return replace(mail, enclosed=tuple(beyond(list(mail.enclosed), MOST_FILES)), faults=faults)


def _mail(root: Part, allowance: Allowance) -> Mail:
    fields = root.head.fields
    found = passages(root)
    written = frozenset(p for one in found for p in (*one.plain, *one.html))
    forms = written | (alternatives(root) - _files_among(root))
    held = [held_of(part, allowance, is_written=part.place in forms) for part in root.leaves()]
    text, html = joined(found, {one.leaf.place: one.leaf.text for one in held})
    if not (text or html):
        text = next((one.words for one in held if one.words), "")
    inner = {
        part.place: _mail(part.parts[0], allowance) for part in root.leaves() if part.is_message
    }
    sender, name = one_address(tuple(map(allowance.addresses, _all(fields, "from"))))
    ids = message_ids(root.head.get("message-id"))
    return Mail(
        headers=fields,
        message_id=ids[0] if ids else "",
        replies_to=_replies_to(fields),
        sender=sender,
        sender_name=name,
        recipients=addresses(
            tuple(allowance.addresses(value) for key, value in fields if key in _TO)
        ),
        subject=shown(root.head.get("subject")),
        sent_at=_instant(root.head.get("date")),
        media_type=stated_type(root.head) or root.media_type,
        text=text,
        html=html,
        enclosed=tuple(_enclosed(root, held, inner, html=html)),
        leaves=tuple(one.leaf for one in held),
        forwarded=tuple(inner.values()),
        faults=_faults(root),
    )


def _files_among(root: Part) -> frozenset[str]:
    """Forms of the words that are files all the same, such as a PDF beside the text."""
    return frozenset(
        part.place
        for part in root.leaves()
        if part.media_type.startswith(("image/", "application/pdf", "application/vnd."))
    )


def _enclosed(root: Part, held: list[Held], inner: dict[str, Mail], *, html: str) -> list[Enclosed]:
    """The files of the mail and of those inside it; a report on a delivery brings none."""
    if root.media_type == "multipart/report":
        return []
    placed = frozenset(unquote(found).lower() for found in _SHOWS.findall(html))
    sealed = root.media_type == "multipart/encrypted"
    files: list[Enclosed] = []
    for one in held:
        if forwarded := inner.get(one.leaf.place):
            files += forwarded.enclosed or (_itself(one, forwarded),)
        else:
            files += files_in(one, placed=placed, sealed=sealed)
    return files


def _itself(held: Held, mail: Mail) -> Enclosed:
    """A forwarded mail without files is a file of its own."""
    return Enclosed(
        place=held.leaf.place,
        name=mail_name(mail.subject),
        media_type="message/rfc822",
        size=held.leaf.size,
        refusal="" if held.leaf.size else "It is empty: attach the mail again.",
    )


def _replies_to(fields: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The nearest first: In-Reply-To, then References from its end."""
    answered = [one for value in _all(fields, "in-reply-to") for one in message_ids(value)]
    chain = [one for value in _all(fields, "references") for one in message_ids(value)]
    return tuple(dict.fromkeys([*answered[:_MOST_IDS], *reversed(chain)]))[:_MOST_IDS]


def _instant(value: str) -> datetime | None:
    """When it was sent, in UTC; None when the header tells none that a calendar has."""
    try:
        at = parsedate_to_datetime(value[:200])
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


def _faults(root: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fault for part in root.everything() for fault in part.faults))


def _all(fields: tuple[tuple[str, str], ...], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)
