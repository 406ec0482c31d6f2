"""What is said where a message cannot be handled, or not yet."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.messages import InboundMessage, OutboundMessage, Reply
from bot.errors import Refused, Unfetched
from bot.phrases import talk
from bot.phrases.linking import known_name
from bot.phrases.times import in_words
from handlers.request import Request


def late(message: InboundMessage, later: Unfetched) -> OutboundMessage:
    """Tells the sender alone, once, that their file takes longer."""
    return OutboundMessage(
        key=f"{message.sender.channel}:{message.id}:late",
        to=message.sender,
        conversation=str(message.sender),
        thread="" if message.shared else message.thread,
        reply=talk.late(later.file, known_name(message.sender.channel)),
    )


def refusal(request: Request, *, refused: Refused) -> tuple[Reply, ...]:
    """What is refused, its times on the asker's clock; it waits for the words that are missing."""
    zone = request.person.zone if request.person else ZoneInfo("UTC")
    told = talk.plain(in_words(refused.said, zone))
    return (replace(told, heads=refused.heads, awaits=bool(refused.heads)),)
