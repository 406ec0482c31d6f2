"""How a shared set, or a whole shared record, is shown to a mentor."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Block, Bullets, Choice, Download, Paragraph, Reply
from bot.domain.people import Person
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence
from bot.domain.program import Program, Section
from bot.domain.progress import SetProgress
from bot.domain.rules import Route
from bot.domain.sections import SectionKind
from bot.domain.shared_record import SharedRecord, SharedSet
from bot.phrases.filing import size
from bot.phrases.sections import short_name
from bot.phrases.sharing import comment_blocks, part_name
from bot.phrases.stating import words
from bot.phrases.talk import plain
from bot.phrases.times import moment

MOST_COMMENTS = 5  # newest ones shown below a record
MOST_CHOICES = 6


def shown(program: Program, seen: SharedRecord, reader: Person) -> Reply:
    """The part of a record that is shared: one set in full, or every set in a line."""
    until = moment(seen.share.until, reader.zone)
    name, number = part_name(program, seen.part), seen.share.id
    name = name[0].upper() + name[1:]
    head = Paragraph(text=f"{name} of {seen.owner.name}, share {number}, until {until}.")
    said = comment_blocks(program, seen.comments[-MOST_COMMENTS:], reader.zone)
    how = Paragraph(text=f"To say something about it: comment share {number} SECTION: WORDS.")
    if seen.part:
        (one,) = seen.sets
        blocks, choices = _one(program, one, seen), _opens(seen)
    else:
        blocks, choices = _all(program, seen), _looks(seen)
    return Reply(blocks=(head, *blocks, *said, how), choices=choices)


def statement(program: Program, seen: SharedRecord) -> Reply:
    """A shared set's learning statement, paragraph by paragraph."""
    (one,) = seen.sets
    title, kind = one.progress.set.title, program.words.statement
    if one.statement is None:
        return plain(f"{seen.owner.name} has written no {kind} for {title} here yet.")
    lead = (
        f"The {kind} for {title} of {seen.owner.name}, version {one.statement.number}, "
        f"{words(one.statement)}:"
    )
    texts = (lead, *one.statement.paragraphs)
    return Reply(blocks=tuple(Paragraph(text=text) for text in texts))


def opened(program: Program, evidence: Evidence, owner: Person) -> Reply:
    """One shared file."""
    places = " and ".join(short_name(program, s) for s in evidence.filing.sections)
    lead = f"File {evidence.number} of {owner.name}, {_file(evidence)}, in {places}:"
    download = Download(
        name=evidence.name,
        media_type=evidence.media_type,
        size=evidence.size,
        sha256=evidence.sha256,
    )
    return Reply(blocks=(Paragraph(text=lead), download))


def _one(program: Program, one: SharedSet, seen: SharedRecord) -> tuple[Block, ...]:
    part, competencies = one.progress, one.progress.set.competencies
    lines = [f"It has {_state(program, part)}, {_written(program, one)}."]
    lacking = [c.id for c in competencies if c.id not in part.covered]
    if lacking and part.route is not Route.COURSE:
        lines.append(f"Nothing is filed for {', '.join(lacking)}.")
    files = _by_section(program.sections_of(part.set.id), seen.files)
    blocks: tuple[Block, ...] = tuple(Paragraph(text=line) for line in lines)
    return (*blocks, Bullets(items=files)) if files else blocks


def _all(program: Program, seen: SharedRecord) -> tuple[Block, ...]:
    sets = tuple(
        f"{one.progress.set.title}: {_state(program, one.progress)}, {_written(program, one)}."
        for one in seen.sets
        if one.progress.started or one.statement
    )
    record = [s for s in program.sections if s.kind is SectionKind.RECORD]
    files = _by_section(record, seen.files)
    if not (sets or files):
        return (Paragraph(text="Nothing is filed in it yet."),)
    return tuple(Bullets(items=lines) for lines in (sets, files) if lines)


def _state(program: Program, part: SetProgress) -> str:
    """What is filed for a set and how far it is on its way."""
    count = len(part.set.competencies)
    filed = f"evidence for {len(part.covered)} of {count} competencies"
    if part.has_certificate:
        filed = f"its {program.words.certificate}"
    return filed if part.phase is Phase.OPEN else f"{filed} ({part.phase.value})"


def _written(program: Program, one: SharedSet) -> str:
    kind = program.words.statement
    if one.statement:
        return f"a {kind} of {words(one.statement)}"
    return f"a {kind} as a file" if one.progress.has_statement else f"no {kind}"


def _by_section(sections: Sequence[Section], files: Sequence[Evidence]) -> tuple[str, ...]:
    """A line for each file in each section, in the program's order."""
    return tuple(
        f"{_short(section)}: file {one.number}, {_file(one)}"
        for section in sections
        for one in files
        if section.id in one.filing.sections
    )


def _short(section: Section) -> str:
    return section.id if section.kind is SectionKind.COMPETENCY else section.title


def _file(evidence: Evidence) -> str:
    return f"{evidence.name} ({size(evidence.size)}, {evidence.filing.kind.value})"


def _opens(seen: SharedRecord) -> tuple[Choice, ...]:
    number, (one,) = seen.share.id, seen.sets
    title = one.progress.set.title
    read = Choice(label="Read the statement", says=f"look at share {number} {title} statement")
    files = tuple(
        Choice(label=f"Open file {e.number}", says=f"open share {number} file {e.number}")
        for e in seen.files
    )
    return (*((read,) if one.statement else ()), *files)[:MOST_CHOICES]


def _looks(seen: SharedRecord) -> tuple[Choice, ...]:
    titles = (s.progress.set.title for s in seen.sets if s.progress.started or s.statement)
    return tuple(
        Choice(label=f"Look at {title}", says=f"look at share {seen.share.id} {title}")
        for title in titles
    )[:MOST_CHOICES]
