"""How progress is told: in words that read well aloud, and as the data of a picture."""

from __future__ import annotations

from datetime import date

from bot.domain.messages import Bar, Block, Bullets, Chart, Paragraph, Reply
from bot.domain.phases import Phase
from bot.domain.portfolio import Progress, SetProgress
from bot.domain.program import Program

_UNDER_WAY = {
    Phase.SUBMITTED: "submitted, waiting for a review",
    Phase.IN_REVIEW: "submitted, in review",
    Phase.MORE_WANTED: "more documents are wanted, say: requests",
    Phase.ACHIEVED: "achieved",
}


def overview(program: Program, progress: Progress, name: str) -> Reply:
    """Progress over the whole record."""
    record = program.words.record_short
    verb = "is" if progress.sets_complete == 1 else "are"
    lead = (
        f"{name}, {progress.sets_complete} of {progress.sets_needed} sets of your {record} {verb} "
        f"complete.{achieved(progress)}"
    )
    blocks: list[Block] = [Paragraph(text=lead)]
    blocks.append(Bullets(items=tuple(_set_line(s) for s in progress.sets)))
    blocks += [Paragraph(text=line) for line in _notes(progress)]
    blocks.append(_chart(program, progress, name))
    return Reply(blocks=tuple(blocks))


def missing(program: Program, parts: tuple[SetProgress, ...]) -> Reply:
    """What each of these sets still lacks."""
    blocks: list[Block] = []
    for part in parts:
        blocks.append(Paragraph(text=missing_lead(program, part)))
        if part.phase is Phase.OPEN and not part.complete:
            blocks.append(Bullets(items=tuple(f"{c.id}: {c.text}" for c in part.missing)))
    return Reply(blocks=tuple(blocks))


def missing_lead(program: Program, part: SetProgress) -> str:
    """One sentence on what a set lacks, before the list."""
    title, words = part.set.title, program.words
    if part.phase is not Phase.OPEN:
        return _came_of_it(program, part)
    if part.has_certificate:
        return f"{title} lacks nothing: its {words.certificate} is filed, which proves the set."
    if part.complete:
        return f"{title} lacks nothing: every competency has evidence and the statement is there."
    statement = "" if part.has_statement else f" and the {words.statement}"
    count = len(part.missing)
    if not count:
        return f"{title} lacks only the {words.statement}."
    noun = "competency" if len(part.set.competencies) == 1 else "competencies"
    return (
        f"{title} lacks evidence for {count} of {len(part.set.competencies)} {noun}{statement}. "
        f"A {words.certificate} would stand for all of it."
    )


def achieved(progress: Progress) -> str:
    """How many sets were approved, as a sentence to add; empty while none was."""
    count = progress.sets_achieved
    verb = "is" if count == 1 else "are"
    return f" {count} of them {verb} achieved." if count else ""


def clock(ends: date, days_left: int) -> str:
    """The subscription's end, as a sentence."""
    day = f"{ends:%A}, {ends.day} {ends:%B %Y}"
    if days_left < 0:
        return f"Your subscription ended on {day}, {_days(-days_left)} ago."
    if days_left == 0:
        return f"Your subscription ends today, {day}."
    return f"Your subscription ends on {day}, in {_days(days_left)}."


def set_state(part: SetProgress) -> str:
    """A set's state in a few words."""
    if part.phase in _UNDER_WAY:
        return _UNDER_WAY[part.phase]
    if part.phase is Phase.COURSE_RECOMMENDED:
        there = "filed: ready to submit" if part.has_certificate else "not filed yet"
        return f"a course was recommended, its certificate is {there}"
    if part.has_certificate:
        return "complete by course certificate"
    if part.complete:
        return "complete by portfolio"
    statement = "statement there" if part.has_statement else "no statement yet"
    count = len(part.set.competencies)
    noun = "competency" if count == 1 else "competencies"
    own = f"{len(part.covered)} of {count} {noun}, {statement}"
    return f"{part.done} of {part.total} parts: {own}"


def _came_of_it(program: Program, part: SetProgress) -> str:
    """What is told of a set that was submitted, in place of what it lacks."""
    title, certificate = part.set.title, program.words.certificate
    match part.phase:
        case Phase.ACHIEVED:
            return f"{title} is achieved and yours for ever: it lacks nothing."
        case Phase.MORE_WANTED:
            return f"More documents are wanted for {title}. Say: requests, to see which."
        case Phase.COURSE_RECOMMENDED if part.has_certificate:
            return f"{title} lacks nothing: its {certificate} is filed. Submit it."
        case Phase.COURSE_RECOMMENDED:
            return f"{title} lacks its {certificate}: the review recommended a course."
        case _:
            return f"{title} is {set_state(part)}: nothing is wanted of you now."


def _set_line(part: SetProgress) -> str:
    return f"{part.set.title}: {set_state(part)}."


def _notes(progress: Progress) -> list[str]:
    notes = []
    absent = [s.title for s, there in progress.record if not there]
    if absent:
        notes.append(f"Not in your record yet: {', '.join(absent)}.")
    if progress.waiting:
        numbers = ", ".join(str(e.number) for e in progress.waiting)
        notes.append(f"Waiting for a section: file {numbers}.")
    if progress.open_electives:
        notes.append(f"Electives still to choose: {progress.open_electives}.")
    notes.append(clock(progress.subscription_ends, progress.days_left))
    return notes


def _chart(program: Program, progress: Progress, name: str) -> Chart:
    bars = tuple(
        Bar(label=s.set.title, done=s.done, total=s.total, note=_remark(s)) for s in progress.sets
    )
    parts = "; ".join(f"{s.set.title} {s.done} of {s.total} parts" for s in progress.sets)
    return Chart(
        title=f"{program.words.record} of {name}",
        bars=bars,
        footer=clock(progress.subscription_ends, progress.days_left),
        alt=f"Bar chart of {name}'s progress. {parts}.",
    )


def _remark(part: SetProgress) -> str:
    """What a bar's count does not tell."""
    if part.complete or part.phase is not Phase.OPEN:
        return set_state(part)
    return "statement there" if part.has_statement else "no statement yet"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
