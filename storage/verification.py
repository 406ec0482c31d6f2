"""Checks an archive or a receipt with nothing but the file itself: no database, no secret."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.domain.filenames import printable
from bot.domain.receipts import Receipt, find_tokens, parse
from bot.errors import CarrelError
from storage.archive_faults import manifest_facts, manifest_faults
from storage.guarded_zip import MEBIBYTE, GuardedZip, open_guarded
from storage.manifest import MANIFEST, SIGNATURE, read_manifest, read_seal
from storage.signing import verify
from storage.verdict import Fault, Report, What, key_facts, key_faults, key_note, report

_LONGEST_MANIFEST = 16 * MEBIBYTE
_LONGEST_SEAL = 4096


def verify_receipt(token: str, *, file: Path | None, trusted_key: str | None) -> Report:
    """Whether a receipt is genuine, and `file` the one it was given for."""
    try:
        receipt, _, public_key, _ = parse(token)
    except CarrelError as error:
        faults = [Fault(what=What.BAD_RECEIPT, text=str(error))]
        return report("", faults=faults, facts={"kind": "receipt"})
    faults = list(_token_faults(token, trusted_key))
    if file is not None:
        faults += _file_faults((receipt,), file)
    compared = f" {file.name} is its file, bit for bit." if file is not None else ""
    return report(
        f"OK: the receipt is genuine.{compared}",
        faults=faults,
        notes=(*_words(receipt), key_note(public_key, trusted_key)),
        facts={"kind": "receipt", **_fields(receipt), **key_facts(public_key, trusted_key)},
    )


def verify_text(text: str, *, file: Path | None, trusted_key: str | None) -> Report:
    """Every receipt in a text; of several, `file` has to fit one."""
    tokens = find_tokens(text)
    if len(tokens) == 1:
        return verify_receipt(tokens[0], file=file, trusted_key=trusted_key)
    faults = [
        replace(fault, about=f"receipt {number}", text=f"Receipt {number}: {fault.text}")
        for number, token in enumerate(tokens, 1)
        for fault in _token_faults(token, trusted_key)
    ]
    if not tokens:
        advice = "No receipt is in it: one begins with carrel-receipt-1 and is one long line."
        faults.append(Fault(what=What.UNREADABLE, text=advice))
    elif file is not None and not faults:
        faults += _file_faults(tuple(parse(token).receipt for token in tokens), file)
    return report(
        f"OK: all {len(tokens)} receipts are genuine.",
        faults=faults,
        facts={"kind": "receipts", "receipts": len(tokens)},
    )


def verify_archive(path: Path, *, trusted_key: str | None) -> Report:
    """Whether an archive is whole, unaltered and signed, without unpacking it anywhere."""
    try:
        with open_guarded(path) as archive:
            return _archive_report(archive, trusted_key)
    except CarrelError as error:
        faults = [Fault(what=What.UNREADABLE, text=str(error))]
        return report("", faults=faults, facts={"kind": "archive"})


def _token_faults(token: str, trusted_key: str | None) -> Iterator[Fault]:
    try:
        _, payload, public_key, signature = parse(token)
    except CarrelError as error:
        yield Fault(what=What.BAD_RECEIPT, text=str(error))
        return
    yield from key_faults(public_key, trusted_key)
    if not verify(public_key, payload, signature):
        text = "The receipt was altered: its signature does not fit what it says."
        yield Fault(what=What.BAD_SIGNATURE, text=text)


def _file_faults(receipts: tuple[Receipt, ...], file: Path) -> Iterator[Fault]:
    try:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        text = f"{file} cannot be read: {error.strerror}."
        yield Fault(what=What.UNREADABLE, about=printable(file.name), text=text)
        return
    if sha256 not in {receipt.sha256 for receipt in receipts}:
        text = f"{file.name} is another file, or was changed: its SHA-256 is {sha256}."
        yield Fault(what=What.OTHER_FILE, about=printable(file.name), text=text)


def _words(receipt: Receipt) -> Iterator[str]:
    """What the receipt says, for people."""
    yield f"File {receipt.number} of candidate {receipt.candidate} in {receipt.program}:"
    yield f"Name: {receipt.name}"
    yield f"Size and SHA-256: {receipt.size} bytes, {receipt.sha256}"
    yield f"Stored at: {receipt.stored_at:%Y-%m-%d %H:%M:%S} UTC"
    place = f"{', '.join(receipt.sections)} ({receipt.kind})" if receipt.sections else receipt.state
    since = f"{receipt.filed_at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"Stood when the receipt was given: {place}, since {since}"


def _fields(receipt: Receipt) -> dict[str, object]:
    return {
        "program": receipt.program,
        "candidate": receipt.candidate,
        "number": receipt.number,
        "name": receipt.name,
        "size": receipt.size,
        "sha256": receipt.sha256,
        "stored_at": receipt.stored_at.isoformat(),
        "state": receipt.state.value,
        "sections": list(receipt.sections),
        "evidence_kind": receipt.kind.value,
        "filed_at": receipt.filed_at.isoformat(),
    }


def _archive_report(archive: GuardedZip, trusted_key: str | None) -> Report:
    """The seal first: what the manifest says counts only as far as its signature fits."""
    faults = [Fault(what=What.UNSAFE, about=n, text=f"{n} {why}.") for n, why in archive.faults]
    facts: dict[str, object] = {"kind": "archive"}
    public_key, good = "", ""
    try:
        public_key, signature = read_seal(archive.content(SIGNATURE, at_most=_LONGEST_SEAL))
        data = archive.content(MANIFEST, at_most=_LONGEST_MANIFEST)
        faults += _seal_faults(data, public_key, signature=signature, trusted_key=trusted_key)
        manifest = read_manifest(data)
        faults += manifest_faults(archive, manifest, public_key)
        facts |= manifest_facts(manifest)
        good = f"OK: whole and unaltered, {facts['files']} files, as of {manifest.as_of}."
    except CarrelError as error:
        faults.append(Fault(what=What.BAD_MANIFEST, about=MANIFEST, text=str(error)))
    notes = (key_note(public_key, trusted_key),) if public_key else ()
    facts |= key_facts(public_key, trusted_key) if public_key else {}
    return report(good, faults=faults, notes=notes, facts=facts)


def _seal_faults(
    data: bytes, public_key: str, *, signature: str, trusted_key: str | None
) -> Iterator[Fault]:
    yield from key_faults(public_key, trusted_key)
    if not verify(public_key, data, signature):
        text = f"{MANIFEST} was altered, or {SIGNATURE} was: the signature does not fit."
        yield Fault(what=What.BAD_SIGNATURE, about=MANIFEST, text=text)
