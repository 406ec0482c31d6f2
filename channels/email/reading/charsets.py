"""Bytes of text -> text, whatever a mail says that their charset is."""

from __future__ import annotations

import codecs
import re

_NAME = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
# What mails say -> the widest charset that is meant: many programs name a part of what they write.
_MEANT = {
    "ansi": "cp1252",
    "ascii": "utf-8",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "cp-850": "cp850",
    "default": "utf-8",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-6-e": "iso8859-6",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "iso8859-1": "cp1252",
    "ks_c_5601-1987": "cp949",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "macintosh": "mac_roman",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "us-ascii": "utf-8",
    "utf": "utf-8",
    "utf-8-mac": "utf-8",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "x-cp1252": "cp1252",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
    "x-sjis": "cp932",
    "x-unknown": "utf-8",
    "x-user-defined": "cp1252",
    "x-x-big5": "cp950",
}
# Python knows these as charsets too; no mail is written in them, and some take long or run wild.
_NEVER = frozenset(
    ("idna", "punycode", "unicode_escape", "unicode-escape", "raw-unicode-escape", "undefined")
)


def codec_of(charset: str) -> str:
    """Python's name of a charset; empty when it is none that mails are written in."""
    found = _NAME.match(charset.strip(" \t\"'<>").lower())
    if not found:
        return ""
    name = _MEANT.get(found.group(), found.group())
    try:
        known = codecs.lookup(name).name
        b"aa".decode(known, errors="replace")  # `LookupError` where it is none of text
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if known in _NEVER else known


def text_of(data: bytes, charset: str = "") -> str:
    """The text of bytes; what cannot be read becomes a mark of its own. Never fails."""
    codec = codec_of(charset)
    tries = ("utf-8", codec) if codec in {"", "cp1252"} else (codec, "utf-8")
    for one in filter(None, tries):
        if (text := _strictly(data, one)) is not None:
            return text
    return next(
        (text for one in filter(None, tries) if (text := _mostly(data, one))), western(data)
    )


def western(data: bytes) -> str:
    """The text of bytes as Windows writes western languages; every byte is something."""
    text = _strictly(data, "cp1252")
    return data.decode("latin-1") if text is None else text


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _mostly(data: bytes, codec: str) -> str:
    """The text where more letters beyond ASCII could be read than not; else empty."""
    text = data.decode(codec, errors="replace")
    lost = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if beyond > 2 * lost else ""
