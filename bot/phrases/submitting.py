"""How submitting, withdrawing and what came of it are told."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.just_submitted import JustSubmitted
from bot.domain.knowledge import Passage
from bot.domain.messages import Block, Choice, Download, Paragraph, Reply
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.readiness import Readiness
from bot.domain.rounds import Difference
from bot.domain.rules import Route, RouteRule
from bot.domain.submission import Item, Stage, Submission
from bot.phrases.cited import quoted
from bot.phrases.deciding import matter
from bot.phrases.sections import same_again, short_name, together
from bot.phrases.submission_news import contents
from bot.phrases.submission_views import STAGES
from bot.phrases.talk import plain
from bot.phrases.times import moment, told
from bot.phrases.waiting import aim, waiting_line

MOST_NAMED = 6  # missing sections named in a message


def submitted(program: Program, made: JustSubmitted) -> Reply:
    """To the candidate: what was submitted, and that it is safe."""
    submission, waiting = made.submission, made.waiting
    number, title = submission.id, program.set(submission.set_id).title
    route = program.rules.routes[submission.route]
    round = f", round {submission.round}" if submission.round > 1 else ""
    lines = [
        f"Submitted: {title}, {route.title}, as submission {number}{round}, with "
        f"{contents(submission)}. What you change from now on does not touch it.",
        *_given_up(program, made.given_up),
        *([waiting_line(waiting)] if waiting else []),
        *aim(program),
        *_way_back(submission),
    ]
    return Reply(
        blocks=(
            *(Paragraph(text=line) for line in lines),
            *_closed(route, submission, made.cited),
            *_confirmation(submission, made.token),
        )
    )


def confirmed(program: Program, submission: Submission, token: str, zone: ZoneInfo) -> Reply:
    """The signed confirmation again."""
    line = (
        f"Confirmation of {matter(program, submission)}, submitted on "
        f"{moment(submission.submitted_at, zone)}, with {contents(submission)}."
    )
    return Reply(blocks=(Paragraph(text=line), *_confirmation(submission, token)))


def withdrawn(
    program: Program,
    submission: Submission,
    reopened: Sequence[EvidenceRequest],
    *,
    since: Difference,
) -> Reply:
    """To the candidate: taken back, and how to go on; `since` is what changed in the record."""
    head = f"Withdrawn: {matter(program, submission)}. {_as_it_is(program, since)}"
    title = program.set(submission.set_id).title
    if not reopened:
        return plain(f"{head} To submit the set again, say: submit {title}.")
    tokens = _tokens(program, reopened)
    choice = Choice(label="What is still wanted", says="requests")
    text = f"{head} These requests wait for evidence again: {tokens}."
    if submission.follows is None:
        text += f" Or, to prove it as you just did, say: submit {title}."
    return Reply(blocks=(Paragraph(text=text),), choices=(choice,))


def kept(program: Program, items: Sequence[tuple[Submission, Item]]) -> Reply:
    """After an undo: what submissions hold all the same, and how to take them back."""
    blocks = []
    for submission in dict.fromkeys(one for one, _ in items):
        named = together([_placed(program, i) for one, i in items if one.id == submission.id])
        text = f"S{matter(program, submission)[1:]} was frozen before and keeps {named}."
        if not submission.started:
            text += f" To take it back as a whole, say: withdraw submission {submission.id}."
        blocks.append(Paragraph(text=text))
    return Reply(blocks=tuple(blocks))


def letters(program: Program, filed: Sequence[Evidence]) -> Reply:
    """The letters in the record, as files."""
    lead = f"You have no {program.words.letter} yet: one comes with each set that is approved."
    if filed:
        lead = f"Letters in your {program.words.record_short}:"
    files = (
        Download(name=e.name, media_type=e.media_type, size=e.size, sha256=e.sha256) for e in filed
    )
    return Reply(blocks=(Paragraph(text=lead), *files))


def already(title: str, submission: Submission, zone: ZoneInfo) -> str:
    """Why a set that is on its way cannot be submitted."""
    way = (
        "What you change in your record does not touch it."
        if submission.started
        else f"To submit it anew, say first: withdraw submission {submission.id}."
    )
    return (
        f"{title} is submitted already, as submission {submission.id} on "
        f"{moment(submission.submitted_at, zone)}: {STAGES[submission.stage]}. {way}"
    )


def more_wanted(title: str, submission: Submission, asked: Sequence[EvidenceRequest]) -> str:
    """Why a set of which more is wanted is not submitted, but answered."""
    tokens = ", ".join(request.token for request in asked)
    other = next(route for route in Route if route is not submission.route)
    return (
        f"More documents are wanted for {title} after submission {submission.id}. Send them with "
        f"their codes ({tokens}); when all have come, the set goes back to its reviewers by "
        f"itself. Say: requests. To prove it otherwise, say: prove {title} by {other}."
    )


def not_ready(program: Program, found: Readiness) -> str:
    """What a set lacks, as lines."""
    title, missing = program.set(found.set_id).title, found.missing
    if found.refused:
        return f"{same_again(title, found.refused)} Nothing was submitted."
    route = program.rules.routes[found.route].title
    named = [f"- {short_name(program, check.section)}: {check.reason}" for check in missing]
    more = len(named) - MOST_NAMED
    rest = [f"- and {more} more"] if more > 0 else []
    head = f"{title} ({route}) lacks {len(missing)} of {len(found.checks)} parts, so nothing was "
    return "\n".join(
        [f"{head}submitted:", *named[:MOST_NAMED], *rest, f"Say: ready {title}, to see all of it."]
    )


def _way_back(submission: Submission) -> tuple[str, ...]:
    """How it is withdrawn, while it can be: back with its reviewers, until they rate again."""
    if submission.started:
        return ()
    waits = submission.stage is Stage.WAITING
    until = "the review starts" if waits else "its reviewers rate what is new"
    return (f"Until {until} you can take it back: withdraw submission {submission.id}.",)


def _given_up(program: Program, requests: Sequence[EvidenceRequest]) -> tuple[str, ...]:
    if not requests:
        return ()
    return (
        f"It takes the place of what was asked for in submission {requests[0].submission_id}, so "
        f"this is given up and not wanted any more: {_tokens(program, requests)}.",
    )


def _tokens(program: Program, requests: Sequence[EvidenceRequest]) -> str:
    return ", ".join(f"{r.token} ({short_name(program, r.section)})" for r in requests)


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


def _confirmation(submission: Submission, token: str) -> tuple[Paragraph, ...]:
    lines = (
        "Last, to keep: the signed confirmation of it (SHA-256 of the list "
        f"{submission.manifest_sha256[:12]}\u2026). You need not read it. Anyone can check it "
        "offline: carrel verify, then this line.",
        token,
    )
    return tuple(Paragraph(text=line) for line in lines)


def _as_it_is(program: Program, since: Difference) -> str:
    """Whether the record is as it was when it was submitted, and if not, where it differs."""
    if not since.any:
        return "Your record is as it was."
    gone = [
        _placed(program, item) for item in (*since.removed, *(r.before for r in since.replaced))
    ]
    new = [_placed(program, item) for item in (*since.added, *(r.after for r in since.replaced))]
    lines = (
        f"no more there: {together(gone)}" if gone else "",
        f"new: {together(new)}" if new else "",
    )
    return f"Your record has changed since it was submitted; {'; '.join(filter(None, lines))}."


def _placed(program: Program, item: Item) -> str:
    return f"file {item.number} ({item.name}) in {short_name(program, item.section)}"
