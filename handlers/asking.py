"""Questions, and passing them to staff."""

from __future__ import annotations

import re
from datetime import UTC

from bot.domain.codes import without_codes
from bot.domain.handover import HandedOver
from bot.domain.knowledge import Status
from bot.domain.messages import Reply
from bot.domain.proving import is_proved
from bot.phrases import answering, answers, talk
from bot.usecases.answer_question import Question, answer_question, asked_before, find
from bot.usecases.hand_over import Asker, add_words, followed_up, hand_over
from bot.usecases.hand_over import flag as flag_last
from bot.usecases.hand_over import resume as resume_here
from handlers.request import Request

_WORDS = re.compile(r"^\s*(?:please,? |pls )?ask (?:the )?staff\s*:?\s*", re.IGNORECASE)


def question(request: Request) -> tuple[Reply, ...]:
    """Anything that is no command."""
    text, conversation = without_codes(request.text), request.message.conversation
    found = request.prepared.found or find(
        request.desk,
        request.text,
        history=asked_before(request.uow, conversation),
        personal=request.candidate is not None,
        curated=request.uow.curated.all(),
    )
    sender = request.message.sender
    asked = Question(text=text, conversation=conversation, found=found, asker=sender)
    waiting = None if request.apart else followed_up(request.uow, conversation, text)
    given = answer_question(
        request.uow, request.desk, asked, candidate=request.candidate, now=request.now
    )
    if waiting and given.status is Status.DECLINED and not found.beyond:
        add_words(request.uow, request.desk, waiting.number, text, now=request.now)
        return (answering.added(waiting.number),)
    zone = request.person.zone if request.person else UTC
    return (answers.answer(request.desk.program, text, given, zone=zone),)


def pass_on(request: Request, *, handed: HandedOver) -> tuple[Reply, ...]:
    """Free text while a person is on the conversation's question: it goes to them."""
    words = without_codes(request.text)
    add_words(request.uow, request.desk, handed.number, words, now=request.now)
    return (answering.passed_on(handed),)


def staff(request: Request) -> tuple[Reply, ...]:
    """`ask staff: QUESTION`."""
    asked = (
        _WORDS.sub("", without_codes(request.text)).strip() if request.args.get("question") else ""
    )
    if not asked:
        return (talk.staff_question_missing(),)
    passed = hand_over(request.uow, request.desk, _asker(request), asked, now=request.now)
    return (answers.handed_over(passed.number, new=passed.new, told=passed.told),)


def flag(request: Request) -> tuple[Reply, ...]:
    """`flag`, or `that is wrong: WHY`, after an answer."""
    why = without_codes(request.args.get("why", "")).strip()
    passed = flag_last(request.uow, request.desk, _asker(request), why, now=request.now)
    return (answers.handed_over(passed.number, new=passed.new, told=passed.told),)


def resume(request: Request) -> tuple[Reply, ...]:
    """`bot`: the bot answers again although a person is on the question."""
    handed = resume_here(request.uow, request.message.conversation, now=request.now)
    return (answering.resumed(handed),)


def _asker(request: Request) -> Asker:
    return Asker(
        address=request.message.sender,
        conversation=request.message.conversation,
        person=request.person,
        proved=is_proved(request.message),
    )
