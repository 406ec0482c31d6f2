"""Where a message is handled: where others read along, or between its sender and Carrel alone.

Where others read along Carrel knows nobody: it greets, helps, and answers from the documents. All
else that is said there is handled alone, with a short word to tell so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.handover import HandedOver
from bot.domain.messages import Address, InboundMessage, Reply
from bot.errors import Refused
from bot.phrases import places as phrases
from bot.ports import UnitOfWork
from bot.usecases.answer_handover import may_answer
from handlers import answering, asking, guiding, linking, talking
from handlers.meeting import meet
from handlers.replied import choices_above
from handlers.request import Handler, Request
from handlers.router import Routed, command, is_number, picked

OPENLY: frozenset[Handler] = frozenset(
    (talking.greet, talking.welcome, talking.goodbye, talking.help_text, talking.unknown)
)
_NO_COMMANDS: frozenset[Handler | None] = frozenset(  # below a question
    (None, guiding.half, linking.half, linking.link, linking.pasted, linking.pasted_amid)
)
_QUESTION = "question:"  # how the name of a question's card begins
# How words among colleagues begin, bold, quoted, in a list or behind an emoji's code too.
_NOTE = re.compile(r"(?:[^\w:]|_|:[\w+-]+:)*note[\s*_~`]*:", re.IGNORECASE)
_REPLY = re.compile(r"\s*(?:answer|reply)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The message as it is handled, and what is said where it came from.

    `apart` means that its words stand for themselves, whatever is under way where they are handled:
    they were said elsewhere, or were picked. `done` and `refused` are said where others read along
    once it was handled by `handle`, or refused.
    """

    message: InboundMessage
    handle: Handler = meet
    apart: bool = False
    done: Reply | None = None
    refused: Reply | None = None


def alone(message: InboundMessage, text: str, *, done: Reply | None = None) -> Place:
    """Between the sender and Carrel; what others read along with tells only that it is."""
    sender = str(message.sender)
    own = replace(message, text=text, conversation=sender, shared=False, thread="", answers="")
    elsewhere = phrases.elsewhere()
    return Place(message=own, apart=True, done=done or elsewhere, refused=elsewhere)


def own(message: InboundMessage) -> Place:
    """Where it was said, which is between the sender and Carrel already."""
    return Place(message=message, apart=message.apart)


def among_others(message: InboundMessage, text: str) -> Place:
    """Where it was said, to nobody in particular."""
    return Place(message=replace(message, text=text, attachments=()), apart=True)


def below_a_card(uow: UnitOfWork, message: InboundMessage, *, now: datetime) -> Place | None:
    """Where what is no reply is met that was said below a card, and not to Carrel by name.

    Talk among colleagues meets silence, as do words of those who may not answer a question; files
    are refused. Only a question is ever replied to.
    """
    card = "" if message.apart or not message.shared else _card_above(uow, message.conversation)
    if not card:
        return None
    silence = Place(message=message, handle=_silence)
    if not _question_of(uow, message.conversation):
        return silence
    if _NOTE.match(message.text):
        return silence
    if not question_above(uow, message.conversation, said=message.sent_at):
        return None
    if not may_answer(uow, message.sender, now=now):
        return silence
    return _without_files(message) if message.attachments else None


def meant(uow: UnitOfWork, message: InboundMessage) -> str:
    """The words that count of what was said where others read along.

    What a choice stands for, the answer to a question below whose card it was said, or the question
    to the staff that a complaint about an answer is.
    """
    above = choices_above(uow, message)
    choice = picked(message.text, above, ordinals=bool(message.answers))
    text = choice.says if choice else message.text
    routed = command(text)
    if routed and routed.handler is asking.flag:
        return _complaint(uow, message, routed)
    handed = _question_of(uow, message.conversation)
    if handed and (reply := _REPLY.match(text)):  # also when it is answered, to be told so
        return f"answer {handed.number}: {text[reply.end() :]}"
    number = question_above(uow, message.conversation, said=message.sent_at)
    if not number:
        return text
    told = message.apart or (routed.handler if routed else None) not in _NO_COMMANDS
    return text if told else f"answer {number}: {text}"


def of_command(message: InboundMessage, text: str) -> Place | None:
    """Where a command or a number is handled; None for free text."""
    routed = command(text)
    if routed is None:
        return among_others(message, text) if is_number(text) else None
    if routed.handler in OPENLY:
        return among_others(message, text)
    sent_back = phrases.sent_back() if routed.handler is answering.answer else None
    return alone(message, text, done=sent_back)


def question_above(uow: UnitOfWork, conversation: str, *, said: datetime | None = None) -> str:
    """The number of the open question whose card begins the thread; empty when none does.

    One that was open when the words were `said` counts too: they may have crossed the reply.
    """
    handed = _question_of(uow, conversation)
    if handed is None:
        return ""
    crossed = said and handed.answered_at and said <= handed.answered_at
    return str(handed.number) if handed.open or crossed else ""


def heeds(uow: UnitOfWork, address: Address, conversation: str, *, now: datetime) -> bool:
    """Whether Carrel listens there to the address, unasked.

    It does where it answered them, or is about to: what waits is looked at first, for handled in
    between it has its answer by then. Below a question it heeds replies alone.
    """
    if _question_of(uow, conversation):
        return bool(question_above(uow, conversation)) and may_answer(uow, address, now=now)
    known = uow.inbox.waits(address, conversation)
    return known or uow.outbox.spoken_to(address, conversation)


def _question_of(uow: UnitOfWork, conversation: str) -> HandedOver | None:
    """The question whose card begins the thread, whether it waits or was answered."""
    card = _card_above(uow, conversation)
    is_question = card.startswith(_QUESTION)
    return uow.handovers.get(int(card.removeprefix(_QUESTION))) if is_question else None


def _card_above(uow: UnitOfWork, conversation: str) -> str:
    """The name of the card that begins the thread; empty when none does."""
    room, _, thread = conversation.rpartition("/")
    return uow.outbox.card_at(room, thread) if room else ""


def _without_files(message: InboundMessage) -> Place:
    """Where files are refused that were sent as a reply to a question; nobody reads them."""
    return replace(alone(replace(message, attachments=()), message.text), handle=_only_words)


def _silence(_: Request) -> tuple[Reply, ...]:
    return ()


def _only_words(_: Request) -> tuple[Reply, ...]:
    raise Refused(phrases.only_words())


def _complaint(uow: UnitOfWork, message: InboundMessage, routed: Routed) -> str:
    turns = uow.conversations.recent(message.conversation, limit=1)
    if not turns:
        return "ask staff"
    why = routed.args.get("why", "").strip()
    return f"ask staff: {phrases.about_an_answer(turns[0].question, why)}"
