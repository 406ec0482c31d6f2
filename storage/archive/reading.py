"""Reads an exported record back: nothing of it counts before all of it was checked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.domain.record import Record, RecordedFile
from bot.errors import CarrelError, NotFound, Refused
from bot.ports import FileStore
from storage.archive.document import read_record
from storage.proof.guarded_zip import MEBIBYTE, GuardedZip, open_guarded
from storage.proof.manifest import MANIFEST, RECORD, SIGNATURE, Manifest, read_manifest, read_seal
from storage.proof.verification import verify_archive

_LONGEST = 256 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A genuine archive: its record and the key that signed it. `path` is a copy of our own."""

    path: Path
    record: Record
    public_key: str


@contextmanager
def open_archive(path: Path, *, trusted_key: str | None) -> Iterator[Archive]:
    """The archive at `path`, once it was found whole and signed by that key (None: by any).

    `Refused` tells what is wrong with it, `NotFound` that it cannot be read. Only a copy that
    nobody else can change is looked at.
    """
    with tempfile.TemporaryDirectory(prefix="carrel-") as folder:
        copy = Path(folder) / "archive.zip"
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise NotFound(f"{path} cannot be read: {error.strerror}.") from error
        report = verify_archive(copy, trusted_key=trusted_key)
        if not report.ok:
            raise Refused("\n".join((f"{path} was not imported.", *report.lines)))
        with open_guarded(copy) as opened:
            record, public_key = _read(opened)
        yield Archive(path=copy, record=record, public_key=public_key)


def keep_bytes(
    archive: Archive, files: FileStore, *, advance: Callable[[int], None] = lambda _: None
) -> str:
    """Puts the archive itself and every file of its record into the store; the archive's name.

    `advance` is told how many bytes of evidence were kept.
    """
    with open_guarded(archive.path) as opened:
        for file in archive.record.files:
            _keep(opened, file, archive.path.with_name("member"), files)
            advance(file.size)
    return files.put(archive.path)


def _read(opened: GuardedZip) -> tuple[Record, str]:
    public_key, _ = read_seal(opened.content(SIGNATURE, at_most=_LONGEST))
    manifest = read_manifest(opened.content(MANIFEST, at_most=_LONGEST))
    record = read_record(opened.content(RECORD, at_most=_LONGEST))
    _check_listed(record, manifest)
    return record, public_key


def _check_listed(record: Record, manifest: Manifest) -> None:
    """The files of the record are exactly those that the manifest lists as such."""
    listed = {(f.evidence, f.path, f.size, f.sha256) for f in manifest.files if f.evidence}
    named = {(f.number, f.path, f.size, f.sha256) for f in record.files}
    whose = (manifest.program, manifest.candidate)
    if listed != named or whose != (record.program.id, record.candidate.person.id):
        raise CarrelError(f"{RECORD} and {MANIFEST} tell of different files: nothing was imported.")


def _keep(opened: GuardedZip, file: RecordedFile, place: Path, files: FileStore) -> None:
    with place.open("wb") as stream:
        for block in opened.blocks(file.path):
            stream.write(block)
    if files.put(place) != file.sha256:
        raise CarrelError(f"{file.path} changed while it was read: nothing was imported.")
