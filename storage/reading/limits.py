"""How much time, memory and text one file may cost."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.limits import LARGEST_FILE

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one file. Sizes in bytes, times in seconds."""

    file_bytes: int = LARGEST_FILE
    seconds: float = 60.0
    cpu_seconds: int = 60
    memory_bytes: int = 2048 * MEBIBYTE
    pages: int = 200
    characters: int = 400_000
    scanned_pages: int = 10
    pixels: int = 80_000_000
    members: int = 200
    unpacked_bytes: int = 200 * MEBIBYTE
    ratio: int = 200
    at_once: int = 2

    @property
    def report_bytes(self) -> int:
        """The longest report a child may give: UTF-8 text, its envelope, and member names."""
        return 4 * self.characters + 2 * MEBIBYTE
