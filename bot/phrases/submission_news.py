"""How reviewers and staff are told of what candidates submit."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rounds import Difference
from bot.domain.submission import Item, Submission
from bot.phrases.deciding import matter
from bot.phrases.filing import size
from bot.phrases.sections import short_name

MOST_NAMED = 6  # files named in a message


def alert(
    program: Program,
    name: str,
    submission: Submission,
    *,
    claimable: bool,
    given_up: Sequence[EvidenceRequest] = (),
) -> Reply:
    """To reviewers, who may claim it, or to staff: there is something new to review.

    `given_up` are requests that it takes the place of.
    """
    route = program.rules.routes[submission.route].title
    line = (
        f"{name} submitted {program.set(submission.set_id).title} ({route}): submission "
        f"{submission.id}, {contents(submission)}."
    )
    if given_up:
        first = given_up[0].submission_id
        line += f" What was asked for in submission {first} is given up for it and will not come."
    return Reply(blocks=(Paragraph(text=line),), choices=_take(submission, claimable=claimable))


def judged_again_alert(program: Program, name: str, submission: Submission, *, note: str) -> Reply:
    """To reviewers: after an appeal all of a submission is judged again; `note` says why."""
    line = (
        f"After an appeal {matter(program, submission)} of {name} is judged again from the start: "
        f"the same {contents(submission)} as in submission {submission.follows}, without its "
        f"ratings. The reason given: {note}"
    )
    return Reply(blocks=(Paragraph(text=line),), choices=_take(submission, claimable=True))


def returned_alert(
    program: Program,
    name: str,
    submission: Submission,
    *,
    found: Difference,
    claimable: bool,
) -> Reply:
    """To the reviewers and staff: a set is back, and what is new in it.

    Whoever may still claim it is told how much that is, and no file's name.
    """
    line = (
        f"{name} sent what was asked for in submission {submission.follows}: "
        f"{program.set(submission.set_id).title} is back as submission {submission.id}, round "
        f"{submission.round}. Only what was asked for is to be reviewed again."
    )
    news = differences(program, found, named=not claimable)
    blocks = (Paragraph(text=line), Bullets(items=news))
    return Reply(blocks=blocks, choices=_take(submission, claimable=claimable))


def withdrawn_alert(program: Program, name: str, submission: Submission) -> Reply:
    """To reviewers and staff: there is nothing to review any more."""
    text = f"{name} withdrew {matter(program, submission)}. There is nothing to do."
    return Reply(blocks=(Paragraph(text=text),))


def differences(program: Program, found: Difference, *, named: bool) -> tuple[str, ...]:
    """What is new in a round, a line for each kind; files are named or only counted."""
    replaced = tuple(one.after for one in found.replaced)
    kinds = (("New", found.added), ("Replaced", replaced), ("Taken out", found.removed))
    lines = [
        f"{kind}: {_items(program, items) if named else len(items)}."
        for kind, items in kinds
        if items
    ]
    return (*lines, f"Unchanged: {len(found.unchanged)}.")


def contents(submission: Submission) -> str:
    """`11 files, 3.2 MB`; a file that stands in two sections is one."""
    sizes = {item.number: item.size for item in submission.items}
    count = "1 file" if len(sizes) == 1 else f"{len(sizes)} files"
    return f"{count}, {size(sum(sizes.values()))}"


def _items(program: Program, items: Sequence[Item]) -> str:
    named = [f"{i.name} in {short_name(program, i.section)}" for i in items[:MOST_NAMED]]
    more = len(items) - MOST_NAMED
    return ", ".join([*named, *([f"and {more} more"] if more > 0 else [])])


def _take(submission: Submission, *, claimable: bool) -> tuple[Choice, ...]:
    number = submission.id
    claim = (Choice(label=f"Claim {number}", says=f"claim {number}"),) if claimable else ()
    return (*claim, Choice(label=f"Dossier of {number}", says=f"dossier {number}"))
