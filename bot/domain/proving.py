"""Messages that surely come from their sender, and those of which only they themselves say so."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.codes import LETTERS, letters_of
from bot.domain.messages import InboundMessage

TOKEN_LENGTH = 16  # letters, 79 bits: it is good for as long as nobody asks for a new one
_UNPROVED = " unproved"  # behind a conversation; no address has a blank
_TOKEN = re.compile(rf"[{LETTERS}]{{{TOKEN_LENGTH}}}", re.IGNORECASE)


def is_proved(message: InboundMessage) -> bool:
    """Whether whoever is named as its sender surely said it."""
    return message.envelope is None or message.envelope.proved


def proved(message: InboundMessage) -> InboundMessage:
    """The message as its sender's own."""
    if message.envelope is None:
        return message
    return replace(message, envelope=replace(message.envelope, proved=True))


def unproved(message: InboundMessage) -> InboundMessage:
    """The message as that of nobody: it continues and answers nothing that was said before."""
    conversation = f"{told_at(message.conversation)}{_UNPROVED}"
    envelope = replace(message.envelope, proved=False) if message.envelope else None
    return replace(
        message, conversation=conversation, answers="", apart=False, batch="", envelope=envelope
    )


def told_at(conversation: str) -> str:
    """Where something is said that belongs to the conversation."""
    return conversation.removesuffix(_UNPROVED)


def is_of_nobody(conversation: str) -> bool:
    """Whether it holds what was said in somebody's name without proof."""
    return conversation.endswith(_UNPROVED)


def queued_at(message: InboundMessage, *, private: bool) -> str:
    """The conversation in whose order it waits; `private` if it went to a private address.

    What may be anybody's waits apart, or who writes much of it would keep the owner waiting.
    """
    own = private or is_proved(message)
    return message.conversation if own else unproved(message).conversation


def token_in(message: InboundMessage) -> str:
    """The letters of the private address that it was sent to; empty when that was another."""
    tag = message.envelope.tag if message.envelope else ""
    found = _TOKEN.fullmatch(tag.replace("-", ""))
    return letters_of(tag) if found else ""
