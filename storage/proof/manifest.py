"""The list of an archive's files with their hashes, and the line that signs it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from pydantic import TypeAdapter, ValidationError

from bot.domain.filenames import is_safe_path
from bot.domain.tokens import is_public_key
from bot.errors import CarrelError

FORMAT = "carrel-export-1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
RECEIPTS = "receipts.txt"
RECORD = "record.json"
_SEAL = "carrel-manifest-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file of the archive: `size` in bytes, `evidence` its number in the record or 0."""

    path: str
    size: int
    sha256: str
    evidence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Every file of an archive but the manifest and its signature, in order.

    `as_of` is the ISO instant of the last thing that happened to the record.
    """

    program: str
    candidate: int
    as_of: str
    files: tuple[Listed, ...]
    format: str = FORMAT


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes that are signed: the same for the same manifest, and readable."""
    return (json.dumps(asdict(manifest), sort_keys=True, indent=1) + "\n").encode("ascii")


def read_manifest(data: bytes) -> Manifest:
    """The manifest of those bytes; `CarrelError` says what is wrong with them."""
    try:
        manifest = TypeAdapter(Manifest).validate_json(data)
    except ValidationError as error:
        raise CarrelError(
            f"{MANIFEST} cannot be read: it is not written as we write it."
        ) from error
    if manifest.format != FORMAT:
        raise CarrelError(f"The archive's format is not {FORMAT}: check it with a newer Carrel.")
    paths = {file.path for file in manifest.files} | {MANIFEST, SIGNATURE}
    if len(paths) != len(manifest.files) + 2 or not all(map(is_safe_path, paths)):
        raise CarrelError(f"{MANIFEST} names a file twice, or one that is not safe to unpack.")
    if write_manifest(manifest) != data:
        raise CarrelError(f"{MANIFEST} is not written as we write it.")
    return manifest


def write_seal(*, public_key: str, signature: str) -> bytes:
    """The content of the file beside the manifest: the key and the signature, one line."""
    return f"{_SEAL}.{public_key}.{signature}\n".encode("ascii")


def read_seal(data: bytes) -> tuple[str, str]:
    """The public key and the signature; `CarrelError` when there are none."""
    parts = data.decode("ascii", "replace").strip().split(".")
    if len(parts) != 3 or parts[0] != _SEAL or not is_public_key(parts[1]):
        raise CarrelError(f"{SIGNATURE} holds no signature that we can read.")
    return parts[1], parts[2]
