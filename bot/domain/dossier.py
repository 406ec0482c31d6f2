"""Everything a reviewer is given of one submission, and what is new in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.filenames import file_name, folder_name
from bot.domain.program import CompetencySet, Program, Section
from bot.domain.rounds import difference
from bot.domain.submission import Item, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFile:
    """A file of the snapshot and its place in the dossier's folder (`/` between folders).

    `news` says what is new about it since the round before; empty when nothing is.
    """

    item: Item
    path: str
    news: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPart:
    """A section with its files; `asked` tells that more was asked for it in the round before."""

    section: Section
    files: tuple[DossierFile, ...]
    asked: bool

    @property
    def new(self) -> bool:
        """Whether there is anything in it that was not in the round before."""
        return self.asked or any(file.news for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A submission as its reviewers see it. `before` is the submission of the round before.

    `removed` are files of the round before that are gone.
    """

    program: Program
    competency_set: CompetencySet
    candidate: str
    submission: Submission
    before: Submission | None
    parts: tuple[DossierPart, ...]
    removed: tuple[Item, ...]

    @property
    def first(self) -> tuple[DossierPart, ...]:
        """What is to be looked at: all of it, or in a later round what is new."""
        return tuple(part for part in self.parts if part.new or self.before is None)

    @property
    def rest(self) -> tuple[DossierPart, ...]:
        """What stands as it stood in the round before."""
        return tuple(part for part in self.parts if part not in self.first)

    @property
    def files(self) -> tuple[DossierFile, ...]:
        """Every file, in the order of the sections."""
        return tuple(file for part in self.parts for file in part.files)


def dossier_of(
    program: Program, submission: Submission, before: Submission | None, *, candidate: str
) -> Dossier:
    """The dossier of a submission; `candidate` is the person's name."""
    news, removed = _news(submission, before)
    filed = {item.section for item in submission.items} | set(submission.asked)
    sections = (s for s in program.sections_of(submission.set_id) if s.id in filed)
    return Dossier(
        program=program,
        competency_set=program.set(submission.set_id),
        candidate=candidate,
        submission=submission,
        before=before,
        parts=tuple(_part(section, submission, news) for section in sections),
        removed=removed,
    )


def _part(section: Section, submission: Submission, news: dict[Item, str]) -> DossierPart:
    items = (item for item in submission.items if item.section == section.id)
    return DossierPart(
        section=section,
        files=tuple(
            DossierFile(item=item, path=_path(item), news=news.get(item, "")) for item in items
        ),
        asked=section.id in submission.asked,
    )


def _news(
    submission: Submission, before: Submission | None
) -> tuple[dict[Item, str], tuple[Item, ...]]:
    if before is None:
        return {}, ()
    found = difference(before, submission)
    news = dict.fromkeys(found.added, "new")
    news |= {one.after: f"in place of {one.before.name}" for one in found.replaced}
    return news, found.removed


def _path(item: Item) -> str:
    """The number, unique in a record, rules out that two files share a place."""
    folder = folder_name(item.section.replace("/", " "))
    return f"files/{folder}/{item.number:02}-{file_name(item.name)}"
