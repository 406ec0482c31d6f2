"""The files inside a winmail.dat, which Outlook makes of a mail (Microsoft's TNEF)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from channels.email.reading.charsets import text_of

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_FILES = 200
_MOST_OBJECTS = 5_000
_MOST_PROPERTIES = 2_000
_DEEPEST = 3
_BODY, _FILE_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x800C, 0x9002, 0x8010, 0x800F, 0x9005
_CODEPAGE, _MAIL_PROPERTIES = 0x9007, 0x9003
# The properties may hold words in a form that no other program shows; no file need follow.
_SAY_SOMETHING = frozenset((_BODY, _FILE_BEGINS, _MAIL_PROPERTIES))
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _CONTENT, _TYPE = 0x3707, 0x3704, 0x3001, 0x3701, 0x370E
_NAMES = (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME)
_MESSAGE = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_WIDE = 0x1F
_VARIABLE = frozenset((0x0, 0xD, 0x1E, _WIDE, 0x102))


class TnefBroken(ValueError):
    """The bytes are not what a winmail.dat is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TnefFile:
    """A file as it was packed; `name` is as it came. `is_mail` where it held files of its own."""

    name: str = ""
    media_type: str = "application/octet-stream"
    data: bytes = b""
    is_mail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tnef:
    """What is inside: files, and the words where they are plain text."""

    files: tuple[TnefFile, ...] = ()
    text: str = ""


def opened(data: bytes, *, depth: int = 0) -> Tnef:
    """What is inside; raises `TnefBroken`, also of nothing. Bounds: files, objects and depth."""
    if not data.startswith(SIGNATURE) or depth > _DEEPEST:
        raise TnefBroken("not a winmail.dat")
    objects = tuple(_objects(data))
    if not depth and _SAY_SOMETHING.isdisjoint(name for name, _ in objects):
        raise TnefBroken("holds nothing")
    codepage, text = _words(objects)
    files: list[TnefFile] = []
    inside: list[TnefFile] = []
    for name, value in objects:
        if name == _FILE_BEGINS:
            files.append(TnefFile())
        elif files and name in {_TITLE, _DATA, _PROPERTIES}:
            files[-1], more = _added(files[-1], name, value, codepage=codepage, depth=depth)
            inside += more
        if len(files) + len(inside) > MOST_FILES:
            raise TnefBroken("too many files")
    return Tnef(files=(*filter(_is_file, files), *inside), text=text)


def _words(objects: Sequence[tuple[int, bytes]]) -> tuple[str, str]:
    """The codepage of what is inside, and the words where they are plain text."""
    numbers = (_number(value, 0) for name, value in objects if name == _CODEPAGE and value[3:])
    codepage = next((f"cp{number}" for number in numbers), "")
    bodies = (value.rstrip(b"\0") for name, value in objects if name == _BODY)
    return codepage, next((text_of(body, codepage) for body in bodies), "")


def _is_file(file: TnefFile) -> bool:
    return not file.is_mail and bool(file.data or file.name)


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(_MOST_OBJECTS):
        if at + 11 > len(data):
            return
        name, size = _short(data, at + 1), _number(data, at + 5)
        if at + 9 + size > len(data):
            raise TnefBroken("cut off")
        yield name, data[at + 9 : at + 9 + size]
        at += 11 + size
    raise TnefBroken("too many objects")


def _added(
    file: TnefFile, name: int, value: bytes, *, codepage: str, depth: int
) -> tuple[TnefFile, tuple[TnefFile, ...]]:
    if name == _DATA:
        return replace(file, data=value), ()
    if name == _TITLE:
        title = text_of(value.split(b"\0", 1)[0], codepage)
        return (file if file.name else replace(file, name=title)), ()
    found = _properties(value, codepage)
    called = next((str(found[key]) for key in _NAMES if found.get(key)), file.name)
    file = replace(file, name=called, media_type=str(found.get(_TYPE) or file.media_type).lower())
    content = found.get(_CONTENT, b"")
    if isinstance(content, bytes) and content.startswith(_MESSAGE):
        inside = opened(content[len(_MESSAGE) :], depth=depth + 1).files
        return replace(file, is_mail=True), inside
    return (replace(file, data=content) if isinstance(content, bytes) and content else file), ()


def _properties(data: bytes, codepage: str) -> dict[int, bytes | str]:
    """The variable ones among a file's properties by number: text or bytes."""
    found: dict[int, bytes | str] = {}
    at = 4
    for _ in range(min(_number(data, 0), _MOST_PROPERTIES)):
        if at + 4 > len(data):
            break
        kind, name = _short(data, at), _short(data, at + 2)
        at = _behind_name(data, at + 4) if name >= 0x8000 else at + 4
        values, at = _values(data, at, kind)
        if values:
            found.setdefault(name, _told(values[0], kind & 0xFFF, codepage))
    return found


def _behind_name(data: bytes, at: int) -> int:
    """Where a property's value begins that has a name of its own instead of a known number."""
    if _number(data, at + 16) == 0:
        return at + 24
    return at + 24 + _padded(_number(data, at + 20))


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    many, kind = bool(kind & 0x1000), kind & 0xFFF
    if kind in _FIXED:
        count = _number(data, at) if many else 1
        return [], at + (4 if many else 0) + count * _FIXED[kind]
    if kind not in _VARIABLE:
        raise TnefBroken("a property of no known kind")
    values: list[bytes] = []
    count, at = _number(data, at), at + 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        size = _number(data, at)
        if at + 4 + size > len(data):
            raise TnefBroken("cut off")
        values.append(data[at + 4 : at + 4 + size])
        at += 4 + _padded(size)
    return values, at


def _told(value: bytes, kind: int, codepage: str) -> bytes | str:
    if kind == _WIDE:
        return value.decode("utf-16-le", errors="replace").rstrip("\0")
    return text_of(value.rstrip(b"\0"), codepage) if kind == 0x1E else value


def _padded(size: int) -> int:
    return size + -size % 4


def _number(data: bytes, at: int) -> int:
    try:
        return int(struct.unpack_from("<I", data, at)[0])
    except struct.error as error:
        raise TnefBroken("cut off") from error


def _short(data: bytes, at: int) -> int:
    try:
        return int(struct.unpack_from("<H", data, at)[0])
    except struct.error as error:
        raise TnefBroken("cut off") from error
