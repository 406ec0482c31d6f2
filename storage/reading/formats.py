"""Which module reads which media type: a literal table, the first line that fits decides."""

from __future__ import annotations

from importlib import import_module

from bot.domain.files import Reading
from bot.errors import Unreadable
from storage.reading import containers, passage, refusals, sniff
from storage.reading.passage import Extract
from storage.reading.signatures import ARCHIVES, EXECUTABLE, PDF, RTF, ZIP
from storage.reading.source import Source

# Beginning of the media type, module with `read(source) -> Extract`. Named and not imported: a
# child reads one file, and loads what that file needs.
READERS: tuple[tuple[str, str], ...] = (
    (PDF, "pdf"),
    (containers.WORD, "office"),
    (containers.SLIDES, "office"),
    (containers.SHEETS, "office"),
    (containers.OPEN_DOCUMENT, "office"),
    (containers.EPUB, "office"),
    (containers.OLD_WORD, "office"),
    (containers.OLD_SLIDES, "office"),
    (containers.OLD_SHEETS, "office"),
    (containers.OUTLOOK, "office"),
    (RTF, "office"),
    (sniff.MAIL, "mail"),
    (sniff.HTML, "markup"),
    (sniff.SVG, "markup"),
    (sniff.XML, "markup"),
    (sniff.TEXT, "plain"),
    ("image/png", "pictures"),
    ("image/jpeg", "pictures"),
    ("image/tiff", "pictures"),
    ("image/webp", "pictures"),
    ("image/gif", "pictures"),
    ("image/bmp", "pictures"),
    ("image/avif", "pictures"),
    ("image/heic", "heif"),
)

# Beginning of the media type, what people call it. These may be filed, and give no text.
WITHOUT_TEXT: tuple[tuple[str, str], ...] = (
    ("audio/", "a sound recording"),
    ("video/", "a video"),
    ("image/", "a picture of an unusual kind"),
    (containers.IWORK, "an Apple document (export it as PDF to have it read)"),
    (containers.XPS, "an XPS document (export it as PDF to have it read)"),
    ("", "of a kind that is not known here"),
)


def read(source: Source) -> Reading:
    """The text of a file; raises `Unreadable`, and whatever a library raises on broken input."""
    for beginning, module in READERS:
        if source.media_type.startswith(beginning):
            extract: Extract = import_module(f"storage.reading.{module}").read(source)
            return passage.reading(extract, media_type=source.media_type, limits=source.limits)
    raise _refusal(source.media_type)


def _refusal(media_type: str) -> Unreadable:
    if media_type == EXECUTABLE:
        return refusals.executable()
    if media_type == containers.LOCKED_OFFICE:
        return refusals.locked()
    if media_type == sniff.BROKEN_ZIP:
        return refusals.damaged()
    if media_type == ZIP:
        return refusals.inner_archive()
    if media_type in ARCHIVES:
        return refusals.other_archive()
    return refusals.no_text(
        next(kind for beginning, kind in WITHOUT_TEXT if media_type.startswith(beginning))
    )
