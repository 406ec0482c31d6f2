"""Writes a dossier: a folder of files with a page on top, or the page alone."""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from bot.domain.dossier import Dossier, DossierFile, DossierPart
from bot.domain.sections import SectionKind
from bot.errors import CarrelError, NotFound
from bot.phrases.dossier import AGAIN
from bot.phrases.filing import size
from bot.ports import FileStore
from storage.archive.html import Element, instant, node, page, row, table

INDEX, SUMS = "index.html", "SHA256SUMS"
LARGEST_PICTURE = 2_000_000  # bytes of one picture on the page
MOST_PICTURES = 16_000_000  # bytes of all of them
LONGEST_TEXT = 100_000  # characters of a text shown on the page
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_TEXT = "text/plain"


class HtmlDossiers:
    """Dossiers as pages; see `bot.ports.DossierPress` for the contract."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def write_page(self, dossier: Dossier, path: Path) -> None:
        """Writes the page alone, small pictures and texts on it."""
        path.write_text(_page(dossier, self._files, linked=False), encoding="utf-8")

    def write_folder(self, dossier: Dossier, folder: Path) -> None:
        """Writes the page, every file by section, and a list of their hashes.

        `CarrelError` when the folder holds anything already, or a file's bytes are not what was
        submitted.
        """
        check_new(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for file in dossier.files:
            self._copy(file, folder / file.path)
        sums = "".join(f"{file.item.sha256}  {file.path}\n" for file in dossier.files)
        (folder / SUMS).write_text(sums, encoding="utf-8")
        text = _page(dossier, self._files, linked=True)
        (folder / INDEX).write_text(text, encoding="utf-8")

    def _copy(self, file: DossierFile, to: Path) -> None:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._files.path(file.item.sha256), to)
        with to.open("rb") as copied:
            if hashlib.file_digest(copied, "sha256").hexdigest() != file.item.sha256:
                raise CarrelError(
                    f"File {file.item.number} is not what was submitted: restore "
                    f"{file.item.sha256} from a backup, then try again."
                )


def check_new(folder: Path) -> None:
    """`CarrelError` when the folder holds anything already."""
    if folder.exists() and any(folder.iterdir()):
        raise CarrelError(f"{folder} is not empty: name a new folder.")


def _page(dossier: Dossier, files: FileStore, *, linked: bool) -> str:
    submission = dossier.submission
    title = f"Submission {submission.id}: {dossier.competency_set.title}"
    shown = _Shown(files, linked=linked)
    return page(
        title,
        node("header", node("h1", title), _facts(dossier)),
        node("main", *_news(dossier), *map(shown.part, dossier.first), *_rest(dossier, shown)),
        pictures=True,
    )


def _facts(dossier: Dossier) -> Element:
    submission = dossier.submission
    facts: tuple[tuple[str, str | Element], ...] = (
        ("Program", dossier.program.name),
        ("Candidate", dossier.candidate),
        ("Proved by", submission.route.value),
        ("Round", str(submission.round)),
        ("Submitted", instant(submission.submitted_at)),
        ("Files", str(len(dossier.files))),
        ("Hash of the whole", node("code", submission.manifest_sha256)),
    )
    return node("dl", *(p for n, f in facts for p in (node("dt", n), node("dd", f))))


def _news(dossier: Dossier) -> Iterator[Element]:
    before = dossier.before
    if dossier.submission.judged_again:
        yield node("p", AGAIN)
    if before is None or before.decision is None:
        return
    yield node("h2", f"New since round {before.round}")
    yield node("p", f"Asked for: {', '.join(dossier.submission.asked)}.")
    yield node("p", f"Reason given: {before.decision.reason}")
    for item in dossier.removed:
        yield node("p", f"No longer there: {item.name}, from {item.section}.")


def _rest(dossier: Dossier, shown: _Shown) -> Iterator[Element]:
    if dossier.rest:
        summary = node("summary", f"{len(dossier.rest)} sections as they were")
        yield node("details", summary, *map(shown.part, dossier.rest))


class _Shown:
    """Shows parts on one page, with as many pictures as the page can bear."""

    def __init__(self, files: FileStore, *, linked: bool) -> None:
        self._files = files
        self._linked = linked
        self._room = MOST_PICTURES

    def part(self, part: DossierPart) -> Element:
        """A section: what it asks for, its files, and those that can be shown in place."""
        section = part.section
        named = section.id if section.kind is SectionKind.COMPETENCY else ""
        heading = node("h2", f"{named} {section.title}".strip())
        if not part.files:
            return node("section", heading, node("p", "Nothing is filed here."))
        columns = ("File", "Kind", "Size", "Stored", "New")
        listed = table(f"Files in {section.title}", columns, map(self._row, part.files))
        return node("section", heading, listed, *self._contents(part))

    def _row(self, file: DossierFile) -> Element:
        item = file.item
        name = node("span", f"{item.number}. ", node("bdi", item.name), class_="name")
        link = node("a", name, href=quote(file.path)) if self._linked else name
        return row(link, item.kind.value, size(item.size), instant(item.stored_at), file.news)

    def _contents(self, part: DossierPart) -> Iterator[Element]:
        for file in part.files:
            try:
                path = self._files.path(file.item.sha256)
            except NotFound:
                yield node("p", f"The bytes of file {file.item.number} are lost: tell the office.")
                continue
            if file.item.media_type == _TEXT:
                yield _text(file, path)
            elif self._fits(file):
                yield _picture(file, path)

    def _fits(self, file: DossierFile) -> bool:
        size = file.item.size
        fits = file.item.media_type in _PICTURES and size <= min(LARGEST_PICTURE, self._room)
        self._room -= size if fits else 0
        return fits


def _text(file: DossierFile, path: Path) -> Element:
    with path.open(encoding="utf-8", errors="replace") as stream:
        text = stream.read(LONGEST_TEXT + 1)
    paragraphs = (node("p", part) for part in text[:LONGEST_TEXT].split("\n") if part.strip())
    cut = (node("p", "The text goes on in the file."),) if len(text) > LONGEST_TEXT else ()
    return node("blockquote", *paragraphs, *cut, aria_label=f"Text of file {file.item.number}")


def _picture(file: DossierFile, path: Path) -> Element:
    data = base64.b64encode(path.read_bytes()).decode()
    source = f"data:{file.item.media_type};base64,{data}"
    return node("img", src=source, alt=f"File {file.item.number}, {file.item.name}")
