"""A mail that would need to be somebody's, and may be anybody's."""

from __future__ import annotations

from bot.domain.messages import InboundMessage, Reply
from bot.domain.proving import is_of_nobody
from bot.phrases import mails
from bot.ports import UnitOfWork
from bot.usecases.hold_mail import hold_mail
from bot.usecases.identify import named, token_owner
from bot.usecases.tell import on_record
from handlers.request import Request, Unknown
from handlers.router import picked


def hold(request: Request, *, original: InboundMessage) -> tuple[Reply, ...]:
    """Keeps it for whom it names; to where it says that it came from, the same for everybody.

    Who is asked at that very address is told no more.
    """
    uow, told = request.uow, (mails.not_sure(len(original.attachments)),)
    person = named(uow, original.sender)
    if person is None or token_owner(uow, original):  # somebody else's private address
        return told
    asked = hold_mail(uow, original, person, now=request.now)
    return () if asked and original.sender == on_record(person) else told


def not_for_nobody(request: Request) -> tuple[Reply, ...]:  # noqa: ARG001 - a handler's shape
    """What can only be met by somebody."""
    raise Unknown


def continues(uow: UnitOfWork, message: InboundMessage, original: InboundMessage) -> bool:
    """Whether it goes on with what its sender and Carrel were at, if it is theirs.

    It picks a choice, or Carrel waits for words there, or a person does.
    """
    if not is_of_nobody(message.conversation):
        return False
    talk = original.conversation
    if uow.handovers.taken_in(talk) or uow.statements.writing(talk):
        return True
    if not original.answers:
        return False
    if uow.mailing.card_of(original.sender.channel, original.answers):
        return True
    above = uow.outbox.said_at(talk, original.answers)
    if above is None:
        return False
    return above.reply.awaits or picked(message.text, above.reply.choices) is not None
