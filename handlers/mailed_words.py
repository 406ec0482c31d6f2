"""The words of a message as they are meant, however its sender writes letters."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import InboundMessage
from bot.ports import UnitOfWork
from bot.usecases.identify import named
from handlers import courtesy
from handlers.replied import choices_above


def bare(uow: UnitOfWork, message: InboundMessage, original: InboundMessage) -> InboundMessage:
    """A mail without greetings and sign-offs around what it says; other messages as they are.

    `original` is as it came, before it was seen whom it is from: what it may pick stands there.
    """
    if message.envelope is None or not message.text.strip():
        return message
    person = named(uow, message.sender)
    choices = choices_above(uow, message if message.answers else original)
    text = courtesy.spoken(message.text, name=person.name if person else "", choices=choices)
    return replace(message, text=text)
