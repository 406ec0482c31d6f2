"""Writes an exported record as one ZIP archive that opens without the product."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from bot.errors import CarrelError, NotFound
from bot.ports import FileStore, Signer
from bot.usecases.export_record import Export, ExportedFile
from storage.archive.document import record_json
from storage.archive.page import index_page
from storage.archive.texts import history_table, readme, receipts
from storage.proof.manifest import (
    MANIFEST,
    RECEIPTS,
    RECORD,
    SIGNATURE,
    Listed,
    Manifest,
    write_manifest,
    write_seal,
)

_CHUNK = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP archive knows no earlier and no later times
_LATEST = (2107, 12, 31, 23, 59, 58)
_UNIX = 3
_VERIFIER = Path(__file__).with_name("standalone.py")


def write_archive(
    path: Path,
    export: Export,
    *,
    files: FileStore,
    signer: Signer,
    advance: Callable[[int], None] = lambda _: None,
) -> int:
    """Writes the archive and gives its size in bytes; only its owner may read it.

    The same export, files and key give the same bytes. `path` appears, or is replaced, only when
    all of it is on the disk. `advance` is told how many bytes of evidence were written. Raises
    `CarrelError` when a file of the record is lost or damaged, or the archive cannot be written.
    """
    sources = _sources(export, files)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".carrel-", suffix=".part")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w+b") as stream:
                with zipfile.ZipFile(stream, "w") as archive:
                    _fill(archive, export, sources, signer=signer, advance=advance)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise CarrelError(
            f"{path} was not written: {error.strerror}. Check that its folder is there, may be "
            "written to and has room, then try again."
        ) from error
    return path.stat().st_size


def _sources(export: Export, files: FileStore) -> dict[int, Path]:
    """Where each file's bytes are, by its number; says at once which are lost."""
    found: dict[int, Path] = {}
    lost: list[str] = []
    for file in export.files:
        try:
            found[file.evidence.number] = files.path(file.evidence.sha256)
        except NotFound:
            lost.append(f"{file.evidence.number} ({file.evidence.sha256})")
    if lost:
        raise CarrelError(
            f"The bytes of file {', '.join(lost)} are lost: restore them from a backup into the "
            "folder of stored files, then export again."
        )
    return found


def _fill(
    archive: zipfile.ZipFile,
    export: Export,
    sources: Mapping[int, Path],
    *,
    signer: Signer,
    advance: Callable[[int], None],
) -> None:
    texts = dict(_texts(export, signer.public_key))
    listed = [
        *(_listed(name, data) for name, data in texts.items()),
        *(_listed_file(file) for file in export.files),
    ]
    manifest = write_manifest(
        Manifest(
            program=export.program.id,
            candidate=export.candidate.person.id,
            as_of=export.as_of.isoformat(),
            files=tuple(listed),
        )
    )
    signature = signer.sign(manifest)
    texts[MANIFEST] = manifest
    texts[SIGNATURE] = write_seal(public_key=signer.public_key, signature=signature)
    for name, data in texts.items():
        info = _info(name, export.as_of, zipfile.ZIP_DEFLATED)
        archive.writestr(info, data)
    for file in export.files:
        _copy(archive, file, sources[file.evidence.number], advance=advance)


def _texts(export: Export, public_key: str) -> Iterator[tuple[str, bytes]]:
    yield "index.html", index_page(export).encode()
    yield "README.txt", readme(export, public_key=public_key).encode()
    yield RECORD, record_json(export).encode()
    yield RECEIPTS, receipts(export).encode()
    yield "history.csv", history_table(export).encode()
    yield "verify.py", _VERIFIER.read_bytes()
    yield from ((one.path, one.version.file_bytes) for one in export.statements)


def _listed(path: str, data: bytes) -> Listed:
    return Listed(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _listed_file(file: ExportedFile) -> Listed:
    evidence = file.evidence
    return Listed(
        path=file.path, size=evidence.size, sha256=evidence.sha256, evidence=evidence.number
    )


def _copy(
    archive: zipfile.ZipFile, file: ExportedFile, source: Path, *, advance: Callable[[int], None]
) -> None:
    """Stored as it is: evidence hardly shrinks, and its bytes can be found without any tool."""
    info = _info(file.path, file.evidence.stored_at, zipfile.ZIP_STORED)
    info.file_size = file.evidence.size  # lets zipfile choose ZIP64 by the size, not always
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as stream, archive.open(info, "w") as member:
        while size <= file.evidence.size and (chunk := stream.read(_CHUNK)):
            digest.update(chunk)
            size += member.write(chunk)
            advance(len(chunk))
    if (digest.hexdigest(), size) != (file.evidence.sha256, file.evidence.size):
        raise CarrelError(
            f"File {file.evidence.number} is not as it was when it was stored: restore "
            f"{file.evidence.sha256} from a backup, then export again."
        )


def _info(name: str, at: datetime, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, min(max(at.timetuple()[:6], _EARLIEST), _LATEST))
    info.compress_type = compression
    info.create_system = _UNIX
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info
