"""How candidates hear of a review on its way."""

from __future__ import annotations

from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.submission import Submission
from bot.phrases.deciding import matter


def started(program: Program, submission: Submission) -> Reply:
    """Somebody has taken it on; who, the candidate is not told."""
    text = (
        f"The review of {matter(program, submission)} has begun. You need not do anything: you are "
        "told the decision. While it is under review it cannot be withdrawn."
    )
    look = Choice(label="See the submission", says=f"submission {submission.id}")
    return Reply(blocks=(Paragraph(text=text),), choices=(look,))
