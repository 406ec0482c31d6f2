"""What lies in a folder of a mailbox, read from the disk: nothing is marked by looking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A mail. `seen` is whether somebody read it; `flags` are the letters of Maildir."""

    raw: bytes
    flags: str

    @property
    def seen(self) -> bool:
        """Whether somebody read it."""
        return "S" in self.flags

    @classmethod
    def all_of(cls, maildir: Path) -> list[Self]:
        """Every mail of a folder; none when the folder is not there."""
        while True:  # a mail that is marked or moved meanwhile has another name then
            try:
                return [cls(raw=path.read_bytes(), flags=_flags(path)) for path in _mails(maildir)]
            except FileNotFoundError:
                continue

    @staticmethod
    def count(maildir: Path) -> int:
        """How many mails lie there."""
        return sum(1 for _ in _mails(maildir))


def _mails(maildir: Path) -> Iterator[Path]:
    """In the order of their arrival: their names begin with it."""
    found = [path for part in ("new", "cur") for path in (maildir / part).glob("*")]
    yield from sorted(found, key=lambda path: path.name)


def _flags(path: Path) -> str:
    return path.name.partition(":2,")[2]
