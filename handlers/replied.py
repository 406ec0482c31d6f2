"""What somebody replies to: which message of Carrel's it is, and what stands in it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Choice, InboundMessage, OutboundMessage
from bot.domain.rights import GRANTED
from bot.ports import UnitOfWork
from bot.usecases.find_request import told_requests
from bot.usecases.identify import speaker
from handlers.request import Request


def message_above(uow: UnitOfWork, message: InboundMessage) -> OutboundMessage | None:
    """The message of Carrel's that it replies to; None when that was said to somebody else.

    By mail it may be a card that went to the staff's room: whoever works here replies from their
    own address.
    """
    if not message.answers:
        return None
    above = uow.outbox.said_at(message.conversation, message.answers)
    return above or (card_above(uow, message) if message.envelope else None)


def card_above(uow: UnitOfWork, message: InboundMessage) -> OutboundMessage | None:
    """The card of a room that it replies to, for somebody who was granted a role."""
    person = speaker(uow, message)
    if person is None or uow.roles.of(person).isdisjoint(GRANTED):
        return None
    return uow.sent_mails.card(message.sender.channel, message.answers)


def choices_above(uow: UnitOfWork, message: InboundMessage) -> tuple[Choice, ...]:
    """What it may pick from: the choices of what it replies to, or else the newest ones.

    Nothing when it is a mail that replies to somebody else's: a number there is about another list.
    """
    above = message_above(uow, message)
    if above is None and message.envelope and message.envelope.reply:
        return ()
    return above.reply.choices if above else uow.outbox.last_choices(message.conversation)


def requests_above(request: Request) -> tuple[EvidenceRequest, ...]:
    """The asker's requests for more that stand in what they reply to, while any is open."""
    message = request.message
    if message.thread and not message.shared:  # what begins a thread of their own is replied to
        message = replace(message, answers=message.answers or message.thread)
    above = message_above(request.uow, message)
    if above is None or request.candidate is None:
        return ()
    return told_requests(request.uow, request.candidate, above.reply)
