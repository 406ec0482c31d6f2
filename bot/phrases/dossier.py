"""A dossier in a few lines, for a chat."""

from __future__ import annotations

from bot.domain.dossier import Dossier, DossierFile, DossierPart
from bot.domain.messages import Bullets, Choice, Download, Paragraph, Reply
from bot.domain.rules import Route
from bot.domain.sections import SectionKind
from bot.domain.submission import Stage
from bot.phrases.filing import size
from bot.phrases.sections import short_name

MOST_LINES = 40  # sections shown in a chat; the page has all
AGAIN = "After an appeal all of it is judged again, from the start."


def dossier(given: Dossier, page: Download) -> Reply:
    """What it holds, section by section, and the whole as a page to read."""
    submission = given.submission
    head = (
        f"Submission {submission.id}: {given.competency_set.title} of {given.candidate}, by "
        f"{submission.route}, {_count(given)}, round {submission.round}."
    )
    lines = [_line(part) for part in given.first]
    more = len(lines) - MOST_LINES
    shown = lines if more <= 0 else [*lines[:MOST_LINES], f"and {more} sections more, on the page"]
    rest = f"As they were in round {submission.round - 1}: {len(given.rest)} sections."
    blocks = (
        Paragraph(text=head),
        *((Paragraph(text=_asked(given)),) if given.before else ()),
        *((Paragraph(text=AGAIN),) if submission.judged_again else ()),
        Bullets(items=tuple(shown)),
        *((Paragraph(text=rest),) if given.rest else ()),
        page,
    )
    return Reply(blocks=blocks, choices=_choices(given))


def opened(given: Dossier, file: DossierFile) -> Reply:
    """One file of it."""
    item = file.item
    section = short_name(given.program, item.section)
    words = f"File {item.number} of submission {given.submission.id}, from {section}:"
    download = Download(
        name=item.name, media_type=item.media_type, size=item.size, sha256=item.sha256
    )
    return Reply(blocks=(Paragraph(text=words), download))


def _count(given: Dossier) -> str:
    files = len(given.files)
    return "1 file" if files == 1 else f"{files} files"


def _asked(given: Dossier) -> str:
    before = given.before
    asked = ", ".join(short_name(given.program, one) for one in given.submission.asked)
    reason = before.decision.reason if before and before.decision else ""
    return f"Asked for after round {given.submission.round - 1}: {asked}. Reason: {reason}"


def _line(part: DossierPart) -> str:
    files = "; ".join(_file(file) for file in part.files) or "nothing filed"
    section = part.section
    named = section.id if section.kind is SectionKind.COMPETENCY else section.title
    return f"{named}: {files}"


def _file(file: DossierFile) -> str:
    item, news = file.item, f", {file.news}" if file.news else ""
    return f"{item.number}. {item.name} ({size(item.size)}, {item.kind.value}{news})"


def _choices(given: Dossier) -> tuple[Choice, ...]:
    number = given.submission.id
    if given.submission.stage is Stage.WAITING:
        return (Choice(label=f"Claim submission {number}", says=f"claim {number}"),)
    if given.submission.route is Route.COURSE:
        return ()
    return (Choice(label="Ratings so far", says=f"ratings {number}"),)
