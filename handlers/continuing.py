"""Words that reply to a message of Carrel's which begins them, such as `approve 2: `."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import InboundMessage, Reply
from bot.phrases.confirming import SURE
from bot.ports import UnitOfWork
from handlers import confirming
from handlers.replied import message_above
from handlers.router import command, is_number, picked, stands_alone


def continued(uow: UnitOfWork, message: InboundMessage) -> InboundMessage:
    """The message with its words behind those that what it replies to begins them with.

    Commands, numbers, labels of choices and what comes with files stay as they are, and so do words
    that are nothing even then. What would decide something for good is shown once more first.
    """
    text = message.text
    if not message.answers or not text.strip() or message.apart or message.attachments:
        return message
    above = message_above(uow, message)
    heads = above.reply.heads if above else ""
    if above is None or not heads or _is_whole(text, above.reply, heads):
        return message
    said = f"{heads}{text}"
    routed = command(said)
    if routed is None:
        return message
    # It may have been meant for no reason at all, or for colleagues.
    final = routed.handler in confirming.FINAL or bool(above.card)
    return replace(message, text=f"{SURE}{said}" if final else said)


def _is_whole(text: str, above: Reply, heads: str) -> bool:
    """Whether words below a reply of Carrel's are said already as they are meant."""
    if is_number(text) or picked(text, above.choices) or stands_alone(text):
        return True
    same = text.casefold().startswith(heads.casefold().strip(" :"))
    return same and command(text) is not None
