"""What somebody replies to: which message of Carrel's it is, and what stands in it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Choice, InboundMessage, OutboundMessage
from bot.ports import UnitOfWork
from bot.usecases.find_request import told_requests
from handlers.request import Request


def message_above(uow: UnitOfWork, message: InboundMessage) -> OutboundMessage | None:
    """The message of Carrel's that it replies to; None when that was said to somebody else."""
    return uow.outbox.said_at(message.conversation, message.answers) if message.answers else None


def choices_above(uow: UnitOfWork, message: InboundMessage) -> tuple[Choice, ...]:
    """What it may pick from: the choices of what it replies to, or else the newest ones."""
    above = message_above(uow, message)
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
