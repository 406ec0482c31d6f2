"""Bytes handed to a reader as an upload."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.files import Reading
from bot.errors import Unreadable
from bot.ports import TextReader

Build = Callable[[], bytes]


def read(reader: TextReader, data: bytes, *, name: str = "file") -> Reading:
    """The reading of bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload")
        path.write_bytes(data)
        return reader.read(path, name=name)


def refusal(reader: TextReader, data: bytes, *, name: str = "file") -> Unreadable:
    """The refusal of bytes."""
    with pytest.raises(Unreadable) as caught:
        read(reader, data, name=name)
    return caught.value
