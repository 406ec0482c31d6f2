"""Whether a body can be read in no other way than the one in which it was written."""

from __future__ import annotations

import re

from channels.email.proof.fields import Header
from channels.email.proof.signature import Signature, Unfit

_PLAIN = ("", "7bit", "8bit", "binary")
_FORMS = "multipart/alternative"  # of one text: with a file among them one could be passed over
_MULTIPART = ("multipart/mixed", "multipart/related", _FORMS)
_TEXT = ("text/plain", "text/html")
_CHARSET = re.compile(r"|us-ascii|utf-8|iso-8859-\d{1,2}|windows-125\d")  # ASCII stays ASCII
_TYPE = re.compile(r"([a-z]+/[a-z]+)[ \t]*(?:;|\Z)")
_PARAMETER = re.compile(
    r'[ \t]*([a-z-]{1,40})=(?:"([^"\\]{1,200})"|([^ \t";()<>@,\\]{1,200}))[ \t]*(?:;|\Z)',
    re.ASCII | re.IGNORECASE,
)
_FIRST = re.compile(rb"[ \t\r\n]*([^\r\n]{0,400})")
_FILE = re.compile(rb"^content-disposition:", re.MULTILINE | re.IGNORECASE)
_BORDER = re.compile(rb"^--[^\r\n]+\r?\n(?:content-|mime-version:)", re.MULTILINE | re.IGNORECASE)


def must_be_read_as_written(raw: bytes, header: Header, signature: Signature) -> None:
    """Raises `Unfit` where what says how to read the body is not covered and may be changed.

    Gmail's signatures leave out Content-Type. Whoever got such a mail could name another border in
    it, and what stood inside a file would be its sender's own words. So the body, which is covered,
    must itself show that it is divided at that border, or that it is one text.
    """
    if header.all("content-disposition") and "content-disposition" not in signature.names:
        raise Unfit("its signature does not cover content-disposition")
    if "content-transfer-encoding" not in signature.names:
        fields = header.all("content-transfer-encoding")
        if fields and fields[0].value.lower() not in _PLAIN:
            raise Unfit("its signature does not cover content-transfer-encoding")
    if "content-type" not in signature.names and not _shows(raw, header):
        raise Unfit("its signature does not cover content-type, which its body does not show")


def _shows(raw: bytes, header: Header) -> bool:
    fields = header.all("content-type")
    kind, named = _stated(fields[0].value) if fields else ("text/plain", {})
    begins = _FIRST.match(raw, header.body)
    first = begins[1] if begins else b""
    if kind in _MULTIPART:
        border = named.get("boundary", "").encode("latin-1")
        if kind == _FORMS and _FILE.search(raw, header.body):
            return False
        return bool(border) and first.rstrip(b" \t") == b"--" + border
    return (
        kind in _TEXT
        and bool(_CHARSET.fullmatch(named.get("charset", "").lower()))
        and (kind == "text/html") == first.startswith(b"<")
        and not _BORDER.search(raw, header.body)
    )


def _stated(value: str) -> tuple[str, dict[str, str]]:
    """A Content-Type that has one reading: its type and parameters; no type when it has several."""
    kind = _TYPE.match(value.lower())
    named: dict[str, str] = {}
    at = kind.end() if kind else 0
    while kind and value[at:].strip(" \t"):
        found = _PARAMETER.match(value, at)
        if not found or found[1].lower() in named:
            return "", {}
        named[found[1].lower()] = found[2] or found[3]
        at = found.end()
    return (kind[1], named) if kind else ("", {})
