"""What a person reads in a mail of Carrel's, and where its buttons lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from html import unescape
from urllib.parse import unquote

from channels.email.sending.words import REPLY
from tests.mailing import twin

REPLY_BY_NUMBER = "Reply with a number."
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_BUTTON = re.compile(r'<a href="mailto:([^"?]+)\?([^"]*)"[^>]*>([^<]*)</a>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A link by which a mail is begun that has the words in it already."""

    label: str
    to: str
    subject: str
    says: str


def read(mail: EmailMessage) -> str:
    """The words of the plain text, whatever program shows it; how to choose as others tell it."""
    return _QUOTED.sub("", twin(mail)).strip().replace(REPLY, REPLY_BY_NUMBER)


def buttons(mail: EmailMessage) -> list[Button]:
    """What can be pressed in the HTML, in reading order."""
    found = (match.groups() for match in _BUTTON.finditer(twin(mail, "html")))
    return [_button(unescape(label), unquote(to), unescape(query)) for to, query, label in found]


def numbered(mail: EmailMessage, words: str) -> int:
    """The number beside the button that says these words; 0 where none does."""
    says = [one.says for one in buttons(mail)]
    return says.index(words) + 1 if words in says else 0


def _button(label: str, to: str, query: str) -> Button:
    given = dict(part.partition("=")[::2] for part in query.split("&"))
    return Button(
        label=label,
        to=to,
        subject=unquote(given.get("subject", "")),
        says=unquote(given.get("body", "")),
    )
