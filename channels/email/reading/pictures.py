"""How large a picture is and whether somebody would file it."""

from __future__ import annotations

import re
import struct

from channels.email.own_picture import is_marked

_IMAGE_NUMBER = re.compile(r"image\d{3}\.", re.IGNORECASE)
_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # a JPEG's frame begins with one
_MOST_SEGMENTS = 1_000
_DOT = 64  # pixels in all: nothing can be seen on it
_LOGO_BYTES = 12_000
_OUTLOOK_BYTES = 30_000  # Outlook numbers logos and pasted pictures alike


def pixels(data: bytes) -> tuple[int, int]:
    """Width and height by the picture's own header; zeros when it has none that is known.

    One of Carrel's own, which comes back in what is quoted, is a dot: nobody means to send it.
    """
    if is_marked(data):
        return (1, 1)
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return _two(">II", data, 16)
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        return _two("<HH", data, 6)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return (0, 0)


def is_wanted(size: int, pixels: tuple[int, int], *, name: str, placed: bool, apart: bool) -> bool:
    """Whether a picture is more than decoration.

    `placed` means that the mail's own HTML shows it, `apart` that it was attached as a file.
    """
    width, height = pixels
    known = width > 0 and height > 0
    if known and width * height <= _DOT:
        return False
    numbered = bool(_IMAGE_NUMBER.match(name))
    if apart and not placed:
        return size >= _LOGO_BYTES or not numbered
    times = 2 if numbered else 1
    if known and (width < 200 * times or height < 100 * times or width > 5 * height):
        return False
    return size >= (_OUTLOOK_BYTES if numbered else _LOGO_BYTES)


def _two(layout: str, data: bytes, at: int) -> tuple[int, int]:
    first, second = struct.unpack_from(layout, data, at)
    return int(first), int(second)


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        at = data.find(b"\xff", at)
        if at < 0 or at + 9 > len(data):
            break
        marker = data[at + 1]
        if marker in _MARKERS:
            height, width = _two(">HH", data, at + 5)
            return width, height
        at += 1 if marker in {0xFF, 0x00, 0x01} else 2 + int.from_bytes(data[at + 2 : at + 4])
    return (0, 0)
