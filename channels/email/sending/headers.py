"""Lines above a mail's words: nothing that people write can become another of them.

They are written here and not by the standard library, whose folding may add a blank between letters
of no ASCII and refuses some of what people are called.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

from bot.domain.filenames import printable
from channels.email.sending.addresses import MailAddress

_WIDTH = 76  # characters a line
_WORD_BYTES = 39  # of one encoded word: with the name of its header it stays within a line
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_FOLD = "\r\n "
_LONGEST_NAME = 56  # characters of a file's name that are written as they are
_PLAIN_NAME = re.compile(r"(?!.*=\?)[ !#-$&-\[\]-~]+")  # no encoded word, and nothing to quote


def line(name: str, value: str) -> bytes:
    """One header; `value` is written already, as by the functions below."""
    return f"{name}: {value}\r\n".encode()


def words(text: str, *, taken: int = 0) -> str:
    """Words of anybody's; `taken` are the characters before them on the line."""
    text = printable(text)
    if not text.isascii() or "=?" in text or any(len(one) > _WIDTH for one in text.split()):
        return _FOLD.join(_encoded(text))
    return _FOLD.join(_lines(text.split(), taken))


def address(one: MailAddress) -> str:
    """An address, with its name where it has one."""
    if not one.name:
        return str(one)
    if not one.name.isascii() or "=?" in one.name:
        return f"{_FOLD.join(_encoded(one.name))}{_FOLD}<{one}>"
    if _ATOM.fullmatch(one.name):
        return f"{one.name} <{one}>"
    quoted = one.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{one}>'


def listed(values: Iterable[str], between: str = "") -> str:
    """Ids or addresses, each on a line of its own."""
    return f"{between}{_FOLD}".join(values)


def named(value: str, parameter: str, name: str) -> str:
    """A header such as `attachment` with a file's name (RFC 2231), whatever is in the name."""
    if len(name) <= _LONGEST_NAME and _PLAIN_NAME.fullmatch(name):
        return f'{value};{_FOLD}{parameter}="{name}"'
    told = [_octets(part) for part in _parts(name, _WORD_BYTES // 2)]
    if len(told) == 1:
        return f"{value};{_FOLD}{parameter}*=utf-8''{told[0]}"
    told[0] = f"utf-8''{told[0]}"
    pieces = (f"{parameter}*{number}*={part}" for number, part in enumerate(told))
    return f"{value};{_FOLD}" + f";{_FOLD}".join(pieces)


def _lines(found: Iterable[str], taken: int) -> Iterator[str]:
    held = ""
    for word in found:
        if held and taken + len(held) + 1 + len(word) > _WIDTH:
            yield held
            held, taken = word, 1
        else:
            held = f"{held} {word}" if held else word
    yield held


def _encoded(text: str) -> Iterator[str]:
    """https://www.rfc-editor.org/rfc/rfc2047: blanks between two of them are nobody's."""
    for part in _parts(text, _WORD_BYTES):
        yield f"=?utf-8?b?{base64.b64encode(part).decode()}?="


def _parts(text: str, most: int) -> Iterator[bytes]:
    """The text's bytes in pieces of so many, never within a letter."""
    held = b""
    for letter in text:
        coded = letter.encode(errors="replace")
        if len(held) + len(coded) > most:
            yield held
            held = b""
        held += coded
    yield held


def _octets(part: bytes) -> str:
    safe = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"
    return "".join(chr(one) if one in safe else f"%{one:02X}" for one in part)
