"""What a reader gets: the bytes of one file, what they are, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass

from storage.reading.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read. `deadline` is on the child's monotonic clock; `languages` as tesseract
    names them (`eng+fra`)."""

    data: bytes
    media_type: str
    limits: Limits
    languages: str
    deadline: float
