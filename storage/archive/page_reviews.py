"""What came of a set, for the page of an exported record: its texts, reviews and appeals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from bot.domain.appeal import Appeal
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.rules import OUTCOMES, Outcome
from bot.domain.submission import Stage, Submission
from bot.phrases.submission_news import contents
from bot.usecases.export_record import Export, ExportedStatement
from storage.archive.html import Element, instant, node, row, table

_STAGES = {
    Stage.WAITING: "waiting for a review",
    Stage.IN_REVIEW: "in review",
    Stage.WITHDRAWN: "withdrawn",
}


def review_parts(export: Export, set_id: str) -> Iterator[Element]:
    """Everything about the set but its files; nothing when there is nothing."""
    route = export.routes.get(set_id)
    if route:
        yield node("p", f"Route chosen: {export.program.rules.routes[route].title}.")
    versions = [one for one in export.statements if one.version.set_id == set_id]
    if versions:
        yield from _statement(versions, export.program.words.statement)
    submissions = [s.submission for s in export.submissions if s.submission.set_id == set_id]
    if submissions:
        yield from _submissions(export, submissions)
    for one in submissions:
        yield from _review(export, one)


def sharing_part(export: Export) -> tuple[Element, ...]:
    """With whom what was shared, and what was said about it."""
    if not export.shares:
        return (node("p", "Nothing was shared with anybody."),)
    titles = {one.id: one.title for one in export.program.sets}
    shares = (
        row(
            f"{one.share.id}. {one.mentor}",
            titles.get(one.share.set_id, one.share.set_id) or "everything",
            instant(one.share.made_at),
            instant(one.share.ended_at),
        )
        for one in export.shares
    )
    columns = ("With", "What", "From", "Until")
    made = table("Shares, oldest first", columns, shares)
    if not export.comments:
        return (made,)
    said = (
        row(instant(c.at), c.author, c.section or titles.get(c.set_id, ""), c.text)
        for c in export.comments
    )
    return made, table("What was said about them", ("When", "Who", "About", "Words"), said)


def _statement(versions: list[ExportedStatement], word: str) -> Iterator[Element]:
    newest = versions[-1].version
    yield node("h3", f"{word[0].upper()}{word[1:]}, version {newest.number}")
    yield node("blockquote", *(node("p", paragraph) for paragraph in newest.paragraphs))
    yield node("ul", *map(_version, versions))


def _version(one: ExportedStatement) -> Element:
    link = node("a", f"Version {one.version.number}", href=quote(one.path))
    return node("li", link, f", {one.version.words} words, ", instant(one.version.at))


def _submissions(export: Export, submissions: list[Submission]) -> Iterator[Element]:
    rows = (
        row(
            f"Submission {one.id}, round {one.round}",
            export.program.rules.routes[one.route].title,
            instant(one.submitted_at),
            node("span", f"{contents(one)}, ", node("code", one.manifest_sha256)),
            _outcome(one),
        )
        for one in submissions
    )
    yield node("h3", "Submissions and decisions")
    columns = ("Submission", "Route", "Submitted", "Contents and their hash", "Outcome")
    yield table("Submissions of this set, oldest first", columns, rows)


def _outcome(one: Submission) -> Element:
    decision = one.decision
    if decision is None:
        return node("span", _STAGES.get(one.stage, one.stage.value))
    sections = f" ({', '.join(decision.sections)})" if decision.sections else ""
    who = node("small", f"By {decision.name}, ", instant(decision.at))
    words = f"{OUTCOMES[decision.outcome]}{sections}: {decision.reason}"
    return node("span", words, who)


def _review(export: Export, one: Submission) -> Iterator[Element]:
    if one.ratings:
        words = export.program.rules.review.words
        rows = (
            row(r.competency, f"Reviewer {r.reviewer}", words[r.rating], r.comment)
            for r in one.ratings
        )
        columns = ("Competency", "Who", "Rating", "Comment")
        yield table(f"Ratings of submission {one.id}", columns, rows)
        if one.decision is None or one.decision.outcome is Outcome.MORE:
            yield node("p", "Other comments are told when the set is approved.")
    requests = [r for r in export.requests if r.submission_id == one.id]
    if requests:
        columns = ("Code", "Wanted for", "Since", "Answered")
        caption = f"More wanted after submission {one.id}"
        yield table(caption, columns, map(_request, requests))
    for appeal in export.appeals:
        if appeal.submission_id == one.id:
            yield from _appeal(export, appeal)


def _request(request: EvidenceRequest) -> Element:
    answered: Element | str = "not yet"
    if request.given_up:
        answered = "given up, since something else was submitted"
    elif request.closed_at:
        answered = node("span", f"by file {request.closed_by}, ", instant(request.closed_at))
    return row(request.token, request.section, instant(request.opened_at), answered)


def _appeal(export: Export, appeal: Appeal) -> Iterator[Element]:
    """The notice as it was filed, or as it was drafted, and each step that was taken."""
    state = "Appeal" if appeal.filed else "Draft of an appeal, not filed,"
    yield node("h3", f"{state} against the decision on submission {appeal.submission_id}")
    lines = (line for line in appeal.notice.splitlines() if line.strip())
    yield node("blockquote", *(node("p", line) for line in lines))
    rule = export.program.rules.appeal
    titles = {step.id: step.title for step in rule.steps} if rule else {}
    rows = (row(titles.get(t.step, t.step), _day(t.day), t.note) for t in appeal.taken)
    if appeal.filed:
        caption = f"Steps of the appeal about submission {appeal.submission_id}"
        yield table(caption, ("Step", "Day", "Words"), rows)
    if appeal.result:
        yield node("p", f"Result: {appeal.result}. {appeal.result_note}")


def _day(day: date) -> Element:
    return node("time", day.isoformat(), datetime=day.isoformat(), class_="figure")
