"""How progress is told: in words that read well aloud, and as the data of a picture."""

from __future__ import annotations

from datetime import date

from bot.domain.messages import Bar, Block, Bullets, Chart, Paragraph, Reply
from bot.domain.phases import Phase
from bot.domain.program import Program
from bot.domain.progress import Part, Progress, SetProgress
from bot.domain.rules import Route
from bot.domain.sections import SectionKind
from bot.phrases.sections import named, needs_of, together
from bot.phrases.times import told_in_full

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
        if part.missing and not part.complete:
            blocks.append(Bullets(items=tuple(f"{c.id}: {c.text}" for c in part.missing)))
    return Reply(blocks=tuple(blocks))


def missing_lead(program: Program, part: SetProgress) -> str:
    """One sentence on what a set lacks, before the list."""
    title, count = part.set.title, len(part.missing)
    if part.phase is not Phase.OPEN:
        return _came_of_it(program, part)
    if part.by_course:
        return f"{title} lacks nothing: {_course_filed(program)}, which proves the set."
    if part.complete:
        there = [f"{named(program, p.section.kind)} is there" for p in _beside(part.portfolio)]
        return f"{title} lacks nothing: {together(['every competency has evidence', *there])}."
    others = [named(program, s.kind) for s in part.lacking if s.kind is not SectionKind.COMPETENCY]
    if not count:
        return f"{title} lacks only {together(others)}."
    lacking = f"evidence for {count} of {_competencies(part)}"
    return f"{title} lacks {together([lacking, *others])}. {_instead(program, part)}"


def achieved(progress: Progress) -> str:
    """How many sets were approved, as a sentence to add; empty while none was."""
    count = progress.sets_achieved
    verb = "is" if count == 1 else "are"
    return f" {count} of them {verb} achieved." if count else ""


def clock(ends: date, days_left: int) -> str:
    """The subscription's end, as a sentence."""
    day = told_in_full(ends)
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
        return f"a course was recommended, {_recommended(part)}"
    if part.by_course:
        return "complete by course certificate"
    if part.complete:
        return "complete by portfolio"
    if part.route is Route.COURSE and part.chosen:
        return f"by course, {_others(part.course)}"
    own = (f"{len(part.covered)} of {_competencies(part)}", _others(_aimed_at(part)))
    return f"{part.done} of {part.total} parts: {', '.join(filter(None, own))}"


def _recommended(part: SetProgress) -> str:
    """How far a set is for which a course was recommended."""
    if part.refused:
        return "its certificate is not accepted: send another"
    if part.has_certificate and not part.by_course:
        return _others(part.course)
    return f"its certificate is {'filed: ready to submit' if part.by_course else 'not filed yet'}"


def _came_of_it(program: Program, part: SetProgress) -> str:
    """What is told of a set that was submitted, in place of what it lacks."""
    title = part.set.title
    match part.phase:
        case Phase.ACHIEVED:
            return f"{title} is achieved and yours for ever: it lacks nothing."
        case Phase.MORE_WANTED:
            return f"More documents are wanted for {title}. Say: requests, to see which."
        case Phase.COURSE_RECOMMENDED if part.by_course:
            return f"{title} lacks nothing: {_course_filed(program)}. Submit it."
        case Phase.COURSE_RECOMMENDED if part.refused:
            return (
                f"{title} lacks another {program.words.certificate}: the one that is filed was not "
                f"accepted, in submission {part.refused}. Add or replace a file first."
            )
        case Phase.COURSE_RECOMMENDED:
            lacking = together([named(program, section.kind) for section in part.lacking])
            return f"{title} lacks {lacking}: the review recommended a course."
        case _:
            return f"{title} is {set_state(part)}: nothing is wanted of you now."


def _course_filed(program: Program) -> str:
    """`its certificate is filed`, with what else the course route needs."""
    verb = "is" if len(program.rules.routes[Route.COURSE].needs) == 1 else "are"
    return f"{needs_of(program, Route.COURSE)} {verb} filed"


def _instead(program: Program, part: SetProgress) -> str:
    """What would do in place of a portfolio."""
    if part.has_certificate and part.chosen:
        return (
            f"Its {program.words.certificate} is filed, but you chose portfolio. To prove it by "
            f"that, say: prove {part.set.title} by course."
        )
    rule = program.rules.routes[Route.COURSE]
    if len(rule.needs) == 1:
        return f"A {program.words.certificate} would stand for all of it."
    return f"By {rule.title} it would need {needs_of(program, Route.COURSE)}."


def _competencies(part: SetProgress) -> str:
    count = len(part.set.competencies)
    return "1 competency" if count == 1 else f"{count} competencies"


def _aimed_at(part: SetProgress) -> tuple[Part, ...]:
    """What the route needs on which the set is."""
    return part.course if part.route is Route.COURSE else part.portfolio


def _beside(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What is needed beside the competencies."""
    return tuple(p for p in parts if p.section.kind is not SectionKind.COMPETENCY)


def _others(parts: tuple[Part, ...]) -> str:
    """`certificate there, no statement yet`."""
    kinds = ((p.section.kind.value, p.there) for p in _beside(parts))
    return ", ".join(f"{kind} there" if there else f"no {kind} yet" for kind, there in kinds)


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
    return _others(_aimed_at(part)) or f"{len(part.covered)} of {_competencies(part)}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
