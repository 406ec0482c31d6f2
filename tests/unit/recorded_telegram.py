"""Updates of Telegram's as its Bot API sends them, and what messages in them come to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.messages import Address, Attachment, InboundMessage
from channels.telegram.events import read
from channels.telegram.heard import Advised, Heard, Ignored, Said, Why
from channels.telegram.own import Own

RECORDINGS = Path(__file__).parent.parent / "data" / "telegram"
NAMES = sorted(path.stem for path in RECORDINGS.glob("*.json"))
OWN = Own(
    id=7000000001,
    username="carrel_desk_bot",
    commands=frozenset({"help", "when_due"}),
    elsewhere="on Slack",
)
NOW = datetime(2026, 2, 25, 7, 0, tzinfo=UTC)
ADA, CARL = 501000001, 501000002
GROUP, FORUM, SMALL = -1001234500001, -1001234500002, -440011


def recorded(name: str) -> Any:
    """The update in a file."""
    return json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))


def heard(name: str) -> Heard:
    """What the recorded update means."""
    return read(recorded(name), OWN, now=NOW)


def at(post: int) -> datetime:
    """When the message with this id was sent, in all recordings."""
    return datetime.fromtimestamp(1772000000 + post, UTC)


def person(user: int) -> Address:
    """Somebody at Telegram."""
    return Address(channel="telegram", value=str(user))


def alone(text: str, post: int, **more: Any) -> Said:
    """Ada's words in her private chat."""
    message = InboundMessage(
        id=f"{ADA}:{post}",
        sender=person(ADA),
        conversation=f"telegram:{ADA}",
        text=text,
        sent_at=at(post),
        **more,
    )
    return Said(message=message)


def in_room(
    text: str,
    post: int,
    *,
    chat: int = GROUP,
    topic: str = "",
    user: int = ADA,
    reply: str = "",
    **more: Any,
) -> Said:
    """Words said to Carrel where others read along; by name, unless they are not `apart`."""
    room = f"telegram:{chat}{topic}"
    message = InboundMessage(
        id=f"{chat}:{post}",
        sender=person(user),
        conversation=f"{room}/{reply or post}",
        text=text,
        sent_at=at(post),
        shared=True,
        thread=str(post),
        answers=reply,
        **{"apart": True} | more,
    )
    return Said(message=message, room=room, reply_to=reply)


def sent(name: str, size: int, file: str, post: int, *, text: str = "", **more: Any) -> Said:
    """A file of Ada's that waits at Telegram."""
    return alone(text, post, attachments=(waiting(name, size, file),), **more)


def refused(name: str, size: int, why: str, post: int, *, text: str = "") -> Said:
    """A file of Ada's that is not taken."""
    return alone(text, post, attachments=(Attachment(name=name, size=size, refusal=why),))


def waiting(name: str, size: int, file: str) -> Attachment:
    """A file that waits at Telegram."""
    return Attachment(name=name, size=size, source=f"telegram:{file}")


def advised(what: str, post: int, *, chat: int = ADA) -> Advised:
    """Somebody sent what is neither words nor a file."""
    told = f"{what} is nothing I can work with. Say in words what you want, or send a file."
    return Advised(chat=chat, post=post, words=told)


def passed_over(why: Why, detail: str = "") -> Ignored:
    """An update with which nothing is done."""
    return Ignored(why=why, detail=detail)
