"""How the queue and the taking on of submissions are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.review_queue import Queue, Queued
from bot.domain.submission import Submission
from bot.phrases.rating import how_to_rate

BUTTONS = 3  # submissions that can be taken on by a button


def queue(program: Program, queue: Queue, *, asker: int) -> Reply:
    """A page of the queue; `asker` is the number of who asks."""
    if not queue.page:
        return Reply(blocks=(Paragraph(text=_nothing(queue.total)),))
    verb = "submission waits" if queue.total == 1 else "submissions wait"
    lead = f"{queue.total:,} {verb} for a decision, the oldest first:"
    lines = tuple(f"{_line(program, one)} {_places(one)}" for one in queue.page)
    blocks: list[Block] = [Paragraph(text=lead), Bullets(items=lines)]
    choices = _claims(queue.page, asker) if queue.may_claim else ()
    if queue.more:
        last = queue.page[-1].submission.id
        blocks.append(Paragraph(text=f"For the next ones, say: queue after {last}."))
        choices = (*choices, Choice(label="More", says=f"queue after {last}"))
    return Reply(blocks=tuple(blocks), choices=choices)


def mine(program: Program, reviews: Sequence[Queued]) -> Reply:
    """What a reviewer has taken on."""
    if not reviews:
        text = "You have no open reviews. Say: queue, to see what waits."
        return Reply(blocks=(Paragraph(text=text),))
    lines = tuple(f"{_line(program, one)} {_left(one)}" for one in reviews)
    hint = "To see one, say: dossier NUMBER, or: ratings NUMBER. To give one back: release NUMBER."
    return Reply(
        blocks=(
            Paragraph(text="Your open reviews, the oldest first:"),
            Bullets(items=lines),
            Paragraph(text=hint),
        )
    )


def claimed(program: Program, submission: Submission, left: Sequence[str]) -> Reply:
    """After taking one on: what to do now. `left` are the competencies to be rated."""
    number, title = submission.id, program.set(submission.set_id).title
    places = program.rules.review.reviewers[submission.route]
    lines = (
        f"Submission {number}, {title}, is yours to review: place {len(submission.claims)} of "
        f"{places} is taken. To see its files, say: dossier {number}.",
        how_to_rate(program, submission, left),
        f"To give it back, say: release {number}.",
    )
    dossier = Choice(label=f"Dossier of submission {number}", says=f"dossier {number}")
    rate = Choice(label=f"Rate submission {number}", says=f"rate {number}")
    choices = (dossier, rate) if left else (dossier,)
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)


def released(submission: Submission) -> Reply:
    """After giving one back."""
    number = submission.id
    text = (
        f"Submission {number} is in the queue again; what you rated in this round is gone. "
        f"To take it on anew, say: claim {number}."
    )
    return Reply(blocks=(Paragraph(text=text),))


def _line(program: Program, one: Queued) -> str:
    submission = one.submission
    title = program.set(submission.set_id).title
    route = program.rules.routes[submission.route].title
    files = len({item.number for item in submission.items})
    return (
        f"{submission.id}: {one.candidate}, {title}, {route}, round {submission.round}, "
        f"{files} {'file' if files == 1 else 'files'}, {_waits(one.days)}."
    )


def _waits(days: int) -> str:
    if days <= 0:
        return "since today"
    return "waiting 1 day" if days == 1 else f"waiting {days:,} days"


def _places(one: Queued) -> str:
    free = f"{one.free} {'place' if one.free == 1 else 'places'} free" if one.free else "full"
    names = " and ".join(claim.name for claim in one.submission.claims)
    return f"Taken on by {names}; {free}." if names else f"{free}.".capitalize()


def _left(one: Queued) -> str:
    return f"{one.left} left for you to rate." if one.left else "Nothing left for you to rate."


def _claims(page: Sequence[Queued], asker: int) -> tuple[Choice, ...]:
    open_to = [o for o in page if o.free and not o.submission.claimed_by(asker)]
    return tuple(
        Choice(label=f"Claim {o.submission.id}, {o.candidate}", says=f"claim {o.submission.id}")
        for o in open_to[:BUTTONS]
    )


def _nothing(total: int) -> str:
    return "There is nothing after that. Say: queue." if total else "Nothing waits for a review."
