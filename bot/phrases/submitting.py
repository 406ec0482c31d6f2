"""How submitting, withdrawing and what came of it are told."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.knowledge import Passage
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.readiness import Readiness
from bot.domain.rules import Outcome, RouteRule
from bot.domain.submission import Stage, Submission
from bot.domain.waiting import Waiting
from bot.phrases.cited import quoted
from bot.phrases.days import told
from bot.phrases.deciding import OUTCOMES, comments_of, matter
from bot.phrases.sections import short_name
from bot.phrases.stating import clock_time
from bot.phrases.submission_news import contents
from bot.phrases.waiting import aim, waiting_line

MOST_NAMED = 6  # missing sections named in a message
_STAGES = {
    Stage.WAITING: "waiting for a review",
    Stage.IN_REVIEW: "in review",
    Stage.WITHDRAWN: "withdrawn",
}


def submitted(
    program: Program,
    submission: Submission,
    token: str,
    *,
    waiting: Waiting | None,
    cited: Sequence[Passage],
) -> Reply:
    """To the candidate: what was submitted, and that it is safe; `cited` tell of a closed route."""
    number, title = submission.id, program.set(submission.set_id).title
    route = program.rules.routes[submission.route]
    round = f", round {submission.round}" if submission.round > 1 else ""
    lines = [
        f"Submitted: {title}, {route.title}, as submission {number}{round}, with "
        f"{contents(submission)}. What you change from now on does not touch it.",
        *([waiting_line(waiting)] if waiting else []),
        *aim(program),
        f"Until the review starts you can take it back: withdraw submission {number}.",
    ]
    return Reply(
        blocks=(
            *(Paragraph(text=line) for line in lines),
            *_closed(route, submission, cited),
            *_confirmation(submission, token),
        )
    )


def confirmed(program: Program, submission: Submission, token: str, zone: ZoneInfo) -> Reply:
    """The signed confirmation again."""
    line = (
        f"Confirmation of {matter(program, submission)}, submitted on "
        f"{clock_time(submission.submitted_at, zone)}, with {contents(submission)}."
    )
    return Reply(blocks=(Paragraph(text=line), *_confirmation(submission, token)))


def withdrawn(
    program: Program, submission: Submission, reopened: Sequence[EvidenceRequest]
) -> Reply:
    """To the candidate: taken back, and how to go on."""
    head = f"Withdrawn: {matter(program, submission)}. Your record is as it was."
    title = program.set(submission.set_id).title
    if not reopened:
        return _plain(f"{head} To submit the set again, say: submit {title}.")
    tokens = ", ".join(f"{r.token} ({short_name(program, r.section)})" for r in reopened)
    choice = Choice(label="What is still wanted", says="requests")
    text = f"{head} These requests wait for evidence again: {tokens}."
    return Reply(blocks=(Paragraph(text=text),), choices=(choice,))


def listed(program: Program, submissions: Sequence[Submission], zone: ZoneInfo) -> Reply:
    """All of a candidate's submissions, the newest first."""
    if not submissions:
        return _plain("You have submitted nothing yet. Say: ready, to see which set could be.")
    lines = tuple(_line(program, one, zone) for one in reversed(submissions))
    newest = submissions[-1].id
    how = Paragraph(text=f"To see one, say for example: submission {newest}.")
    return Reply(blocks=(Bullets(items=lines), how))


def shown(
    program: Program,
    submission: Submission,
    zone: ZoneInfo,
    *,
    open: Sequence[EvidenceRequest],
) -> Reply:
    """One submission: what is in it and what came of it. `open` are its requests still open."""
    number, decision = submission.id, submission.decision
    route = program.rules.routes[submission.route].title
    line = (
        f"{_line(program, submission, zone)} {route}, {contents(submission)}, SHA-256 of the list "
        f"{submission.manifest_sha256[:12]}\u2026."
    )
    blocks: list[Block] = [Paragraph(text=line)]
    if decision:
        blocks.append(Paragraph(text=f"The reason given: {decision.reason}"))
        if decision.outcome is Outcome.APPROVED:
            blocks += comments_of(submission)
    if open:
        items = tuple(f"{r.token} for {short_name(program, r.section)}" for r in open)
        blocks += [Paragraph(text="Still wanted:"), Bullets(items=items)]
    return Reply(blocks=tuple(blocks), choices=_next(submission, number, open))


def already(title: str, submission: Submission, zone: ZoneInfo) -> str:
    """Why a set that is on its way cannot be submitted."""
    way = (
        "What you change in your record does not touch it."
        if submission.started
        else f"To submit it anew, say first: withdraw submission {submission.id}."
    )
    return (
        f"{title} is submitted already, as submission {submission.id} on "
        f"{clock_time(submission.submitted_at, zone)}: {_STAGES[submission.stage]}. {way}"
    )


def more_wanted(title: str, submission: Submission, asked: Sequence[EvidenceRequest]) -> str:
    """Why a set of which more is wanted is not submitted, but answered."""
    tokens = ", ".join(request.token for request in asked)
    return (
        f"More documents are wanted for {title} after submission {submission.id}. Send them with "
        f"their codes ({tokens}); when all have come, the set goes back to its reviewers by "
        "itself. Say: requests."
    )


def not_ready(program: Program, found: Readiness) -> str:
    """What a set lacks, as lines."""
    title, missing = program.set(found.set_id).title, found.missing
    route = program.rules.routes[found.route].title
    named = [f"- {short_name(program, check.section)}: {check.reason}" for check in missing]
    more = len(named) - MOST_NAMED
    rest = [f"- and {more} more"] if more > 0 else []
    head = f"{title} ({route}) lacks {len(missing)} of {len(found.checks)} parts, so nothing was "
    return "\n".join(
        [f"{head}submitted:", *named[:MOST_NAMED], *rest, f"Say: ready {title}, to see all of it."]
    )


def _line(program: Program, one: Submission, zone: ZoneInfo) -> str:
    title = program.set(one.set_id).title
    when = clock_time(one.submitted_at, zone)
    decided = one.decision
    state = (
        f"{OUTCOMES[decided.outcome]} on {clock_time(decided.at, zone)}"
        if decided
        else _STAGES[one.stage]
    )
    round = f", round {one.round}" if one.round > 1 else ""
    return f"Submission {one.id}: {title}{round}, submitted on {when}: {state}."


def _closed(
    route: RouteRule, submission: Submission, cited: Sequence[Passage]
) -> tuple[Block, ...]:
    """That the documents call the route closed; told once, in the first round."""
    day = route.closed_on
    if day is None or submission.round > 1 or submission.submitted_at.date() < day:
        return ()
    text = (
        f"The documents say that this route closed on {told(day)}; staff decide what becomes of it."
    )
    return (Paragraph(text=text), *quoted(cited))


def _next(
    submission: Submission, number: int, open: Sequence[EvidenceRequest]
) -> tuple[Choice, ...]:
    again = Choice(label="Its confirmation", says=f"confirmation {number}")
    wanted = (Choice(label="What is still wanted", says="requests"),) if open else ()
    back = Choice(label="Withdraw it", says=f"withdraw submission {number}")
    return (*wanted, again, *((back,) if submission.open and not submission.started else ()))


def _confirmation(submission: Submission, token: str) -> tuple[Paragraph, ...]:
    lines = (
        f"Signed confirmation (SHA-256 of the list {submission.manifest_sha256[:12]}\u2026). "
        "Anyone can check it offline: carrel verify, then this line.",
        token,
    )
    return tuple(Paragraph(text=line) for line in lines)


def _plain(text: str) -> Reply:
    return Reply(blocks=(Paragraph(text=text),))
