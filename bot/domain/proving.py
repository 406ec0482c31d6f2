"""Messages that surely come from their sender, and those of which only they themselves say so."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.codes import LETTERS, letters_of
from bot.domain.messages import InboundMessage

TOKEN_LENGTH = 16  # letters, 79 bits: it is good for as long as nobody asks for a new one
_UNPROVED = " unproved"  # behind a conversation; no address has a blank
_TOKEN = re.compile(rf"[{LETTERS}]{{{TOKEN_LENGTH}}}", re.IGNORECASE)
BEGINNING = 20  # hexadecimal digits of a Message-ID that tell it from every other
_REPLY = "r-"  # what a tag by which a mail is replied to has before them
_REPLY_TAG = re.compile(rf"{_REPLY}([0-9a-f]{{{BEGINNING}}})", re.IGNORECASE)


def is_proved(message: InboundMessage) -> bool:
    """Whether whoever is named as its sender surely said it."""
    return message.envelope is None or message.envelope.proved


def is_disowned(message: InboundMessage) -> bool:
    """Whether our own server found that somebody else wrote it."""
    return message.envelope is not None and message.envelope.disowned


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


def queued_at(message: InboundMessage) -> str:
    """The conversation in whose order it waits.

    What may be anybody's waits apart, or who writes much of it would keep the owner waiting.
    """
    return message.conversation if is_proved(message) else unproved(message).conversation


def token_in(message: InboundMessage) -> str:
    """The letters of the private address that it was sent to; empty when that was another."""
    tag = message.envelope.tag if message.envelope else ""
    found = _TOKEN.fullmatch(tag.replace("-", ""))
    return letters_of(tag) if found else ""


def reply_tag(receipt: str) -> str:
    """What stands behind the `+` of the address by which the mail of that id is replied to."""
    return f"{_REPLY}{receipt.removeprefix('<')[:BEGINNING]}"


def start_of(tag: str) -> str:
    """How the id of the mail begins that such a tag tells of; empty when it is another tag."""
    found = _REPLY_TAG.fullmatch(tag)
    return found[1].lower() if found else ""


def replied_start(message: InboundMessage) -> str:
    """How the id of the mail begins whose reply address it was sent to; empty when to another."""
    return start_of(message.envelope.tag) if message.envelope else ""
