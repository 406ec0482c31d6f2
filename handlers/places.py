"""Where a message is handled: where others read along, or between its sender and Carrel alone.

Where others read along Carrel knows nobody: it greets, helps, and answers from the documents. All
else that is said there is handled alone, with a short word to tell so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.messages import InboundMessage, Reply
from bot.phrases import places as phrases
from bot.ports import UnitOfWork
from handlers import answering, asking, guiding, talking
from handlers.request import Handler
from handlers.router import Routed, command, is_number, picked

OPENLY: frozenset[Handler] = frozenset(
    (talking.greet, talking.welcome, talking.goodbye, talking.help_text)
)
_QUESTION = "question:"  # how the name of a question's card begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The message as it is handled, and what is said where it came from.

    `apart` means that its words stand for themselves, whatever is under way where they are handled:
    they were said elsewhere, or were picked. `done` and `refused` are said where others read along
    once it was handled, or refused.
    """

    message: InboundMessage
    apart: bool = False
    done: Reply | None = None
    refused: Reply | None = None


def alone(message: InboundMessage, text: str, *, done: Reply | None = None) -> Place:
    """Between the sender and Carrel; what others read along with tells only that it is."""
    sender = str(message.sender)
    own = replace(message, text=text, conversation=sender, shared=False, thread="")
    elsewhere = phrases.elsewhere()
    return Place(message=own, apart=True, done=done or elsewhere, refused=elsewhere)


def among_others(message: InboundMessage, text: str) -> Place:
    """Where it was said, to nobody in particular."""
    return Place(message=replace(message, text=text, attachments=()), apart=True)


def meant(uow: UnitOfWork, message: InboundMessage) -> str:
    """The words that count of what was said where others read along.

    What a choice stands for, the answer to a question below whose card it was said, or the question
    to the staff that a complaint about an answer is.
    """
    choice = picked(message.text, uow.outbox.last_choices(message.conversation))
    text = choice.says if choice else message.text
    routed = command(text)
    if routed and routed.handler is asking.flag:
        return _complaint(uow, message, routed)
    number = question_above(uow, message.conversation)
    if number and (routed is None or routed.handler is guiding.half):
        return f"answer {number}: {text}"
    return text


def of_command(message: InboundMessage, text: str) -> Place | None:
    """Where a command or a number is handled; None for free text."""
    routed = command(text)
    if routed is None:
        return among_others(message, text) if is_number(text) else None
    if routed.handler in OPENLY:
        return among_others(message, text)
    sent_back = phrases.sent_back() if routed.handler is answering.answer else None
    return alone(message, text, done=sent_back)


def question_above(uow: UnitOfWork, conversation: str) -> str:
    """The number of the question whose card begins the thread; empty when none does."""
    room, _, thread = conversation.rpartition("/")
    card = uow.outbox.card_at(room, thread) if room else ""
    return card.removeprefix(_QUESTION) if card.startswith(_QUESTION) else ""


def _complaint(uow: UnitOfWork, message: InboundMessage, routed: Routed) -> str:
    turns = uow.conversations.recent(message.conversation, limit=1)
    if not turns:
        return "ask staff"
    why = routed.args.get("why", "").strip()
    return f"ask staff: {phrases.about_an_answer(turns[0].question, why)}"
