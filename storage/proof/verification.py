"""Checks an archive or a signed line with nothing but the file itself: no database, no secret."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.domain.filenames import printable
from bot.domain.receipts import Receipt
from bot.errors import CarrelError
from storage.archive.faults import manifest_facts, manifest_faults
from storage.proof.certified import (
    FORMS,
    Certified,
    fields_of,
    find_certified,
    read_certified,
    word_of,
    words_of,
)
from storage.proof.guarded_zip import MEBIBYTE, GuardedZip, open_guarded
from storage.proof.manifest import MANIFEST, SIGNATURE, read_manifest, read_seal
from storage.proof.signing import verify
from storage.proof.verdict import Fault, Report, What, key_facts, key_faults, key_note, report

_LONGEST_MANIFEST = 16 * MEBIBYTE
_LONGEST_SEAL = 4096


def verify_receipt(token: str, *, file: Path | None, trusted_key: str | None) -> Report:
    """Whether a receipt or confirmation is genuine, and `file` the one a receipt was given for."""
    word = word_of(token)
    try:
        said = read_certified(token)
    except CarrelError as error:
        faults = [Fault(what=What.BAD_RECEIPT, text=str(error))]
        return report("", faults=faults, facts={"kind": word})
    faults = list(_token_faults(token, trusted_key))
    if file is not None:
        faults += _file_faults((said,), file)
    compared = f" {file.name} is its file, bit for bit." if file is not None else ""
    return report(
        f"OK: the {word} is genuine.{compared}",
        faults=faults,
        notes=(*words_of(said.content), key_note(said.public_key, trusted_key)),
        facts={"kind": word, **fields_of(said.content), **key_facts(said.public_key, trusted_key)},
    )


def verify_text(text: str, *, file: Path | None, trusted_key: str | None) -> Report:
    """Every receipt and confirmation in a text; of several, `file` has to fit one receipt."""
    tokens = find_certified(text)
    if len(tokens) == 1:
        return verify_receipt(tokens[0], file=file, trusted_key=trusted_key)
    faults = [
        replace(fault, about=f"receipt {number}", text=f"Receipt {number}: {fault.text}")
        for number, token in enumerate(tokens, 1)
        for fault in _token_faults(token, trusted_key)
    ]
    if not tokens:
        begin = " or ".join(form.prefix for form in FORMS)
        advice = f"No receipt is in it: one begins with {begin} and is one long line."
        faults.append(Fault(what=What.UNREADABLE, text=advice))
    elif file is not None and not faults:
        faults += _file_faults(tuple(map(read_certified, tokens)), file)
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
        _, payload, public_key, signature = read_certified(token)
    except CarrelError as error:
        yield Fault(what=What.BAD_RECEIPT, text=str(error))
        return
    yield from key_faults(public_key, trusted_key)
    if not verify(public_key, payload, signature):
        text = f"The {word_of(token)} was altered: its signature does not fit what it says."
        yield Fault(what=What.BAD_SIGNATURE, text=text)


def _file_faults(certified: tuple[Certified, ...], file: Path) -> Iterator[Fault]:
    try:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        text = f"{file} cannot be read: {error.strerror}."
        yield Fault(what=What.UNREADABLE, about=printable(file.name), text=text)
        return
    given_for = {one.content.sha256 for one in certified if isinstance(one.content, Receipt)}
    if not given_for:
        text = f"A confirmation is of many files: compare {file.name} with its own receipt."
        yield Fault(what=What.OTHER_FILE, about=printable(file.name), text=text)
    elif sha256 not in given_for:
        text = f"{file.name} is another file, or was changed: its SHA-256 is {sha256}."
        yield Fault(what=What.OTHER_FILE, about=printable(file.name), text=text)


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
