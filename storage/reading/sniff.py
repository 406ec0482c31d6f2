"""What a file is, told by its bytes and never by its name."""

from __future__ import annotations

import io
import re

from storage.reading import containers, plain, signatures
from storage.reading.signatures import EXECUTABLE, OLE, PDF, UNKNOWN, ZIP

TEXT = "text/plain"
HTML = "text/html"
XML = "text/xml"
SVG = "image/svg+xml"
MAIL = "message/rfc822"
BROKEN_ZIP = "application/x-broken-zip"

_SHEBANG = re.compile(rb"(?:\xef\xbb\xbf)?#! ?/")
_LATE_PDF = re.compile(rb"(?:^|[\s\x00])%PDF-[12]\.\d")
_PREAMBLE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_SVG = re.compile(r"<!doctype svg\b|<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|title|meta|link|script|style|div|table|h[1-6]|p|a|span|font"
    r"|center|form|img|iframe|section|article)\b",
    re.IGNORECASE,
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:")
_MAIL_HEADERS = frozenset(
    (
        "received",
        "return-path",
        "delivered-to",
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "reply-to",
    )
)


def media_type(data: bytes) -> str:
    """The media type of a file's bytes; `application/octet-stream` when nothing fits."""
    if _is_program(data):
        return EXECUTABLE
    kind = signatures.match(data)
    if kind == ZIP:
        return containers.zip_kind(io.BytesIO(data)) or BROKEN_ZIP
    if kind == OLE:
        return containers.ole_kind(data)
    return kind or _other_binary(data) or _text_kind(data)


def _is_program(data: bytes) -> bool:
    windows = data.startswith(b"MZ") and b"\0" in data[:64]
    return windows or _SHEBANG.match(data) is not None


def _other_binary(data: bytes) -> str | None:
    """Kinds whose mark is too short to stand alone."""
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "image/bmp"
    if re.match(rb"BZh[1-9]1AY&SY", data):
        return "application/x-bzip2"
    # Readers accept a PDF header anywhere in the first 1024 bytes, so writers leave junk there.
    if _LATE_PDF.search(data[:1024]) and b" obj" in data:
        return PDF
    return None


def _text_kind(data: bytes) -> str:
    text = plain.decode(data[:65_536])
    if text is None:
        return UNKNOWN
    preamble = _PREAMBLE.match(text)
    start = text[preamble.end() if preamble else 0 :]
    if _SVG.match(start):
        return SVG
    if _HTML.match(start):
        return HTML
    if text.lstrip().startswith("<?xml"):
        return XML
    return MAIL if _is_mail(text) else TEXT


def _is_mail(text: str) -> bool:
    """Whether a text begins with a letter's headers: only headers, at least three known ones."""
    lines = re.split(r"\r?\n", text)
    if lines[0].startswith("From "):
        lines = lines[1:]
    found: set[str] = set()
    for line in lines:
        if line[:1] in (" ", "\t") and found:
            continue
        if not _HEADER.match(line):
            break
        found.add(line.partition(":")[0].lower())
    return len(found & _MAIL_HEADERS) >= 3
