"""The archive's texts beside its page: for people, for spreadsheets, for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.domain.filenames import printable
from bot.domain.portfolio import Change
from bot.ports import TrailEntry
from bot.usecases.export_record import Export, ExportedFile
from storage.archive_page import filing_words, trail_words

RECORD_FORMAT = "carrel-record-1"
_BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take the text for another encoding
_FORMULA = ("=", "+", "-", "@")

_README = """\
{record} of {name}
{program}
State as of {as_of}

Open index.html in any browser: it lists everything and links to the files.
No program, account or network is needed.

sections/      the files, each in the folder of the first section it stands in
waiting/       files that were waiting for a word about where they belong
withdrawn/     files that were taken out of the record
record.json    all of it for other programs, with the files' original names
history.csv    every step of every file, for a spreadsheet
receipts.txt   a signed receipt for each file
manifest.json  the list of all files here with their SHA-256 hashes
manifest.sig   the signature of manifest.json

Is it whole and unaltered? With Carrel, anywhere and without a network:

    carrel verify FILE.zip --key PUBLICKEY

PUBLICKEY is the key of the installation that wrote this archive. Take it from the program, not
from this archive. The archive says it is:

    {public_key}

Without Carrel: compare each file's SHA-256 hash with manifest.json, and check the Ed25519
signature, the last part of manifest.sig (base64url), over the bytes of manifest.json.

{trail}
"""


def readme(export: Export, *, public_key: str) -> str:
    """What is in the archive and how to check it."""
    return _README.format(
        record=export.program.words.record,
        name=printable(export.candidate.person.name),
        program=export.program.name,
        as_of=export.as_of.isoformat(),
        public_key=public_key,
        trail=trail_words(export),
    )


def receipts(export: Export) -> str:
    """Each file's receipt on a line of its own, below a line that says whose it is."""
    return "\n".join(f"File {f.evidence.number}\n{f.receipt}\n" for f in export.files)


def history_table(export: Export) -> str:
    """Every step as a table for spreadsheets, which must not take a name for a formula."""
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(("at", "file", "name", "from", "to", "reason", "undone_at"))
    known = {f.evidence.id: f.evidence for f in export.files}
    for change in export.history:
        evidence = known[change.evidence_id]
        before, after = filing_words(change.before), filing_words(change.after)
        cells = (evidence.name, before, after, change.reason)
        undone = change.undone_at.isoformat() if change.undone_at else ""
        row = (change.at.isoformat(), evidence.number, *map(_inert, cells), undone)
        table.writerow(row)
    return _BYTE_ORDER_MARK + made.getvalue()


def record_json(export: Export) -> str:
    """The whole record for other programs; instants are ISO and UTC, sizes in bytes."""
    known = {f.evidence.id: f.evidence.number for f in export.files}
    broken = export.trail_broken_at
    record = {
        "format": RECORD_FORMAT,
        "as_of": export.as_of,
        "program": {"id": export.program.id, "name": export.program.name},
        "candidate": asdict(export.candidate),
        "files": [_file(file) for file in export.files],
        "history": [_change(change, known[change.evidence_id]) for change in export.history],
        "trail": {
            "unbroken": broken is None,
            "broken_at": broken,
            "lines": [_line(line) for line in export.trail],
        },
    }
    return json.dumps(record, indent=1, default=lambda value: value.isoformat()) + "\n"


def _file(file: ExportedFile) -> Mapping[str, object]:
    evidence = file.evidence
    return {
        "number": evidence.number,
        "name": evidence.name,
        "path": file.path,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "stored_at": evidence.stored_at,
        "filing": asdict(evidence.filing),
        "receipt": file.receipt,
    }


def _change(change: Change, number: int) -> Mapping[str, object]:
    return {
        "at": change.at,
        "file": number,
        "before": asdict(change.before),
        "after": asdict(change.after),
        "reason": change.reason,
        "undone_at": change.undone_at,
    }


def _line(line: TrailEntry) -> Mapping[str, object]:
    return {
        "id": line.id,
        "at": line.at,
        "actor": line.actor,
        "action": line.action,
        "subject": line.subject,
        "details": dict(line.details),
        "previous": line.previous,
        "hash": line.hash,
    }


def _inert(text: str) -> str:
    """A cell that a spreadsheet shows as it stands."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
