"""A candidate's text as the files it may come in, made when a test asks for them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from docx import Document
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import channels

Make = Callable[[str, str], bytes]  # title and text to the file's bytes
FONT = Path(channels.__path__[0]) / "fonts" / "DejaVuSans.ttf"
COLUMNS = 84  # characters a line
LINES = 52  # lines a page


def evidence_pdf(title: str, text: str) -> bytes:
    """A PDF with a text layer; the title is the document's own."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.setTitle(title)
    lines = _wrapped(text)
    for first in range(0, len(lines), LINES):
        canvas.setFont(_pdf_font(), 10)
        for row, line in enumerate(lines[first : first + LINES]):
            canvas.drawString(56, 780 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def evidence_docx(title: str, text: str) -> bytes:
    """A Word document; the title is the document's own."""
    document = Document()
    document.core_properties.title = title
    for line in text.split("\n"):
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def evidence_png(title: str, text: str) -> bytes:
    """A picture of the page; it has no title of its own, so the title stands above the text."""
    lines = [*_wrapped(title), "", *_wrapped(text)] if title else _wrapped(text)
    picture = Image.new("L", (1500, 160 + 40 * len(lines)), 255)
    font = ImageFont.truetype(str(FONT), 26)
    ImageDraw.Draw(picture).multiline_text((80, 80), "\n".join(lines), 0, font, spacing=10)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def evidence_txt(title: str, text: str) -> bytes:
    """A text file, the title above the text."""
    return f"{title}\n\n{text}".strip().encode()


EVIDENCE: Mapping[str, Make] = {
    "pdf": evidence_pdf,
    "docx": evidence_docx,
    "png": evidence_png,
    "txt": evidence_txt,
}


@cache
def _pdf_font() -> str:
    pdfmetrics.registerFont(TTFont("Evidence", FONT))
    return "Evidence"


def _wrapped(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in textwrap.wrap(line, COLUMNS) or [""]]
