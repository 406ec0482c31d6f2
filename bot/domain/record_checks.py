"""Whether what a record says fits together, before another installation takes it on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from bot.domain.program import Program
from bot.domain.record import Record, RecordedSubmission
from bot.domain.submission import OPEN_STAGES, Stage, manifest_sha256


def faults(record: Record, program: Program) -> Iterator[str]:
    """Everything that does not fit, a sentence each; nothing for a record that we wrote."""
    yield from _unknown_sets(record, program)
    yield from _unknown_sections(record, program)
    yield from _candidate(record, program)
    yield from _files(record)
    yield from _statements(record)
    yield from _submissions(record)
    yield from _after(record)


def _unknown_sets(record: Record, program: Program) -> Iterator[str]:
    known = {one.id for one in program.sets}
    named = (
        *record.candidate.electives,
        *record.routes,
        *(one.set_id for one in record.statements),
        *(one.set_id for one in record.submissions),
    )
    for set_id in dict.fromkeys(named):
        if set_id not in known:
            yield f"The program here has no set {set_id!r}."


def _unknown_sections(record: Record, program: Program) -> Iterator[str]:
    known = {one.id for one in program.sections}
    named = (
        *(section for one in record.files for section in one.filing.sections),
        *(s for step in record.history for f in (step.before, step.after) for s in f.sections),
        *(item.section for one in record.submissions for item in one.items),
        *(section for one in record.submissions for section in one.asked),
        *(one.section for one in record.requests),
    )
    for section in dict.fromkeys(named):
        if section not in known:
            yield f"The program here has no section {section[:60]!r}."


def _candidate(record: Record, program: Program) -> Iterator[str]:
    own, offered = record.candidate, {one.id for one in program.elective_sets}
    if not set(own.electives) <= offered or len(own.electives) > program.electives_needed:
        yield "The electives are not such as can be chosen here."
    if own.subscription_ends <= own.enrolled_on:
        yield "The subscription ends before it begins."
    steps = {step.id for step in program.rules.appeal.steps} if program.rules.appeal else set()
    if not {step.step for one in record.appeals for step in one.taken} <= steps:
        yield "An appeal has a step that the program here does not know."


def _files(record: Record) -> Iterator[str]:
    numbers = {one.number for one in record.files}
    if any(number < 1 for number in numbers) or _twice(one.number for one in record.files):
        yield "Two files have one number, or a file has none."
    for step in record.history:
        if step.file not in numbers:
            yield f"A step is about file {step.file}, which is not there."


def _statements(record: Record) -> Iterator[str]:
    newest: Counter[str] = Counter()
    for one in record.statements:
        newest[one.set_id] += 1
        if one.number != newest[one.set_id]:
            yield f"Version {one.number} of the statement for {one.set_id} is not in its place."


def _submissions(record: Record) -> Iterator[str]:
    held = {(one.number, one.sha256) for one in record.files}
    made: dict[int, RecordedSubmission] = {}
    for one in record.submissions:
        if not _follows(one, made.get(one.follows or 0)):
            yield f"Submission {one.number} does not follow what it says it follows."
        if (one.decision is not None) != (one.stage is Stage.DECIDED):
            yield f"Submission {one.number} is decided and not decided."
        if not {(item.number, item.sha256) for item in one.items} <= held:
            yield f"Submission {one.number} has a file that is not in the record."
        if manifest_sha256(one.items) != one.manifest_sha256:
            yield f"The hash of submission {one.number} does not fit its files."
        made[one.number] = one
    if _twice(one.number for one in record.submissions):
        yield "Two submissions have one number."
    if _twice(one.set_id for one in record.submissions if one.stage in OPEN_STAGES):
        yield "A set is submitted twice at once."


def _follows(one: RecordedSubmission, before: RecordedSubmission | None) -> bool:
    """Whether it is a first one, the next round, or the same judged again after an appeal."""
    if one.follows is None or before is None:
        return one.follows is None and one.round == 1 and not one.asked
    if one.asked:
        return one.round == before.round + 1
    return (one.round, one.route, one.items) == (before.round, before.route, before.items)


def _after(record: Record) -> Iterator[str]:
    """Requests and appeals, which follow from decided submissions."""
    decided = {one.number for one in record.submissions if one.decision}
    about = (
        *(one.submission for one in record.requests),
        *(one.submission for one in record.appeals),
    )
    if not set(about) <= decided:
        yield "A request or an appeal is about a submission that was not decided."
    if _twice((one.submission, one.section) for one in record.requests):
        yield "A request is there twice."
    if _twice(one.submission for one in record.appeals):
        yield "An appeal is there twice."


def _twice(values: Iterable[Hashable]) -> bool:
    return any(count > 1 for count in Counter(values).values())
