"""How submissions are listed and shown, to each as they may see them."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import OUTCOMES
from bot.domain.submission import Stage, Submission
from bot.domain.submission_view import Offered, SeenSubmission, View
from bot.phrases.deciding import comments_of
from bot.phrases.sections import short_name
from bot.phrases.submission_news import contents
from bot.phrases.times import clock_time, times_of

STAGES = {
    Stage.WAITING: "waiting for a review",
    Stage.IN_REVIEW: "in review",
    Stage.WITHDRAWN: "withdrawn",
}
_LABELS = {
    Offered.REQUESTS: ("What is still wanted", "requests"),
    Offered.CONFIRMATION: ("Its confirmation", "confirmation {}"),
    Offered.WITHDRAW: ("Withdraw it", "withdraw submission {}"),
    Offered.DOSSIER: ("Its dossier", "dossier {}"),
    Offered.RATINGS: ("Its ratings", "ratings {}"),
}


def listed(program: Program, submissions: Sequence[Submission], zone: ZoneInfo) -> Reply:
    """All of a candidate's submissions, the newest first."""
    if not submissions:
        nothing = "You have submitted nothing yet. Say: ready, to see which set could be."
        return Reply(blocks=(Paragraph(text=nothing),))
    lines = tuple(_line(program, one, zone) for one in reversed(submissions))
    newest = submissions[-1].id
    how = Paragraph(text=f"{times_of(zone)} To see one, say for example: submission {newest}.")
    return Reply(blocks=(Bullets(items=lines), how))


def shown(program: Program, seen: SeenSubmission, zone: ZoneInfo) -> Reply:
    """One submission: what is in it and what came of it, as far as it is for the reader."""
    submission = seen.submission
    route = program.rules.routes[submission.route].title
    whose = "" if seen.view is View.OWN else f" of {seen.owner}"
    line = (
        f"{_line(program, submission, zone, whose=whose)} {route}, {contents(submission)}, SHA-256 "
        f"of the list {submission.manifest_sha256[:12]}\u2026. {times_of(zone)}"
    )
    of_review = _for_candidate(seen) if seen.view is View.OWN else _for_staff(seen)
    further = of_review if seen.view is not View.MENTOR else ()
    blocks = (Paragraph(text=line), *further, *_wanted(program, seen))
    return Reply(blocks=blocks, choices=tuple(_choice(seen, one) for one in seen.offered))


def _for_candidate(seen: SeenSubmission) -> tuple[Block, ...]:
    decision = seen.submission.decision
    if decision is None:
        return ()
    reason = Paragraph(text=f"The reason given: {decision.reason}")
    return (reason, *comments_of(seen.submission))


def _for_staff(seen: SeenSubmission) -> tuple[Block, ...]:
    """Who has it, who decided and why, and what the reviewers wrote, with their names."""
    submission, decision = seen.submission, seen.submission.decision
    reviewers = ", ".join(claim.name for claim in submission.claims)
    lines = [f"Taken on by {reviewers}."] if reviewers else []
    if decision:
        lines.append(f"{decision.name} decided. The reason given: {decision.reason}")
    said = tuple(
        f"{one.competency}: {seen.names.get(one.reviewer, 'somebody')}: {one.comment.strip()}"
        for one in submission.ratings
        if one.comment.strip()
    )
    wrote = (Paragraph(text="What the reviewers wrote:"), Bullets(items=said)) if said else ()
    return (*(Paragraph(text=line) for line in lines), *wrote)


def _wanted(program: Program, seen: SeenSubmission) -> tuple[Block, ...]:
    if not seen.open:
        return ()
    items = tuple(f"{r.token} for {short_name(program, r.section)}" for r in seen.open)
    return (Paragraph(text="Still wanted:"), Bullets(items=items))


def _choice(seen: SeenSubmission, offered: Offered) -> Choice:
    label, says = _LABELS[offered]
    return Choice(label=label, says=says.format(seen.submission.id))


def _line(program: Program, one: Submission, zone: ZoneInfo, *, whose: str = "") -> str:
    title = program.set(one.set_id).title
    when = clock_time(one.submitted_at, zone)
    decided = one.decision
    state = (
        f"{OUTCOMES[decided.outcome]} on {clock_time(decided.at, zone)}"
        if decided
        else STAGES[one.stage]
    )
    round = f", round {one.round}" if one.round > 1 else ""
    round += f" (submission {one.follows} judged again)" if one.judged_again else ""
    return f"Submission {one.id}{whose}: {title}{round}, submitted on {when}: {state}."
