"""How requests for more documents, and answers to them, are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.submission import Submission
from bot.phrases.deciding import matter, said_of
from bot.phrases.sections import full_name, short_name


def open_requests(
    program: Program,
    wanted: Sequence[tuple[Submission, Sequence[EvidenceRequest]]],
    *,
    maybe: Sequence[tuple[EvidenceRequest, Evidence]],
) -> Reply:
    """What is still wanted, why, and how to send it. `maybe` are files that may answer already."""
    if not wanted:
        return _plain("Nothing is wanted of you: you have no open request.")
    blocks: list[Block] = []
    for submission, requests in wanted:
        reason = submission.decision.reason if submission.decision else ""
        head = f"More is wanted for {matter(program, submission)}. The reason given: {reason}"
        blocks.append(Paragraph(text=head))
        blocks.append(Bullets(items=tuple(_wanted(program, submission, r) for r in requests)))
    blocks += [Paragraph(text=hint(program, *one)) for one in maybe]
    return Reply(blocks=tuple(blocks), choices=tuple(choice(*one) for one in maybe))


def hint(program: Program, request: EvidenceRequest, evidence: Evidence) -> str:
    """A file stands where more is wanted, and was not said to answer it."""
    return (
        f"More is wanted for {short_name(program, request.section)}. If file {evidence.number}, "
        f"{evidence.name}, answers that, say: file {evidence.number} answers {request.token}."
    )


def choice(request: EvidenceRequest, evidence: Evidence) -> Choice:
    """Lets a file answer a request."""
    words = f"{evidence.number} answers {request.token}"
    return Choice(label=f"File {words}", says=f"file {words}")


def answered(program: Program, request: EvidenceRequest, evidence: Evidence) -> str:
    """A file answered a request just now."""
    where = short_name(program, request.section)
    return f"File {evidence.number} answers {request.token}, which asked for {where}."


def answered_before(program: Program, request: EvidenceRequest, evidence: Evidence) -> str:
    """A further file for a request that was answered, while its set is still here."""
    where = short_name(program, request.section)
    return (
        f"{request.token} was answered already; file {evidence.number} stands in {where} too and "
        "goes back with it."
    )


def seen_before(program: Program, request: EvidenceRequest, evidence: Evidence) -> str:
    """A file that reviewers have seen already answers nothing."""
    where = short_name(program, request.section)
    return (
        f"{request.token} stays open: file {evidence.number}, {evidence.name}, was in {where} when "
        "the reviewers asked for more. Send something else."
    )


def still_open(program: Program, requests: Sequence[EvidenceRequest]) -> str:
    """Which requests are left."""
    named = ", ".join(f"{r.token} ({short_name(program, r.section)})" for r in requests)
    return f"Still wanted: {named}."


def waits_again(program: Program, requests: Sequence[EvidenceRequest]) -> Reply:
    """Requests whose answer left its section."""
    named = ", ".join(f"{r.token} ({short_name(program, r.section)})" for r in requests)
    return _plain(f"What had answered it stands there no more, so this is wanted again: {named}.")


def complete(program: Program, submission: Submission) -> str:
    """Everything came, and the set went back."""
    return (
        f"That was all: {program.set(submission.set_id).title} goes back, as it was but for what "
        "was asked for."
    )


def _wanted(program: Program, submission: Submission, request: EvidenceRequest) -> str:
    said = "".join(f" {one}" for one in said_of(submission, request.section))
    return (
        f"{full_name(program, request.section)}.{said} Send the file with {request.token} in its "
        "caption."
    )


def _plain(text: str) -> Reply:
    return Reply(blocks=(Paragraph(text=text),))
