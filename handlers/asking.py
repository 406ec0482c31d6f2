"""Questions, and passing them to staff."""

from __future__ import annotations

import re

from bot.domain.messages import Reply
from bot.phrases import answers, talk
from bot.usecases.answer_question import Question, answer_question, asked_before, find
from bot.usecases.hand_over import hand_over
from handlers.request import Request

_WORDS = re.compile(r"^\s*(?:please,? |pls )?ask (?:the )?staff\s*:?\s*", re.IGNORECASE)


def question(request: Request) -> tuple[Reply, ...]:
    """Anything that is no command."""
    conversation = request.message.conversation
    found = request.prepared.found or find(
        request.desk,
        request.text,
        history=asked_before(request.uow, conversation),
        personal=request.candidate is not None,
    )
    asked = Question(text=request.text, conversation=conversation, found=found)
    given = answer_question(
        request.uow, request.desk, asked, candidate=request.candidate, now=request.now
    )
    return (answers.answer(request.desk.program, request.text, given),)


def staff(request: Request) -> tuple[Reply, ...]:
    """`ask staff: QUESTION`."""
    asked = _WORDS.sub("", request.text).strip() if request.args.get("question") else ""
    if not asked:
        return (talk.staff_question_missing(),)
    number = hand_over(request.uow, request.message.sender, asked, now=request.now)
    return (answers.handed_over(number),)
