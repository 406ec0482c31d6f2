"""`Unpacker` on this machine: ZIP archives are opened in a child process too."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from bot.domain.files import Member
from bot.errors import Refusal
from storage.reading import names, refusals, report, sandbox
from storage.reading.archive import Unpacked
from storage.reading.limits import Limits
from storage.reading.report import Order

_STORED = re.compile(r"\d{4,8}")


class LocalUnpacker:
    """Unpacks plain ZIP archives, `limits.at_once` at a time; others wait for their turn."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._order = Order(verb=report.UNPACK, limits=self._limits, languages="")
        self._turns = threading.BoundedSemaphore(self._limits.at_once)

    def unpack(self, path: Path, *, name: str, into: Path) -> tuple[Member, ...]:
        """The archive's files in a new folder below `into`; none when it is no plain archive."""
        with sandbox.telling(name), self._turns, ExitStack() as undo:
            if not _begins_as_zip(path):
                return ()
            folder = Path(tempfile.mkdtemp(prefix="archive-", dir=into))
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            listed = sandbox.run(self._order, path, folder=folder).members or ()
            members = tuple(_member(each, folder) for each in listed)
            if any(member.path for member in members):
                undo.pop_all()
            return members


def _begins_as_zip(path: Path) -> bool:
    """Spares most files a child process of their own, which takes as long as reading them."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _member(unpacked: Unpacked, folder: Path) -> Member:
    """The child's word, checked: it read a hostile file, and may say anything."""
    if unpacked.reason:
        return Member(
            name=names.safe(unpacked.name),
            path=None,
            refusal=Refusal(unpacked.reason),
            advice=unpacked.advice,
        )
    path = folder / unpacked.stored
    if not _STORED.fullmatch(unpacked.stored) or not stat.S_ISREG(path.lstat().st_mode):
        raise refusals.damaged()
    return Member(name=names.safe(unpacked.name), path=path)
