"""What is still to be said after the verb and the number of a submission or a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.handover import HandedOver
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import DECIDING, Outcome
from bot.domain.submission import Submission
from bot.domain.verdict import Proposal
from bot.phrases.answering import heads, short
from bot.phrases.deciding import matter
from bot.phrases.rating import how_to_rate, proposes
from bot.phrases.sections import called
from bot.phrases.talk import awaiting

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
    """To whoever may decide: what more can be asked for, and how.

    It waits for a reason where nothing else has to be said.
    """
    number, about = submission.id, matter(program, submission)
    only = askable if len(askable) == 1 else ()
    named = only or (proposal.asks if proposal else ())
    if not named:
        lead = Paragraph(text=f"Asking for more documents in {about}.")
        blocks = tuple(_what_to_name(program, number, askable, how="Name"))
        return Reply(blocks=(lead, *blocks), choices=(_dossier(submission),))
    heads = f"{DECIDING[Outcome.MORE].format(number)}: "
    wanted = ", ".join(called(program, one) for one in named)
    lead = Paragraph(text=f"Asking for more documents in {about}, for: {wanted}.")
    how = Paragraph(text=f"Say: {heads}REASON. To see it first, say: dossier {number}.")
    others = () if only else _what_to_name(program, number, askable, how="Or name")
    return Reply(blocks=(lead, how, *others), heads=heads, awaits=True)


def answer(handed: HandedOver, asker: str) -> Reply:
    """To staff: how to reply to a question."""
    number = handed.number
    text = f"Question {number} from {asker}: \u201c{short(handed.question)}\u201d"
    how = f"Say: {heads(number)}YOUR REPLY. To see all of it first, say: question {number}."
    lines = (Paragraph(text=text), Paragraph(text=how))
    return Reply(blocks=lines, heads=heads(number), awaits=True)


def comment(number: int) -> Reply:
    """To somebody who may comment on a share: how."""
    how = f"comment share {number}: "
    return awaiting(
        f"What would you like to say about share {number}? Say: {how}YOUR WORDS.", heads=how
    )


def _what_to_name(
    program: Program, number: int, askable: Sequence[str], *, how: str
) -> Iterator[Block]:
    first = askable[0].rpartition("/")[2]
    yield Paragraph(text=f"{how} what it is for: ask more {number} {first}: REASON.")
    names = ", ".join(_called(program, one) for one in askable)
    yield Paragraph(text=f"More can be asked for: {names}.")


def _called(program: Program, section: str) -> str:
    """A section as people call it, and the word for it where that is another one."""
    name, word = called(program, section), section.rpartition("/")[2]
    return name if name == word else f"{name} ({word})"


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
