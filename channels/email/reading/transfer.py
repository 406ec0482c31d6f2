"""Bytes as they travel -> bytes as they were, as far as they can be had."""

from __future__ import annotations

import binascii
import re

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_OTHER = bytes(set(range(256)) - set(_ALPHABET) - {ord("=")})
_MOST_PIECES = 1_000  # base64 that was joined without a thought


def decoded(data: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; an unknown one changes nothing."""
    name = encoding.strip(" \t\"';").lower()
    if name.startswith(("base64", "b64")):
        return data if _is_prose(data) else from_base64(data)
    if name.startswith("quoted"):
        return binascii.a2b_qp(data)
    if name.startswith(("x-uu", "uuencode", "x-uue")):
        return next(iter(uuencoded(data)[1]), (b"", data))[1]
    return data


def _is_prose(data: bytes) -> bool:
    """Whether the first line has several words, as base64 never has."""
    return len(data[:2_000].lstrip()[:80].partition(b"\n")[0].split()) > 2


def is_encoded(encoding: str) -> bool:
    """Whether the bytes travel as others."""
    return encoding.strip(" \t\"';").lower().startswith(("base64", "quoted", "x-uu"))


def from_base64(data: bytes) -> bytes:
    """Base64 with any marks between, wrong or missing ends, or several pieces of it joined."""
    pieces = data.split(b"=", _MOST_PIECES)
    if len(pieces) > 1 and b" " in b"".join(pieces[1:]).strip():
        pieces = pieces[:1]  # somebody wrote words below: they are no base64
    return b"".join(map(_piece, pieces))


def _piece(data: bytes) -> bytes:
    letters = data.translate(None, delete=_OTHER + b"=")
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n(?=[\x20-\x60])", re.MULTILINE)
_END = re.compile(rb"^end[ \t]*\r?$\n?", re.MULTILINE)
_MOST_FILES = 50
_MOST_LINES = 1_000_000


def uuencoded(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The words without the files that are spelt among them, and the files: name and bytes."""
    words: list[bytes] = []
    files: list[tuple[bytes, bytes]] = []
    at = 0
    if b"begin " not in data or data.count(b"\n") > _MOST_LINES:
        return data, files
    while len(files) < _MOST_FILES:
        begin = _BEGIN.search(data, at)
        end = _END.search(data, begin.end()) if begin else None
        if not begin or not end:
            break
        words.append(data[at : begin.start()])
        files.append((begin.group(1), _lines(data[begin.end() : end.start()])))
        at = end.end()
    return b"".join([*words, data[at:]]), files


def _lines(data: bytes) -> bytes:
    return b"".join(_line(line) for line in data.splitlines())


def _line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # some programs count wrong: what the line says it holds, is taken
        wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 + 1 if line else 0
        try:
            return binascii.a2b_uu(line[:wanted])
        except binascii.Error:
            return b""
