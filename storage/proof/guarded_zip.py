"""Reads a ZIP archive of unknown origin: nothing is unpacked, memory and work are bounded."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.domain.filenames import is_safe_path
from bot.errors import CarrelError

MEBIBYTE = 1 << 20
_ENCRYPTED = 0x1
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_RATIO = 200  # text shrinks to a tenth; only what was made to explode shrinks more than this
_SMALL = 1024 * MEBIBYTE  # a few seconds' work, however little it was packed into
_DIRECTORY_BYTES = 8 * MEBIBYTE  # some 50,000 files
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
)


class _Bounded(io.FileIO):
    """A file that never gives more than the longest directory we accept in one piece.

    `zipfile` reads an archive's directory at once, as long as the archive says it is.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        """At most `size` bytes, or the rest, which `zipfile` asks for only near the end."""
        if size is not None and size > _DIRECTORY_BYTES:
            raise zipfile.BadZipFile("the directory is too long")
        return super().read(size) or b""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedZip:
    """An open archive: its members by name (in Unicode's composed form), folders left out.

    `faults` are sentences about what no archive of ours has, each with the name it is about.
    """

    opened: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    faults: tuple[tuple[str, str], ...]

    def content(self, name: str, *, at_most: int) -> bytes:
        """A small member's bytes; `CarrelError` when it is absent, longer, or damaged."""
        info = self.members.get(name)
        if info is None:
            raise CarrelError(f"{name} is missing.")
        if info.file_size > at_most:
            raise CarrelError(f"{name} is longer than any of ours.")
        return b"".join(self._blocks(info))

    def sha256(self, name: str) -> str:
        """The hash of a member's bytes, read block by block; `CarrelError` when damaged."""
        digest = hashlib.sha256()
        for block in self.blocks(name):
            digest.update(block)
        return digest.hexdigest()

    def blocks(self, name: str) -> Iterator[bytes]:
        """A member's bytes, block by block; `CarrelError` when it is absent or damaged."""
        info = self.members.get(name)
        if info is None:
            raise CarrelError(f"{name} is missing.")
        yield from self._blocks(info)

    def _blocks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """What is in a member; zipfile stops at the size it declares and checks its CRC."""
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise CarrelError(f"{info.filename} is locked or packed in a way we never use.")
        try:
            with self.opened.open(info) as member:
                while block := member.read(MEBIBYTE):
                    yield block
        except _BROKEN as error:
            raise CarrelError(f"{info.filename} is damaged.") from error


@contextmanager
def open_guarded(path: Path) -> Iterator[GuardedZip]:
    """The archive; `CarrelError` when it cannot be read or would unpack to far more than it is."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(_Bounded(path))
            opened = stack.enter_context(zipfile.ZipFile(file))
            infos = opened.infolist()
            _refuse_bomb(infos, path.stat().st_size)
        except _BROKEN as error:
            raise CarrelError(
                "It is no whole ZIP archive: cut off, damaged, or made to do harm. Get it again "
                "from where it came from."
            ) from error
        members = {_composed(info.filename): info for info in infos if not info.is_dir()}
        faults = tuple(_faults(opened, infos))
        yield GuardedZip(opened=opened, members=members, faults=faults)


def _refuse_bomb(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Members may not overlap, nor unpack to far more than the archive's own size."""
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    if packed > size or unpacked > max(_SMALL, size * _RATIO):
        raise zipfile.BadZipFile("a bomb")


def _faults(opened: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """A file system may take for one what differs in case or in the form of an accent."""
    seen: set[str] = set()
    for info in infos:
        name = _composed(info.filename).casefold()
        if name in seen and not info.is_dir():
            yield info.filename, "is there more than once"
        seen.add(name)
        path = info.filename.removesuffix("/") if info.is_dir() else info.filename
        if not is_safe_path(path):
            yield info.filename, "is not safe to unpack"
        if info.is_dir() and info.file_size:
            yield info.filename, "hides bytes in a folder's entry"
    if opened.comment:
        yield "the end of the archive", "holds bytes that are no file"
    if infos and min(info.header_offset for info in infos) != 0:
        yield "the beginning of the archive", "holds bytes that are no file"


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
