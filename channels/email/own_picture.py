"""Pictures that Carrel draws are known again when they come back in what people quote.

Programs give quoted pictures other names and ids, but leave their bytes alone.
"""

from __future__ import annotations

import struct
import zlib

_NOTE = b"tEXtSoftware\x00Carrel, drawn for a mail"
_HEAD = 33  # bytes: a PNG's signature and its first chunk, which says how large it is


def marked(png: bytes) -> bytes:
    """The picture with a note in it that nobody sees."""
    length = struct.pack(">I", len(_NOTE) - 4)
    chunk = length + _NOTE + struct.pack(">I", zlib.crc32(_NOTE))
    return png[:_HEAD] + chunk + png[_HEAD:]


def is_marked(data: bytes) -> bool:
    """Whether it is such a picture."""
    return data[_HEAD + 4 :].startswith(_NOTE)
