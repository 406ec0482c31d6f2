"""PDF -> text by page; pages that are pictures are rendered and read as pictures."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from bot.domain.files import Page
from bot.errors import Refusal, Unreadable
from storage.reading import ocr, refusals
from storage.reading.passage import Extract, first_of
from storage.reading.source import Source

_DPI = 200
_STAMP = 100  # a scanning app's own line on a page is shorter than this many characters
_MOST_POINTS = 16_000_000
_PASSWORD_ERRORS = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def read(source: Source) -> Extract:
    """The text of each page; a bounded number of scanned pages is read by OCR."""
    document = _opened(source.data)
    count = len(document)
    pages, scans = _typed(document, source)
    notes = [] if len(pages) == count else [first_of(len(pages), count)]
    seen: dict[int, str] = {}
    if scans and ocr.is_installed():
        seen = _seen(document, scans, source)
        notes += _scan_notes(read=len(seen), count=len(scans))
    elif scans:
        if not any(page.text.strip() for page in pages):
            raise refusals.no_text_engine()
        notes.append(f"{len(scans)} scanned pages were not read: install tesseract-ocr")
    return Extract(
        pages=tuple(_merged(page, seen) for page in pages),
        title=document.get_metadata_value("Title"),
        ocr=bool(seen),
        notes=tuple(notes),
    )


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise refusals.locked() from error
        raise refusals.damaged() from error
    if len(document) == 0:
        raise refusals.damaged()
    return document


def _typed(document: pypdfium2.PdfDocument, source: Source) -> tuple[list[Page], list[int]]:
    """The text layer of each page, and the numbers of the pages that are scans."""
    pages: list[Page] = []
    scans: list[int] = []
    letters = 0
    for number in range(1, min(len(document), source.limits.pages) + 1):
        text, is_scan = _page(document, number)
        pages.append(Page(number=number, text=text))
        if is_scan:
            scans.append(number)
        letters += len(text)
        if letters > source.limits.characters:
            break
    return pages, scans


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, bool]:
    try:
        page = _flattened(document, number)
        text: str = page.get_textpage().get_text_bounded()
        return text, _is_scan(page, text)
    except pypdfium2.PdfiumError:
        return "", False  # one broken page; the others may be whole


def _flattened(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """The page with what was typed into its form fields as part of the text."""
    page = document[number - 1]
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number - 1]


def _is_scan(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether there is more to see than to read: no text but drawings, or a stamp on a picture."""
    length = len(text.strip())
    if length >= _STAMP:
        return False
    if not length:
        return any(True for _ in page.get_objects(max_depth=2))
    whole = page.get_width() * page.get_height()
    pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
    return any(_area(picture.get_bounds()) > whole / 2 for picture in pictures)


def _area(bounds: Sequence[float]) -> float:
    left, bottom, right, top = bounds
    return abs(right - left) * abs(top - bottom)


def _seen(document: pypdfium2.PdfDocument, scans: list[int], source: Source) -> dict[int, str]:
    """The text of scanned pages by number, as many as limits and time allow, at least one."""
    seen: dict[int, str] = {}
    for number in scans[: source.limits.scanned_pages]:
        try:
            seen[number] = ocr.recognise(_rendered(document[number - 1]), source)
        except Unreadable as refusal:
            if refusal.reason is Refusal.TOO_SLOW and seen:
                break
            raise
        if time.monotonic() > source.deadline:
            break
    return seen


def _rendered(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    points = max(1.0, width * height)
    scale = min(_DPI / 72, math.sqrt(_MOST_POINTS / points))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def _scan_notes(*, read: int, count: int) -> list[str]:
    return [f"only the first {read} of {count} scanned pages were read"] if read < count else []


def _merged(page: Page, seen: dict[int, str]) -> Page:
    """The page with what was seen on it, after the stamp it may carry as text."""
    text = "\n".join(part for part in (page.text, seen.get(page.number, "")) if part.strip())
    return Page(number=page.number, text=text)
