"""People who reply to a message of Carrel's, where a channel knows what is replied to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.domain.messages import OutboundMessage
from channels.markup import plain_text
from tests.desk import House


def told(house: House, who: str, words: str) -> str:
    """The channel's own id of the newest message to somebody alone that holds these words."""
    places = (
        place
        for place, message in enumerate(house.channel.sent, start=1)
        if message.to.value == who
        and message.conversation == str(message.to)
        and words in plain_text(message.reply)
    )
    return f"m{max(places)}"


def answer(house: House, who: str, text: str, *paths: Path, to: str) -> list[OutboundMessage]:
    """What somebody is told who replies to the message of that id with words, or files."""
    attached = (house.attach(path) for path in paths)
    said = replace(house.message(who, text, *attached), answers=to)
    return [message for message in house.deliver(said) if message.to.value == who]


def replied(house: House, who: str, text: str, *paths: Path, to: str) -> str:
    """The same as text."""
    return "\n\n".join(plain_text(one.reply) for one in answer(house, who, text, *paths, to=to))
