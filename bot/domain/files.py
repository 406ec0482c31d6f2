"""What is known of a file's content before anyone decides where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text of one page; numbers start at 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text of a file. `note` tells what was left out ("only the first 40 of 212 pages")."""

    media_type: str
    pages: tuple[Page, ...]
    title: str = ""
    ocr: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        """All pages, joined by line ends."""
        return "\n".join(page.text for page in self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive: `path` where it was unpacked, or a refusal with advice."""

    name: str
    path: Path | None
    refusal: Refusal | None = None
    advice: str = ""
