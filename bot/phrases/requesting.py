"""How requests for more documents, and answers to them, are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.just_submitted import JustSubmitted
from bot.domain.messages import Block, Choice, Paragraph, Reply
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.request_answers import Answer, Answered, Answers, Wanted
from bot.domain.submission import Submission
from bot.phrases.deciding import matter, wanted
from bot.phrases.filing import receipt_line, undo
from bot.phrases.sections import label, short_name
from bot.phrases.submitting import submitted
from bot.phrases.talk import plain


def open_requests(program: Program, found: Wanted) -> Reply:
    """What is still wanted, why, and how to send it."""
    if not found.by_submission:
        return plain("Nothing is wanted of you: you have no open request.")
    blocks: list[Block] = []
    for submission, requests in found.by_submission:
        reason = submission.decision.reason if submission.decision else ""
        head = f"More is wanted for {matter(program, submission)}. The reason given: {reason}"
        blocks.append(Paragraph(text=head))
        blocks += wanted(program, submission, requests)
    how = "Send each file as a reply to this message, or with its code in the message."
    maybe = hints(program, found.maybe)
    return Reply(blocks=(*blocks, Paragraph(text=how), *maybe.blocks), choices=maybe.choices)


def hints(program: Program, maybe: Sequence[tuple[EvidenceRequest, Evidence]]) -> Reply:
    """For files that stand where more is wanted and named no request: how to let them answer."""
    return Reply(
        blocks=tuple(Paragraph(text=_hint(program, *one)) for one in maybe),
        choices=tuple(_choice(*one) for one in maybe),
    )


def which(
    program: Program,
    evidence: Evidence,
    maybe: Sequence[EvidenceRequest],
    *,
    note: str,
    step: int,
    zone: ZoneInfo,
) -> Reply:
    """A new file that answers one of these, and nobody can tell which: it waits for a word."""
    lead = f"I have {evidence.name} as file {evidence.number}, safe but not filed."
    asked = which_of(program, evidence, maybe)
    end = [receipt_line(evidence, zone), *([f"Note: {note.rstrip('.')}."] if note else [])]
    blocks = (Paragraph(text=lead), *asked.blocks, *(Paragraph(text=line) for line in end))
    none = undo(step, label="None of these: undo")
    return Reply(blocks=blocks, choices=(*asked.choices, none))


def which_of(program: Program, evidence: Evidence, maybe: Sequence[EvidenceRequest]) -> Reply:
    """Asks which of these a file answers; nothing when there are none."""
    if not maybe:
        return Reply(blocks=())
    number = evidence.number
    text = (
        f"You sent it for what is wanted more, and I am not sure for which: "
        f"{_named(program, maybe)}. Pick one, or say: file {number} answers {maybe[0].token}."
    )
    choices = tuple(
        Choice(
            label=f"File {number} for {label(program, one.section)}",
            says=f"file {number} answers {one.token}",
        )
        for one in maybe
    )
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def came_of(program: Program, answers: Answers, returned: Sequence[JustSubmitted]) -> Reply:
    """What files did to the requests that they named, and the sets that went back by it."""
    lines = [_answer(program, one) for one in answers.given]
    if answers.open:
        lines.append(f"Still wanted: {_named(program, answers.open)}.")
    blocks: tuple[Block, ...] = tuple(Paragraph(text=line) for line in lines)
    for second in returned:
        complete = Paragraph(text=_complete(program, second.submission))
        blocks = (*blocks, complete, *submitted(program, second).blocks)
    return Reply(blocks=blocks)


def waits_again(program: Program, requests: Sequence[EvidenceRequest]) -> Reply:
    """Requests whose answer left its section; nothing when there are none."""
    if not requests:
        return Reply(blocks=())
    named = _named(program, requests)
    return plain(f"What had answered it stands there no more, so this is wanted again: {named}.")


def _hint(program: Program, request: EvidenceRequest, evidence: Evidence) -> str:
    """A file stands where more is wanted, and was not said to answer it."""
    return (
        f"More is wanted for {short_name(program, request.section)}. If file {evidence.number}, "
        f"{evidence.name}, answers that, say: file {evidence.number} answers {request.token}."
    )


def _choice(request: EvidenceRequest, evidence: Evidence) -> Choice:
    """Lets a file answer a request."""
    words = f"{evidence.number} answers {request.token}"
    return Choice(label=f"File {words}", says=f"file {words}")


def _answer(program: Program, answer: Answer) -> str:
    """What a file did to a request that it named."""
    request, evidence = answer.request, answer.evidence
    where = short_name(program, request.section)
    match answer.answered:
        case Answered.NOW:
            return f"File {evidence.number} answers {request.token}, which asked for {where}."
        case Answered.BEFORE:
            return (
                f"{request.token} was answered already; file {evidence.number} stands in {where} "
                "too and goes back with it."
            )
        case Answered.SEEN:
            return (
                f"{request.token} stays open: file {evidence.number}, {evidence.name}, was in "
                f"{where} when the reviewers asked for more. Send something else."
            )
        case _:
            assert_never(answer.answered)


def _complete(program: Program, submission: Submission) -> str:
    """Everything came, and the set went back."""
    return (
        f"That was all: {program.set(submission.set_id).title} goes back, as it was but for what "
        "was asked for."
    )


def _named(program: Program, requests: Sequence[EvidenceRequest]) -> str:
    return ", ".join(f"{r.token} ({short_name(program, r.section)})" for r in requests)
