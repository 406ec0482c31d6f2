"""Keep a message that arrived, and decide for good whether it surely comes from its sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.messages import InboundMessage
from bot.domain.proving import is_disowned, proved, replied_start
from bot.domain.text import plain_message
from bot.ports import UnitOfWork
from bot.usecases.identify import named, token_owner
from bot.usecases.link_address import note

# How long the reply address of a mail proves whose a mail is. Whoever gets a copy of a reply learns
# it too, so it is good for as long as replies come, and no longer.
REPLIES_FOR = timedelta(days=14)


def receive_message(uow: UnitOfWork, message: InboundMessage, *, now: datetime) -> bool:
    """Puts it into the inbox; False when it was known.

    What is proved here is believed by whoever handles it, and waits in its sender's own order. A
    private address proves whose it is, if the sender that is named is that very person; somebody
    else's proves that something is wrong, whatever else speaks for it. So does the reply address of
    a mail prove it for a while, if that mail went to this sender; where nothing tells what the
    message replies to, that mail is it. What our own server disowned is proved by neither.
    """
    message = plain_message(message)
    owner, above = token_owner(uow, message), _above(uow, message, now=now)
    misused = owner if owner and owner != named(uow, message.sender) else None
    if misused and message.envelope:
        message = replace(message, envelope=replace(message.envelope, proved=False))
    elif (owner or above) and not is_disowned(message):
        message = proved(_answering(message, above))
    fresh = uow.inbox.add(message, at=now)
    if fresh and misused:
        note(uow, misused, "token-misused", now=now, actor="stranger", details={})
    return fresh


def _above(uow: UnitOfWork, message: InboundMessage, *, now: datetime) -> str:
    """The id of the mail to whose reply address it was sent by whoever got that mail lately."""
    start = replied_start(message)
    return uow.sent_mails.lately(message.sender, start, since=now - REPLIES_FOR) if start else ""


def _answering(message: InboundMessage, above: str) -> InboundMessage:
    """As a button begins a mail: it replies to nothing but by its address."""
    alone = len(message.thread.split()) <= 1  # else somebody else's mail is above it
    return replace(message, answers=above) if alone and not message.answers else message
