"""Files that came with a message."""

from __future__ import annotations

from typing import assert_never

from bot.domain.messages import Choice, Reply
from bot.phrases import filing
from bot.usecases.file_evidence import Filed, Known, Outcome, Rejected, file_evidence
from handlers.request import Request


def take(request: Request) -> tuple[Reply, ...]:
    """One reply that tells of each file."""
    outcomes = file_evidence(
        request.uow,
        request.desk,
        request.who(),
        taken=request.prepared.taken,
        message_key=request.key,
        now=request.now,
    )
    return (together(tuple(_say(request, outcome) for outcome in outcomes)),)


def together(replies: tuple[Reply, ...]) -> Reply:
    """One reply for one message, so that a number picks among all its choices."""
    if len(replies) == 1:
        return replies[0]
    choices = dict.fromkeys(choice for reply in replies for choice in reply.choices)
    undo = [choice for choice in choices if choice.says == "undo"]
    others = [choice for choice in choices if choice.says != "undo"]
    blocks = tuple(block for reply in replies for block in reply.blocks)
    last = (Choice(label="Undo all of this", says="undo"),) if undo else ()
    return Reply(blocks=blocks, choices=(*others, *last))


def _say(request: Request, outcome: Outcome) -> Reply:
    program = request.desk.program
    match outcome:
        case Filed():
            return filing.filed(program, outcome.evidence, outcome.decision, note=outcome.note)
        case Known():
            return filing.known(program, outcome.evidence, name=outcome.name, added=outcome.added)
        case Rejected():
            return filing.rejected(outcome.name, outcome.advice)
        case _:
            assert_never(outcome)
