"""The archive's texts beside its page: for people and for spreadsheets."""

from __future__ import annotations

import csv
import io

from bot.domain.filenames import printable
from bot.usecases.export_record import Export
from storage.archive.page import filing_words, trail_words

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
statements/    every version of every {statement}, by set
record.json    all of it for other programs, with the files' original names
history.csv    every step of every file, for a spreadsheet
receipts.txt   a signed receipt for each file and a signed confirmation of each submission
manifest.json  the list of all files here with their SHA-256 hashes
manifest.sig   the signature of manifest.json
verify.py      checks all of that with Python 3.8 or newer and nothing else

Is it whole and unaltered? In this folder, or on the archive itself:

    python3 verify.py --key PUBLICKEY
    python3 verify.py FILE.zip --key PUBLICKEY

or with Carrel, which checks the receipts too, and can take the record on (carrel import):

    carrel verify FILE.zip --key PUBLICKEY

PUBLICKEY is the key of the installation that wrote this archive. Take it from the program, not
from this archive. The archive says it is:

    {public_key}

Without either: compare each file's SHA-256 hash with manifest.json, and check the Ed25519
signature, the last part of manifest.sig (base64url), over the bytes of manifest.json.

{trail}
"""


def readme(export: Export, *, public_key: str) -> str:
    """What is in the archive and how to check it."""
    return _README.format(
        record=export.program.words.record,
        statement=export.program.words.statement,
        name=printable(export.candidate.person.name),
        program=export.program.name,
        as_of=export.as_of.isoformat(),
        public_key=public_key,
        trail=trail_words(export),
    )


def receipts(export: Export) -> str:
    """Each receipt and confirmation on a line of its own, below a line that says whose it is."""
    given = (
        *((f"File {f.evidence.number}", f.receipt) for f in export.files),
        *((f"Submission {s.submission.id}", s.confirmation) for s in export.submissions),
    )
    return "\n".join(f"{name}\n{token}\n" for name, token in given)


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


def _inert(text: str) -> str:
    """A cell that a spreadsheet shows as it stands."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
