"""The page of an exported record: read in a browser, by a screen reader, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from bot.domain.portfolio import Change, Filing, State
from bot.domain.program import Section
from bot.domain.progress import SetProgress
from bot.domain.sections import SectionKind
from bot.phrases.filing import size
from bot.usecases.export_record import Export, ExportedFile
from storage.archive.html import Element, instant, node, page, row, table
from storage.archive.page_notices import notices_part
from storage.archive.page_reviews import review_parts, sharing_part

_FILE_COLUMNS = ("File", "Kind", "Size", "Stored")
_OPTIONAL = frozenset((SectionKind.CERTIFICATE, SectionKind.LETTER))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of the page under a heading of its own."""

    id: str
    title: str
    content: tuple[Element, ...]


def index_page(export: Export) -> str:
    """The whole page."""
    title = f"{export.program.words.record} of {export.candidate.person.name}"
    parts = tuple(_parts(export))
    links = (node("li", node("a", part.title, href=f"#{quote(part.id)}")) for part in parts)
    return page(
        title,
        node("a", "Skip to the record", href="#record-itself", class_="skip"),
        node("header", node("h1", title), _facts(export)),
        node("nav", node("h2", "Contents"), node("ul", *links)),
        node("main", *map(_section, parts), id="record-itself"),
    )


def filing_words(filing: Filing) -> str:
    """Where a file stands, in words."""
    if filing.state is not State.FILED:
        return str(filing.state)
    return f"{', '.join(filing.sections)} ({filing.kind})"


def _facts(export: Export) -> Element:
    candidate = export.candidate
    electives = ", ".join(export.program.set(id).title for id in candidate.electives)
    facts: tuple[tuple[str, str | Element], ...] = (
        ("Program", export.program.name),
        ("Candidate", f"{candidate.person.name}, number {candidate.person.id}"),
        ("E-mail", candidate.person.email),
        ("Enrolled on", candidate.enrolled_on.isoformat()),
        ("Subscription ends", candidate.subscription_ends.isoformat()),
        ("Electives chosen", electives or "none yet"),
        ("Files", str(len(export.files))),
        ("State as of", instant(export.as_of)),
        *((("Mail not wanted", "; ".join(export.declined)),) if export.declined else ()),
    )
    return node(
        "dl", *(part for name, fact in facts for part in (node("dt", name), node("dd", fact)))
    )


def _section(part: _Part) -> Element:
    heading = node("h2", part.title, id=f"{part.id}-title")
    return node("section", heading, *part.content, id=part.id, aria_labelledby=f"{part.id}-title")


def _parts(export: Export) -> Iterator[_Part]:
    words, shown = export.program.words, {s.id for s, _ in export.progress.record}
    yield _Part(id="progress", title="How far the record is", content=(_progress(export),))
    yield _Part(
        id="whole",
        title=f"Sections of the {words.record_short} as a whole",
        content=(_checklist(export, [s for s, _ in export.progress.record], words.record_short),),
    )
    for one in export.progress.sets:
        sections = [s for s in export.program.sections if s.set_id == one.set.id]
        shown |= {s.id for s in sections}
        checklist = _checklist(export, sections, one.set.title)
        content = (node("p", _standing(one)), checklist, *review_parts(export, one.set.id))
        yield _Part(id=f"set-{one.set.id}", title=one.set.title, content=content)
    yield from _other_sets(export)
    others = _elsewhere(export, shown)
    if others:
        yield _Part(id="elsewhere", title="Other sections", content=(_files(others, "Elsewhere"),))
    for state in (State.WAITING, State.WITHDRAWN):
        yield _Part(
            id=state,
            title=f"Files {state}",
            content=(_files(export.in_state(state), f"Files {state}"),),
        )
    yield _Part(id="sharing", title="Shared with others", content=sharing_part(export))
    if told := notices_part(export):
        yield _Part(id="notices", title="Reminders, and how to be told things", content=told)
    yield _Part(id="history", title="History", content=(_history(export),))
    yield _Part(id="checking", title="How to check this archive", content=tuple(_checking(export)))


def _other_sets(export: Export) -> Iterator[_Part]:
    """Sets that were given up, or that the program no longer has, with what was done for them."""
    titles = {one.id: one.title for one in export.program.sets}
    known = {one.set.id for one in export.progress.sets}
    said = (
        *(one.version.set_id for one in export.statements),
        *(one.submission.set_id for one in export.submissions),
    )
    for set_id in dict.fromkeys(said):
        if set_id not in known:
            content = tuple(review_parts(export, set_id))
            yield _Part(id=f"set-{set_id}", title=titles.get(set_id, set_id), content=content)


