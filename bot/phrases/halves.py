"""What is still to be said after the verb and the number of a submission or a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.handover import HandedOver
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import DECIDING, Outcome
from bot.domain.submission import Submission
from bot.domain.verdict import Proposal
from bot.phrases.answering import short
from bot.phrases.deciding import matter
from bot.phrases.rating import how_to_rate, proposes

_LABELS = {
    Outcome.APPROVED: "Approve {}",
    Outcome.MORE: "Ask more of {}",
    Outcome.COURSE: "Recommend a course in {}",
}


def rate(program: Program, submission: Submission, left: Sequence[str]) -> Reply:
    """To a reviewer: how to rate what is left."""
    lead = f"Rating {matter(program, submission)}."
    lines = (lead, how_to_rate(program, submission, left))
    return Reply(
        blocks=tuple(Paragraph(text=line) for line in lines),
        choices=(_dossier(submission), _ratings(submission)),
    )


def decide(
    program: Program,
    submission: Submission,
    owner: str,
    outcomes: Sequence[Outcome],
    proposal: Proposal | None,
) -> Reply:
    """To whoever may decide: each decision that is open, and how to say it."""
    number = submission.id
    lead = f"Deciding {matter(program, submission)} of {owner}."
    rule = f" {proposes(proposal)}" if proposal else ""
    how = "Say one of these with your reason, which the candidate will read:"
    lines = tuple(f"{DECIDING[outcome].format(number)}: REASON" for outcome in outcomes)
    blocks = (Paragraph(text=lead + rule), Paragraph(text=how), Bullets(items=lines))
    return Reply(blocks=blocks, choices=(*_outcomes(number, outcomes), _dossier(submission)))


def too_early(program: Program, submission: Submission, missing: int) -> Reply:
    """To whoever may decide: ratings are still to come."""
    count = "1 rating is" if missing == 1 else f"{missing} ratings are"
    text = f"{count} still to come before {matter(program, submission)} can be decided."
    return Reply(blocks=(Paragraph(text=text),), choices=(_ratings(submission),))


def ask_more(
    program: Program, submission: Submission, askable: Sequence[str], proposal: Proposal | None
) -> Reply:
    """To whoever may decide: what more can be asked for, and how."""
    blocks = tuple(_how_to_ask(submission, askable, proposal))
    lead = Paragraph(text=f"Asking for more documents in {matter(program, submission)}.")
    return Reply(blocks=(lead, *blocks), choices=(_dossier(submission),))


def answer(handed: HandedOver, asker: str) -> Reply:
    """To staff: how to reply to a question."""
    number = handed.number
    text = f"Question {number} from {asker}: \u201c{short(handed.question)}\u201d"
    how = f"Say: answer {number}: YOUR REPLY."
    show = Choice(label=f"Show question {number}", says=f"question {number}")
    return Reply(blocks=(Paragraph(text=text), Paragraph(text=how)), choices=(show,))


def _how_to_ask(
    submission: Submission, askable: Sequence[str], proposal: Proposal | None
) -> Iterator[Block]:
    number, named = submission.id, proposal.asks if proposal else ()
    if named:
        own = f"Say: ask more {number}: REASON, for what the rule names ({', '.join(named)})."
        yield Paragraph(text=own)
    others = "Or name" if named else "Name"
    yield Paragraph(text=f"{others} what it is for: ask more {number} {askable[0]}: REASON.")
    yield Paragraph(text=f"More can be asked for: {', '.join(askable)}.")


def _outcomes(number: int, outcomes: Sequence[Outcome]) -> tuple[Choice, ...]:
    return tuple(
        Choice(label=_LABELS[one].format(number), says=DECIDING[one].format(number))
        for one in outcomes
    )


def _dossier(submission: Submission) -> Choice:
    number = submission.id
    return Choice(label=f"Dossier of {number}", says=f"dossier {number}")


def _ratings(submission: Submission) -> Choice:
    number = submission.id
    return Choice(label=f"Ratings of {number}", says=f"ratings {number}")
