"""One message below another, as the terminal, Slack, Telegram and a mail program show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import EmailMessage

from lxml import html

from bot.domain.messages import Address, OutboundMessage
from channels.markup import plain_text
from channels.slack.render import posts as slack_posts
from channels.telegram.render import posts as telegram_posts
from storage.files import FolderFileStore
from tests.mailing import composer, mailed, twin
from tests.slack.doing import labels
from tests.slack.reading import read
from tests.told.seen import Seen

WIDTH = 92  # of a terminal
_MAIL = Address(channel="email", value="somebody@example.org")
_CODE = re.compile(r"(?<=R-)[A-Z2-9]{4}-[A-Z2-9]{4}")
_STANDING = "p", "li", "blockquote", "h1", "h2", "td"


def on_all(kind: str, told: Iterable[Seen], files: FolderFileStore) -> str:
    """A recording of them; codes that are made at random are written as `CODE-1`, `CODE-2`."""
    parts = (f"{_head(one)}\n\n{_shown(one.message, files)}" for one in told)
    text = "\n\n\n".join([f"# {kind}", *parts]) + "\n"
    names: dict[str, str] = {}
    return _CODE.sub(lambda code: names.setdefault(code[0], f"CODE-{len(names) + 1}"), text)


def _head(one: Seen) -> str:
    when = f"{one.local:%A}, {one.local.day} {one.local:%B %Y at %H:%M} ({one.zone})"
    return f"{'=' * WIDTH}\n{one.title}\n{when}\n{'=' * WIDTH}"


def _shown(message: OutboundMessage, files: FolderFileStore) -> str:
    mail = mail_of(message, files)
    shown = {
        "In plain text": plain_text(message.reply, width=WIDTH),
        "On Slack": "\n\n".join(_on_slack(message)),
        "On Telegram": "\n\n".join(_on_telegram(message)),
        "By mail": f"Subject: {mail['Subject']}\n\n{twin(mail).strip()}",
        "The page of that mail": "\n".join(page_of(mail)),
    }
    return "\n\n".join(f"--- {name}\n\n{text}" for name, text in shown.items())


def mail_of(message: OutboundMessage, files: FolderFileStore) -> EmailMessage:
    """What is mailed of it."""
    to = replace(message, to=_MAIL, conversation=str(_MAIL), replaces="")
    return mailed(composer(files).composed(to))


def page_of(mail: EmailMessage) -> Iterator[str]:
    """What stands on the page, from top to bottom; what can be pressed is in brackets."""
    page = html.fromstring(twin(mail, "html"))
    for link in page.iter("a"):
        link.text = f"[{(link.text or '').strip()}"
        link.tail = f"]{link.tail or ''}"
    for element in page.iter(*_STANDING):
        if not any(child.tag in _STANDING for child in element):
            yield f"{'- ' if element.tag == 'li' else ''}{' '.join(element.text_content().split())}"
    for picture in page.iter("img"):
        yield f"(picture: {picture.get('alt')})"


def _on_slack(message: OutboundMessage) -> Iterator[str]:
    for post in slack_posts(message):
        blocks = list(post.blocks)
        told = [block for block in blocks if block["type"] != "actions"]
        yield read({"blocks": told})
        if pressed := labels(blocks):
            yield " ".join(f"[{label}]" for label in pressed)


def _on_telegram(message: OutboundMessage) -> Iterator[str]:
    for post in telegram_posts(message, "carrel_bot"):
        yield post.html
        if post.keyboard:
            yield "\n".join(
                " ".join(f"[{button.label}]" for button in row) for row in post.keyboard
            )
