"""Files that came with a message."""

from __future__ import annotations

from typing import assert_never

from bot.domain.messages import Choice, Reply
from bot.phrases import filing
from bot.usecases.answer_request import close_requests
from bot.usecases.correct_filing import last_step
from bot.usecases.file_evidence import Filed, Known, Outcome, Rejected, file_evidence
from handlers import offering, requesting
from handlers.request import Request


def take(request: Request) -> tuple[Reply, ...]:
    """One reply that tells of each file: filed for oneself, or offered to somebody named."""
    if wanted := offering.recipient(request):
        return offering.offer(request, wanted)
    candidate = request.who()
    outcomes = file_evidence(
        request.uow,
        request.desk,
        candidate,
        taken=request.prepared.taken,
        message_key=request.key,
        now=request.now,
    )
    step = last_step(request.uow, candidate)
    replies = tuple(_say(request, outcome, step) for outcome in outcomes)
    return (requesting.joined(together(replies), *_answers(request, outcomes)),)


def together(replies: tuple[Reply, ...]) -> Reply:
    """One reply for one message, so that a number picks among all its choices."""
    if len(replies) == 1:
        return replies[0]
    choices = dict.fromkeys(choice for reply in replies for choice in reply.choices)
    undo = [choice for choice in choices if choice.says.startswith("undo")]
    others = [choice for choice in choices if choice not in undo]
    blocks = tuple(block for reply in replies for block in reply.blocks)
    last = (Choice(label="Undo all of this", says=undo[0].says),) if undo else ()
    return Reply(blocks=blocks, choices=(*others, *last))


def _answers(request: Request, outcomes: tuple[Outcome, ...]) -> tuple[Reply, ...]:
    """Closes the requests that files named; tells of those that other files may answer."""
    kept = [one for one in outcomes if not isinstance(one, Rejected)]
    named = [(wanted, one.evidence) for one in kept for wanted in one.named]
    unnamed = [one.evidence for one in kept if not one.named]
    replies = [requesting.hints(request, unnamed)]
    if named:
        came = close_requests(request.uow, request.desk, request.who(), named, now=request.now)
        replies.append(requesting.came_of(request, came))
    return tuple(replies)


def _say(request: Request, outcome: Outcome, step: int) -> Reply:
    program = request.desk.program
    match outcome:
        case Filed():
            return filing.filed(
                program, outcome.evidence, outcome.decision, note=outcome.note, step=step
            )
        case Known():
            return filing.known(
                program, outcome.evidence, name=outcome.name, added=outcome.added, step=step
            )
        case Rejected():
            return filing.rejected(outcome.name, outcome.advice)
        case _:
            assert_never(outcome)
