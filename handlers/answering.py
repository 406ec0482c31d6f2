"""Questions to staff, curated answers and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.handover import HandedOver
from bot.domain.knowledge import Status
from bot.domain.messages import Block, Reply
from bot.domain.people import Person
from bot.errors import NotFound, Refused
from bot.phrases import answering, reporting
from bot.phrases.cited import quoted
from bot.ports import UnitOfWork
from bot.usecases import answer_handover, curate_answer
from bot.usecases.report_unanswered import (
    USUAL_DAYS,
    Declined,
    grouped,
    see_declined,
    told,
)
from handlers.request import Request

LISTED = 15  # questions of a list; a phone screen or two
REPORTED = 200  # declined questions of a report in a chat; carrel unanswered takes all
GROUPS = 10


def questions(request: Request) -> tuple[Reply, ...]:
    """`questions`: those that wait."""
    waiting = answer_handover.open_questions(
        request.uow, request.actor(), limit=LISTED + 1, now=request.now
    )
    return (answering.questions(waiting, most=LISTED, now=request.now),)


def show(request: Request) -> tuple[Reply, ...]:
    """`question 5`."""
    person = request.actor()
    handed = answer_handover.question(request.uow, person, request.number(), now=request.now)
    shown = answering.shown(
        handed,
        answer_handover.asker_name(request.uow, handed),
        told=_told(request, handed),
        zone=person.zone,
        now=request.now,
    )
    return (shown,)


def take(request: Request) -> tuple[Reply, ...]:
    """`take 5`."""
    program = request.desk.program
    taken = answer_handover.take(
        request.uow, program, request.actor(), request.number(), now=request.now
    )
    return (answering.took(taken),)


def answer(request: Request) -> tuple[Reply, ...]:
    """`answer 5: TEXT`."""
    handed = answer_handover.reply_to(
        request.uow,
        request.desk.program,
        request.actor(),
        request.number(),
        request.args["text"].strip(),
        now=request.now,
    )
    return (answering.replied(handed, answer_handover.asker_name(request.uow, handed)),)


def curate(request: Request) -> tuple[Reply, ...]:
    """`curate 5`, or `curate 5: QUESTION`."""
    wording = request.text.partition(":")[2] if request.args.get("question") else ""
    kept = curate_answer.curate(
        request.uow,
        request.desk,
        request.actor(),
        request.number(),
        wording=wording,
        now=request.now,
    )
    return (answering.curated_made(kept, request.actor().zone),)


def curated(request: Request) -> tuple[Reply, ...]:
    """`curated`: the answers in force."""
    kept = curate_answer.curated_answers(request.uow, request.actor(), now=request.now)
    return (answering.curated_list(kept, request.actor().zone),)


def retire(request: Request) -> tuple[Reply, ...]:
    """`retire 3`."""
    curate_answer.retire(request.uow, request.actor(), request.number(), now=request.now)
    return (answering.retired(request.number()),)


def unanswered(request: Request) -> tuple[Reply, ...]:
    """`unanswered last 30 days`; its groups were made before the transaction."""
    person, days = request.actor(), days_of(request.args)
    found = see_declined(request.uow, person, days=days, most=REPORTED, now=request.now)
    cut = REPORTED if len(found.turns) == REPORTED else 0
    groups = request.prepared.groups
    if groups is None:  # it was picked by number
        groups = grouped(request.desk, found)
    lines = [told(g, person.zone) for g in groups]
    return (reporting.unanswered(lines, days=days, most=GROUPS, cut=cut),)


def to_group(uow: UnitOfWork, person: Person, *, days: int, now: datetime) -> Declined | None:
    """What has to be grouped, which is slow; None for somebody who may not see it."""
    try:
        return see_declined(uow, person, days=days, most=REPORTED, now=now)
    except (NotFound, Refused):
        return None


def days_of(args: Mapping[str, str]) -> int:
    """For how many days `unanswered` is asked."""
    return int(args.get("days", USUAL_DAYS))


def _told(request: Request, handed: HandedOver) -> tuple[Block, ...]:
    """What the bot had said to the question."""
    turn = answer_handover.told_before(request.uow, handed)
    if turn is None:
        return (answering.said_nothing(),)
    if turn.status is Status.DECLINED:
        return (answering.had_declined(),)
    known = {passage.id: passage for passage in request.desk.index.passages}
    passages = [known[id] for id in turn.passages if id in known]
    return answering.had_answered(quoted(passages))
