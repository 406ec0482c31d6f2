"""A mail that would need to be somebody's, and may be anybody's."""

from __future__ import annotations

from bot.domain.messages import InboundMessage, Reply
from bot.domain.proving import is_of_nobody
from bot.phrases import filing, mails
from bot.phrases.joined import together
from bot.ports import UnitOfWork
from bot.usecases.hold_mail import hold_mail, is_worth_holding
from bot.usecases.identify import named, token_owner
from bot.usecases.tell import on_record
from handlers.request import Request, Unknown
from handlers.router import picked


def hold(request: Request, *, original: InboundMessage) -> tuple[Reply, ...]:
    """Keeps it for whom it names; to where it says that it came from, the same for everybody.

    Who is asked at that very address is told no more.
    """
    uow, files = request.uow, len(original.attachments)
    person, owner = named(uow, original.sender), token_owner(uow, original)
    if owner and owner != person:
        return (mails.not_your_address(files),)
    if person is None:
        return (mails.not_sure(files),)
    if not is_worth_holding(uow, original):
        return ()
    asked = hold_mail(uow, original, person, now=request.now)
    if original.sender != on_record(person):
        return (mails.not_sure(files),)
    return () if asked else (mails.asked_enough(),)


def not_for_nobody(request: Request) -> tuple[Reply, ...]:  # noqa: ARG001 - a handler's shape
    """What can only be met by somebody."""
    raise Unknown


def refuse_files(request: Request) -> tuple[Reply, ...]:
    """Why none of the files can be taken, which takes no proof to be told."""
    files = request.message.attachments
    return (together(tuple(filing.rejected(one.name, one.refusal) for one in files)),)


def brings_nothing(message: InboundMessage) -> bool:
    """Whether it came with files, and none of them can be taken whoever it is from."""
    return bool(message.attachments) and all(one.refusal for one in message.attachments)


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
    if uow.sent_mails.card(original.sender.channel, original.answers):
        return True
    above = uow.outbox.said_at(talk, original.answers)
    if above is None:
        return False
    return above.reply.awaits or picked(message.text, above.reply.choices) is not None
