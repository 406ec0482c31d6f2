"""Files in a folder, each under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from bot.errors import CarrelError, NotFound

_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_INCOMING = "incoming"


class FolderFileStore:
    """Keeps files below `root` as aa/bb/SHA256; see `bot.ports.FileStore` for the contract.

    A file gets its name only when all of its bytes are on the disk. What a crash leaves behind
    lies in the folder `incoming` and may be deleted while nothing runs.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lasting: set[Path] = set()  # folders in the root whose names are on the disk

    def put(self, source: Path) -> str:
        """Copies the file in and gives its name; raises `CarrelError` and keeps nothing then."""
        try:
            with source.open("rb") as stream:
                return self._keep(stream)
        except OSError as error:
            raise CarrelError(
                f"{source.name} was not kept: {error.strerror or error}. Check that the file can "
                f"be read and that {self._root} has free space and may be written to, then try "
                "again."
            ) from error

    def put_bytes(self, content: bytes) -> str:
        """Keeps these bytes and gives their name; raises `CarrelError` as `put` does."""
        try:
            return self._keep(io.BytesIO(content))
        except OSError as error:
            raise CarrelError(
                f"{len(content)} bytes were not kept: {error.strerror or error}. Check that "
                f"{self._root} has free space and may be written to, then try again."
            ) from error

    def path(self, sha256: str) -> Path:
        """A local path to read from; raises `NotFound` when nothing has that name."""
        if _NAME.fullmatch(sha256) and self._place(sha256).is_file():
            return self._place(sha256)
        raise NotFound(f"No file is kept under {sha256[:64]!r}: check the name, or send it again.")

    def names(self) -> Iterator[str]:
        """Every name kept, in order."""
        for path in sorted(self._root.glob("[0-9a-f][0-9a-f]")):
            for place in sorted(path.glob("[0-9a-f][0-9a-f]/*")):
                if _NAME.fullmatch(place.name):
                    yield place.name

    def discard(self, sha256: str) -> None:
        """Forgets the bytes; harmless when they are not there."""
        if _NAME.fullmatch(sha256):
            self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _keep(self, stream: BinaryIO) -> str:
        handle, temporary = self._opened()
        try:
            with os.fdopen(handle, "wb") as copy:
                sha256 = _copy(stream, copy)
            self._name(temporary, sha256)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return sha256

    def _opened(self) -> tuple[int, Path]:
        """A file that nobody else writes to."""
        incoming = self._root / _INCOMING
        try:
            handle, name = tempfile.mkstemp(dir=incoming)
        except FileNotFoundError:
            incoming.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=incoming)
        return handle, Path(name)

    def _name(self, temporary: Path, sha256: str) -> None:
        above = self._root / sha256[:2]
        folder = above / sha256[2:4]
        made = _made(folder)
        # Also when the name is there already: that mends a damaged copy and makes its time new.
        temporary.replace(folder / sha256)
        _sync_folder(folder)
        _sync_folder(above)
        if made or above not in self._lasting:
            _sync_folder(self._root)
            self._lasting.add(above)


def _copy(stream: BinaryIO, copy: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    os.fchmod(copy.fileno(), 0o440)
    os.fsync(copy.fileno())
    return digest.hexdigest()


def _made(folder: Path) -> bool:
    """Makes the folder; whether not even the one above was there, as after somebody took it."""
    with suppress(FileExistsError):
        try:
            folder.mkdir()
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            return True
    return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
