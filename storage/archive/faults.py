"""Where an archive differs from its manifest, and its receipts from its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.domain.confirmations import Confirmation
from bot.domain.receipts import Receipt
from bot.errors import CarrelError
from storage.proof.certified import is_token, read_certified, word_of
from storage.proof.guarded_zip import MEBIBYTE, GuardedZip
from storage.proof.manifest import MANIFEST, RECEIPTS, SIGNATURE, Listed, Manifest
from storage.proof.signing import verify
from storage.proof.verdict import Fault, What

_LONGEST_RECEIPTS = 64 * MEBIBYTE
_Numbered = tuple[int, int, str]  # number, size, SHA-256


def manifest_facts(manifest: Manifest) -> Mapping[str, object]:
    """What the manifest says of the archive as a whole."""
    return {
        "program": manifest.program,
        "candidate": manifest.candidate,
        "as_of": manifest.as_of,
        "files": sum(file.evidence > 0 for file in manifest.files),
    }


def manifest_faults(archive: GuardedZip, manifest: Manifest, public_key: str) -> Iterator[Fault]:
    """Everything in which the archive is not what its manifest lists."""
    listed = {file.path: file for file in manifest.files}
    missing = {path: file for path, file in listed.items() if path not in archive.members}
    yield from _added(archive, listed, missing)
    for path in missing:
        yield Fault(what=What.MISSING, about=path, text=f"{path} is missing.")
    for path, file in listed.items():
        if path in archive.members and not _holds(archive, path, file):
            yield Fault(what=What.ALTERED, about=path, text=f"{path} was altered.")
    if RECEIPTS in archive.members:
        yield from _receipt_faults(archive, manifest, public_key)


def _added(
    archive: GuardedZip, listed: Mapping[str, Listed], missing: dict[str, Listed]
) -> Iterator[Fault]:
    """What is not listed; a missing file that is there under another name leaves `missing`."""
    moved = {(file.size, file.sha256): path for path, file in missing.items()}
    sizes = {file.size for file in missing.values()}
    for name, info in archive.members.items():
        if name in listed or name in {MANIFEST, SIGNATURE}:
            continue
        sha256 = _sha256(archive, name) if info.file_size in sizes else ""
        before = moved.pop((info.file_size, sha256), None)
        if before is None:
            yield Fault(what=What.ADDED, about=name, text=f"{name} was added.")
        else:
            del missing[before]
            yield Fault(what=What.RENAMED, about=before, text=f"{before} was renamed: {name}.")


def _holds(archive: GuardedZip, name: str, file: Listed) -> bool:
    """The size first: what is longer than it should be is not read at all."""
    same_size = archive.members[name].file_size == file.size
    return same_size and _sha256(archive, name) == file.sha256


def _sha256(archive: GuardedZip, name: str) -> str:
    try:
        return archive.sha256(name)
    except CarrelError:
        return ""


def _receipt_faults(archive: GuardedZip, manifest: Manifest, public_key: str) -> Iterator[Fault]:
    try:
        text = archive.content(RECEIPTS, at_most=_LONGEST_RECEIPTS).decode(errors="replace")
    except CarrelError as error:
        yield Fault(what=What.BAD_RECEIPT, about=RECEIPTS, text=str(error))
        return
    found: Counter[_Numbered] = Counter()
    for token in filter(is_token, text.splitlines()):
        said = _genuine(token, public_key)
        if said is None or (said.program, said.candidate) != _whose(manifest):
            wrong = f"A {word_of(token)} is not genuine, or is of another record."
            yield Fault(what=What.BAD_RECEIPT, about=RECEIPTS, text=wrong)
        elif isinstance(said, Receipt):
            found[said.number, said.size, said.sha256] += 1
    wanted = Counter((f.evidence, f.size, f.sha256) for f in manifest.files if f.evidence)
    for number, *_ in sorted((wanted - found) | (found - wanted)):
        wrong = f"File {number} does not have exactly one receipt that fits it."
        yield Fault(what=What.BAD_RECEIPT, about=RECEIPTS, text=wrong)


def _whose(manifest: Manifest) -> tuple[str, int]:
    return manifest.program, manifest.candidate


def _genuine(token: str, public_key: str) -> Receipt | Confirmation | None:
    try:
        content, payload, key, signature = read_certified(token)
    except CarrelError:
        return None
    return content if key == public_key and verify(key, payload, signature) else None
