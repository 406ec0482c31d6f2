"""What is still wanted, and what came of files that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import assert_never

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Block, Choice, Paragraph, Reply
from bot.domain.portfolio import Evidence
from bot.domain.submission import Submission
from bot.phrases import requesting, submitting
from bot.usecases.answer_request import Answer, Answered, Answers, reopen_left
from bot.usecases.confirm_submission import confirm_submission
from bot.usecases.find_request import may_answer
from bot.usecases.see_waiting import waiting_for
from handlers.request import Request


def overview(request: Request) -> Reply:
    """Every open request, by submission, and the files that may answer one already."""
    person, uow = request.who().person, request.uow
    wanted = (r for r in uow.requests.of(person) if r.open)
    groups = [(n, tuple(own)) for n, own in groupby(wanted, key=lambda one: one.submission_id)]
    by_submission = [(uow.submissions.get(number), own) for number, own in groups]
    return requesting.open_requests(
        request.desk.program,
        [(one, own) for one, own in by_submission if one],
        maybe=may_answer(uow, request.who(), uow.records.of(person)),
    )


def submitted(request: Request, made: Submission) -> Reply:
    """A new submission, told to its candidate."""
    program = request.desk.program
    return submitting.submitted(
        program,
        made,
        token_of(request, made),
        waiting=waiting_for(request.uow, program, made),
        cited=request.desk.cited(program.rules.routes[made.route].cites, most=1),
    )


def token_of(request: Request, submission: Submission) -> str:
    """The signed confirmation of a submission."""
    desk = request.desk
    return confirm_submission(submission, program=desk.program, signer=desk.signer)


def came_of(request: Request, answers: Answers) -> Reply:
    """What files did to the requests that they named, and the sets that went back by it."""
    program = request.desk.program
    lines = [_answer(request, one) for one in answers.given]
    if answers.open:
        lines.append(requesting.still_open(program, answers.open))
    blocks: tuple[Block, ...] = tuple(Paragraph(text=line) for line in lines)
    for second in answers.returned:
        complete = Paragraph(text=requesting.complete(program, second))
        blocks = (*blocks, complete, *submitted(request, second).blocks)
    return Reply(blocks=blocks)


def hints(request: Request, evidence: Sequence[Evidence]) -> Reply:
    """For files that stand where more is wanted and named no request: how to let them answer."""
    found = may_answer(request.uow, request.who(), evidence)
    lines = (requesting.hint(request.desk.program, *one) for one in found)
    return Reply(
        blocks=tuple(Paragraph(text=line) for line in lines),
        choices=tuple(requesting.choice(*one) for one in found),
    )


def left_open(request: Request) -> Reply:
    """After files moved: the requests that wait again because their answer is gone."""
    left = reopen_left(request.uow, request.who(), now=request.now)
    return requesting.waits_again(request.desk.program, left) if left else Reply(blocks=())


def joined(first: Reply, *others: Reply) -> Reply:
    """One reply of several; the first one's choices stay last, since an undo is among them."""
    blocks = tuple(block for reply in (first, *others) for block in reply.blocks)
    choices: tuple[Choice, ...] = tuple(c for reply in (*others, first) for c in reply.choices)
    return Reply(blocks=blocks, choices=choices)


def _answer(request: Request, answer: Answer) -> str:
    program = request.desk.program
    named: tuple[EvidenceRequest, Evidence] = (answer.request, answer.evidence)
    match answer.answered:
        case Answered.NOW:
            return requesting.answered(program, *named)
        case Answered.BEFORE:
            return requesting.answered_before(program, *named)
        case Answered.SEEN:
            return requesting.seen_before(program, *named)
        case _:
            assert_never(answer.answered)
