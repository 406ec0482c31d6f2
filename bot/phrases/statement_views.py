"""A learning statement as it is looked at: whole, version by version, and beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.statement import Draft, StatementVersion
from bot.phrases.stating import filed_notes, how_to_begin, measure, new_ones, spoken, words
from bot.phrases.times import clock_time, times_of

LISTED = 20  # versions of a list; every message makes one


def shown(program: Program, draft: Draft) -> Reply:
    """The whole text, its paragraphs numbered, and what is filed."""
    title = draft.set.title
    if draft.now is None:
        lead = f"You have written nothing for {title} yet. {how_to_begin(draft.set)}"
        return Reply(blocks=(Paragraph(text=lead), *filed_notes(draft)))
    lead = f"Your {program.words.statement} for {title}: {measure(program, draft.now)}."
    numbered = enumerate(draft.now.paragraphs, start=1)
    blocks: tuple[Block, ...] = (
        Paragraph(text=lead),
        *(Paragraph(text=f"{number}. {text}") for number, text in numbered),
        *filed_notes(draft),
        *_not_filed(draft),
    )
    return Reply(blocks=blocks)


def versions(program: Program, draft: Draft, *, zone: ZoneInfo) -> Reply:
    """The newest versions, newest first."""
    if draft.now is None:
        return shown(program, draft)
    listed = draft.versions[: -LISTED - 1 : -1]
    lead = f"Versions of your {program.words.statement} for {draft.set.title}, newest first:"
    more = len(draft.versions) - len(listed)
    earlier = f" The {more} before them are kept too." if more else ""
    how = f"{times_of(zone)}{earlier} Say: back to version {listed[-1].number}."
    lines = tuple(_version_line(version, zone) for version in listed)
    return Reply(blocks=(Paragraph(text=lead), Bullets(items=lines), Paragraph(text=how)))


def overview(program: Program, drafts: Sequence[Draft]) -> Reply:
    """Every set's statement in a line."""
    lines = tuple(f"{draft.set.title}: {_state(draft)}." for draft in drafts)
    wanted = [draft for draft in drafts if draft.needed and not draft.filed]
    begun_first = sorted(wanted, key=lambda draft: draft.now is None)
    choices = tuple(
        Choice(label=f"Write {draft.set.title}", says=f"write statement for {spoken(draft.set)}")
        for draft in begun_first
    )
    lead = Paragraph(text=f"Your {program.words.statement}s:")
    return Reply(blocks=(lead, Bullets(items=lines)), choices=choices)


def put(program: Program, version: StatementVersion, *, behind: int | None = None) -> Reply:
    """A text is the newest version; what can be done with it.

    It is a whole one, or else stands `behind` so many paragraphs that there were.
    """
    title, name = program.set(version.set_id).title, spoken(program.set(version.set_id))
    count = len(version.paragraphs)
    paragraphs = "1 paragraph" if count == 1 else f"{count} paragraphs"
    before = version.number - 1
    back = f" To take that back, say: back to version {before} for {title}." if before else ""
    yours, now = f"Your {program.words.statement} for {title}", measure(program, version)
    told = f"{yours} is kept: {paragraphs} ({now})."
    if behind is not None:
        told = f"{new_ones(version, behind)} kept. {yours} has {paragraphs} now ({now})."
    text = f"{told} It counts once it is filed.{back}"
    return Reply(blocks=(Paragraph(text=text),), choices=_then(name))


def put_already(program: Program, version: StatementVersion) -> Reply:
    """That very text is the newest version already."""
    competency_set = program.set(version.set_id)
    text = (
        f"That is how your {program.words.statement} for {competency_set.title} stands already: "
        f"version {version.number}. Nothing was changed."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=_then(spoken(competency_set)))


def _then(name: str) -> tuple[Choice, ...]:
    return (
        Choice(label="Done: file it", says=f"done with {name}"),
        Choice(label="What is still missing", says=f"ready {name}"),
        Choice(label="Show it", says=f"show statement for {name}"),
    )


def _not_filed(draft: Draft) -> tuple[Paragraph, ...]:
    """A hint to file the text, unless it is filed or a file was sent instead."""
    if any(draft.version_in(one) in {draft.now, None} for one in draft.filed):
        return ()
    return (Paragraph(text="This text is not filed yet. Say: done."),)


def _state(draft: Draft) -> str:
    if draft.achieved:
        return "the set is achieved, nothing more is needed"
    text = f"version {draft.now.number}, {words(draft.now)}" if draft.now else ""
    if not draft.filed:
        none = (
            f"none is needed, it is proved by {draft.route}" if not draft.needed else "nothing yet"
        )
        return f"{text}, not filed yet" if text else none
    files = " and ".join(_file_state(draft, one) for one in draft.filed)
    return f"{text}; {files}" if text else files


def _file_state(draft: Draft, evidence: Evidence) -> str:
    version = draft.version_in(evidence)
    if version is None:
        return f"file {evidence.number}, {evidence.name}, is filed"
    same = "this text" if version == draft.now else f"version {version.number}"
    return f"{same} is filed as file {evidence.number}"


def _version_line(version: StatementVersion, zone: ZoneInfo) -> str:
    return f"Version {version.number}: {clock_time(version.at, zone)}, {words(version)}"