def _progress(export: Export) -> Element:
    rows = (
        row(
            node("a", one.set.title, href=f"#set-{quote(one.set.id)}"),
            f"{one.done} of {one.total}",
            ", ".join(_missing(one)) or "nothing",
        )
        for one in export.progress.sets
    )
    return table("Parts of each set that are there", ("Set", "Parts there", "Missing"), rows)


def _missing(one: SetProgress) -> Iterator[str]:
    for section in () if one.complete else one.lacking:
        yield section.id if section.kind is SectionKind.COMPETENCY else section.kind.value


def _standing(one: SetProgress) -> str:
    if one.achieved:
        return "Achieved: it was approved, and stays so."
    if one.by_course:
        return "Complete: a certificate proves the whole set."
    if one.complete:
        return f"Complete: all {one.total} parts are there."
    return f"{one.done} of {one.total} parts are there. Missing: {', '.join(_missing(one))}."


def _checklist(export: Export, sections: Iterable[Section], title: str) -> Element:
    rows: list[Element] = []
    for section in sections:
        files = export.standing(section.id)
        name = _section_name(section)
        rows += (row(name, *_file_cells(file, section=section.id)) for file in files)
        if not files and section.kind not in _OPTIONAL:
            rows.append(row(name, node("td", "nothing filed", colspan="4")))
    return table(f"Sections and files: {title}", ("Section", *_FILE_COLUMNS), rows)


def _section_name(section: Section) -> Element:
    if section.kind is not SectionKind.COMPETENCY:
        return node("span", section.title)
    return node("span", node("strong", section.id), f" {section.title}")


def _elsewhere(export: Export, shown: set[str]) -> tuple[ExportedFile, ...]:
    filed = export.in_state(State.FILED)
    return tuple(f for f in filed if not shown & set(f.evidence.filing.sections))


def _files(files: tuple[ExportedFile, ...], caption: str) -> Element:
    if not files:
        return node("p", "None.")
    return table(caption, _FILE_COLUMNS, (row(*_file_cells(file)) for file in files))


def _file_cells(file: ExportedFile, *, section: str = "") -> tuple[Element, ...]:
    evidence = file.evidence
    link = node("a", f"{evidence.number}. ", node("bdi", evidence.name), href=quote(file.path))
    others = ", ".join(other for other in evidence.filing.sections if other != section)
    also = (node("small", f"Stands in {others}{' as well' * bool(section)}."),) if others else ()
    return (
        node("span", link, *also, class_="name"),
        node("span", evidence.filing.kind, class_="figure"),
        node("span", size(evidence.size), class_="figure"),
        instant(evidence.stored_at),
    )


def _history(export: Export) -> Element:
    if not export.history:
        return node("p", "No file was ever filed or moved.")
    names = {f.evidence.id: f"{f.evidence.number}. {f.evidence.name}" for f in export.files}
    rows = (_step(change, names[change.evidence_id]) for change in export.history)
    columns = ("When", "File", "From", "To", "Reason")
    return table("Every step, oldest first; a step undone later says when", columns, rows)


def _step(change: Change, name: str) -> Element:
    before, after = filing_words(change.before), filing_words(change.after)
    undone = (node("small", "Undone ", instant(change.undone_at)),) if change.undone_at else ()
    reason = node("span", change.reason, *undone)
    return row(instant(change.at), node("bdi", name, class_="name"), before, after, reason)


def _checking(export: Export) -> Iterator[Element]:
    whole = "manifest.json lists every file with its SHA-256 hash; manifest.sig signs that list."
    yield node("p", whole, " Anybody who has Python checks that without a network by:")
    yield node("p", node("code", "python3 verify.py FILE.zip --key PUBLICKEY"))
    yield node("p", "and somebody who has Carrel checks the receipts as well by:")
    yield node("p", node("code", "carrel verify FILE.zip --key PUBLICKEY"))
    yield node("p", trail_words(export))
    names = (
        "README.txt",
        "record.json",
        "history.csv",
        "receipts.txt",
        "manifest.json",
        "verify.py",
    )
    yield node("ul", *(node("li", node("a", name, href=name)) for name in names))


def trail_words(export: Export) -> str:
    """What the audit trail's check said when the archive was written."""
    about = f"Lines of the audit trail about this record: {len(export.trail)}, in record.json."
    if export.trail_broken_at is None:
        return f"{about} The trail's chain of hashes was whole when they were copied."
    return (
        f"{about} The trail's chain of hashes was broken at line {export.trail_broken_at} when "
        "they were copied: ask the program why before relying on lines from there on."
    )
