"""Documents of every kind a candidate may send, made when a test asks for them."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from functools import cache
from typing import IO, Protocol

from docx import Document
from docx.table import Table, _Cell
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.samples_pictures import page_picture
from tests.sentences import ACCENTS, SECOND, SENTENCE


class _Saves(Protocol):
    def save(self, stream: IO[bytes], /) -> None: ...


def pdf(*pages: str, title: str = "Harbour notes") -> bytes:
    """A PDF with a text layer, one page for each text."""
    return _drawn_pdf(pages or (SENTENCE, SECOND), title=title)


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password only."""
    return _drawn_pdf((SENTENCE,), encrypt=StandardEncryption("open sesame", strength=128))


def restricted_pdf() -> bytes:
    """A PDF that everybody may read and only its owner may print."""
    locked = StandardEncryption("", ownerPassword="owner", canPrint=0, strength=128)
    return _drawn_pdf((SENTENCE,), encrypt=locked)


def filled_form() -> bytes:
    """A PDF form with an answer typed into its field."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.drawString(72, 720, "Application")
    canvas.acroForm.textfield("Ada Byron of the harbour", x=72, y=600, width=400, height=30)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


@cache
def scanned_pdf(*pages: str, dpi: int = 150) -> bytes:
    """A PDF whose pages are pictures of text."""
    first, *others = [page_picture(text, dpi=dpi) for text in pages or (SENTENCE,)]
    made = io.BytesIO()
    first.save(made, "PDF", save_all=True, append_images=others, resolution=dpi)
    return made.getvalue()


def mixed_pdf() -> bytes:
    """A PDF with a text page, a page that is a picture of text, and an empty page."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.drawString(72, 720, SENTENCE)
    canvas.showPage()
    canvas.drawInlineImage(page_picture(SECOND, dpi=150), 0, 0, *A4)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def damaged_pdf() -> bytes:
    """The first third of a PDF, as a broken download leaves it."""
    whole = pdf()
    return whole[: len(whole) // 3]


@cache
def docx() -> bytes:
    """A Word document with a heading, a paragraph, a table, a header and a footer."""
    document = Document()
    document.core_properties.title = "Harbour report"
    document.add_heading("Harbour report", level=1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(_cells(table), ("Boat", "Catch", "Marie", "Herring"), strict=True):
        cell.text = text
    document.add_paragraph(ACCENTS)
    document.sections[0].header.paragraphs[0].text = "Page header of the port"
    document.sections[0].footer.paragraphs[0].text = "Page footer of the port"
    return _saved(document)


@cache
def pptx() -> bytes:
    """Two slides; the second has a table and speaker's notes."""
    deck = Presentation()
    for title, body in (("Harbour", SENTENCE), ("Gulls", SECOND)):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    box = (Inches(1), Inches(5), Inches(4), Inches(1))
    deck.slides[1].shapes.add_table(1, 2, *box).table.cell(0, 1).text = "Herring"
    deck.slides[1].notes_slide.notes_text_frame.text = "Say this about the gulls aloud"
    return _saved(deck)


@cache
def xlsx() -> bytes:
    """A workbook of two sheets."""
    book = Workbook()
    catch = book.active
    assert catch is not None
    catch.title = "Catch"
    catch.append(["Boat", "Herring", "Date"])
    catch.append(["Marie", 41.5, "2026-05-01"])
    book.create_sheet("Remarks").append([SENTENCE])
    return _saved(book)


def odt() -> bytes:
    """An OpenDocument text with a heading and paragraphs."""
    body = f"<text:h text:outline-level='1'>Harbour</text:h><text:p>{SENTENCE}</text:p>"
    return open_document("text", f"<office:text>{body}<text:p>{ACCENTS}</text:p></office:text>")


def open_document(kind: str, body: str) -> bytes:
    """An OpenDocument file of a kind (text, spreadsheet, presentation) around its body."""
    spaces = "".join(
        f" xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
        for name in ("office", "text", "table", "drawing")
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content{spaces}"
        f" office:version='1.2'><office:body>{body}</office:body></office:document-content>"
    )
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listing = (
        f"<manifest:manifest xmlns:manifest='{manifest}'>"
        f"<manifest:file-entry manifest:full-path='/' manifest:media-type='{media_type}'/>"
        "<manifest:file-entry manifest:full-path='content.xml' manifest:media-type='text/xml'/>"
        "</manifest:manifest>"
    )
    return archive(
        {"mimetype": media_type, "content.xml": content, "META-INF/manifest.xml": listing}
    )


def rtf() -> bytes:
    """A rich text file with an escaped letter."""
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0\fs24 "
        + SENTENCE
        + r"\par Caf\'e9 \b bold\b0  \u8364? end.\par}"
    ).encode("ascii")


def html() -> bytes:
    """A web page with a script, a style, a picture elsewhere and a table."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Harbour page</title>
    <style>p {{ color: red }}</style><script>document.write("script ran")</script></head>
    <body><h1>Harbour &amp; sea</h1><p>{SENTENCE}</p><img src="http://127.0.0.1:9/x.png" alt="Gull">
    <p>{ACCENTS}</p><table><tr><td>Marie</td><td>Herring</td></tr></table></body></html>""".encode()


def svg() -> bytes:
    """A drawing with a caption, a script and a reference to a file of this machine."""
    return f"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
    <svg xmlns="http://www.w3.org/2000/svg"><script>alert("script ran")</script>
    <text x="1" y="2">{SENTENCE}</text><text>&secret;</text></svg>""".encode()


def plain(encoding: str = "utf-8") -> bytes:
    """A text file in an encoding; Latin-1 leaves out what it cannot write."""
    return f"{SENTENCE}\r\n{ACCENTS}\r\n".encode(encoding, "ignore")


def csv() -> bytes:
    """A table as comma-separated values."""
    return b"boat,catch\nMarie,herring\nAnna,cod\n"


def markdown() -> bytes:
    """A Markdown text."""
    return f"# Harbour\n\n{SENTENCE}\n\n- gull\n- lamp\n".encode()


def eml(*, html_only: bool = False) -> bytes:
    """A saved e-mail with an attachment."""
    message = EmailMessage()
    message["Subject"] = "Proof of the café course"
    message["From"] = "Ada Byron <ada@example.org>"
    message["To"] = "desk@example.org"
    message["Date"] = "Mon, 04 May 2026 10:00:00 +0000"
    if html_only:
        message.set_content(f"<p>{SENTENCE}</p><script>bad()</script>", subtype="html")
    else:
        message.set_content(SENTENCE)
        message.add_alternative(f"<p>{SENTENCE}</p>", subtype="html")
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="proof é.pdf")
    return message.as_bytes()


def archive(members: dict[str, str | bytes], *, comment: bytes = b"") -> bytes:
    """A ZIP archive of named contents; names are stored as given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            opened.writestr(zipfile.ZipInfo(name), content, compress_type=how)
        opened.comment = comment
    return made.getvalue()


def _drawn_pdf(
    pages: tuple[str, ...], *, title: str = "", encrypt: StandardEncryption | None = None
) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, encrypt=encrypt)
    canvas.setTitle(title)
    for text in pages:
        for line, words in enumerate(text.splitlines()):
            canvas.drawString(72, 720 - 16 * line, words)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _saved(document: _Saves) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _cells(table: Table) -> list[_Cell]:
    return [cell for row in table.rows for cell in row.cells]
