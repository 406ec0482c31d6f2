"""How it is worded that somebody takes their own record out."""

from __future__ import annotations

from bot.domain.filenames import file_name
from bot.domain.limits import LARGEST_EXPORT, in_megabytes
from bot.domain.messages import Choice, Download, Paragraph, Reply
from bot.domain.people import Person

ZIP = "application/zip"
_STAFF = Choice(
    label="Ask the staff to export it", says="ask staff: please export my record as an archive."
)


def archive(person: Person, *, sha256: str, size: int) -> Reply:
    """The archive of all that is the person's."""
    text = (
        "Your record as it stands: your files, statements, submissions and what came of them. "
        "Unpack it and open index.html, in any browser and without me; README.txt tells how anyone "
        "can check that nothing in it was altered. It holds all that is yours: mind who gets it."
    )
    name = file_name(f"Record of {person.name}.zip")
    kept = Download(name=name, media_type=ZIP, size=size, sha256=sha256)
    return Reply(blocks=(Paragraph(text=text), kept))


def too_large() -> Reply:
    """To somebody whose files are too many for one file in a message."""
    text = (
        f"Your files have more than {in_megabytes(LARGEST_EXPORT)}, which is too much for a "
        "message. The staff can have the archive made for you in another way."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(_STAFF,))
