"""A saved e-mail: its headers, its text, and the names of what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser

from storage.reading import markup, names
from storage.reading.passage import Extract, pages
from storage.reading.source import Source

_SHOWN = ("Subject", "From", "To", "Date")
# What the standard library raises on headers and bodies that break the rules.
_BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError)


def read(source: Source) -> Extract:
    """The letter, and letters forwarded inside it, as one page."""
    letter = BytesParser(policy=policy.default).parsebytes(source.data)
    parts = [_letter(each) for each in _letters(letter)]
    attached = [f"Attachment: {name}" for name in _attached(letter)]
    return Extract(
        pages=pages("\n\n".join((*parts, "\n".join(attached)))), title=_header(letter, "Subject")
    )


def _letters(message: Message) -> Iterator[Message]:
    yield message
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                yield inner


def _letter(message: Message) -> str:
    headers = [f"{name}: {value}" for name in _SHOWN if (value := _header(message, name))]
    return "\n".join((*headers, "", _body(message)))


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except _BROKEN:
        raw = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
        return " ".join(next(raw, "").split())


def _body(message: Message) -> str:
    try:
        part = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    except _BROKEN:
        part = None
    if part is None:
        return ""
    text = _content(part)
    return markup.visible(text)[1] if part.get_content_type() == "text/html" else text


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    given = payload if isinstance(payload, bytes) else b""
    try:
        return given.decode(part.get_content_charset("utf-8"), "replace")
    except _BROKEN:
        return given.decode("utf-8", "replace")


def _attached(message: Message) -> Iterator[str]:
    for part in message.walk():
        try:
            name = part.get_filename()
        except _BROKEN:
            name = "a name that cannot be read"
        if name:
            yield names.safe(name)
