"""`carrel verify`: whether an archive, receipt or confirmation is genuine; needs no database."""

from __future__ import annotations

import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace
from pathlib import Path

import click

from bot.commands.lines import Line, each_line, text_of, write_line
from bot.domain.filenames import printable
from bot.domain.tokens import is_public_key
from bot.errors import CarrelError, NotFound, Refused
from storage.proof.certified import FORMS, is_token
from storage.proof.guarded_zip import open_guarded
from storage.proof.manifest import MANIFEST, SIGNATURE
from storage.proof.verdict import Report
from storage.proof.verification import verify_archive, verify_text

_LONGEST_TEXT = 16 << 20
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


def public_key(_: click.Context, __: click.Parameter, key: str | None) -> str | None:
    """Checks that what was given has the form of a public key."""
    if key is not None and not is_public_key(key):
        raise click.BadParameter("a public key has 43 letters, digits, - and _.")
    return key


@click.command()
@click.argument("file")
@click.option(
    "--file",
    "evidence",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check that this is the file the receipt was given for.",
)
@click.option(
    "--key",
    callback=public_key,
    metavar="PUBLICKEY",
    help="The program's public key, which its carrel doctor tells; a signature by any other is "
    "refused.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
def verify(file: str, *, evidence: Path | None, key: str | None, as_json: bool) -> None:
    """Check FILE: an exported archive, a text with receipts, or one receipt or confirmation itself.

    Exit code 0 when all is well, 1 when something is wrong. With - lines are read from standard
    input, one JSON object each: {"id": 1, "path": "..."} or {"id": 1, "receipt": "..."}; a key
    "file" names the evidence to compare.
    """
    if file == "-" and evidence is not None:
        raise click.UsageError('With - name the evidence in each line, as "file".')
    if file == "-":
        _each(key)
        return
    try:
        report = _checked(file, evidence, key)
    except (NotFound, Refused) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        write_line(_result(None, report))
    else:
        click.echo("\n".join(report.lines))
    if not report.ok:
        raise SystemExit(1)


def _each(key: str | None) -> None:
    verdicts: list[bool] = []

    def line(given: Line) -> dict[str, object]:
        evidence = Path(text_of(given, "file")) if given.get("file") else None
        if given.get("receipt"):
            report = verify_text(text_of(given, "receipt"), file=evidence, trusted_key=key)
        else:
            report = _checked(text_of(given, "path"), evidence, key)
        verdicts.append(report.ok)
        return _result(given.get("id"), report)

    each_line(sys.stdin, line)
    if not all(verdicts):
        raise SystemExit(1)


def _checked(file: str, evidence: Path | None, key: str | None) -> Report:
    path = _existing(file)
    if path is None and not is_token(file):
        begin = " or ".join(form.prefix for form in FORMS)
        raise NotFound(f"There is no file {file!r}, and a receipt begins with {begin}.")
    if path is None:
        return verify_text(file, file=evidence, trusted_key=key)
    data = _beginning(path)
    if path.suffix.lower() != ".zip" and not data.startswith(_ZIP_STARTS):
        report = verify_text(_decoded(data), file=evidence, trusted_key=key)
        return report if report.facts.get("receipts") != 0 else _foreign(path, report)
    if evidence is not None:
        raise Refused("An evidence file goes with a receipt: give the receipt, not the archive.")
    report = verify_archive(path, trusted_key=key)
    return report if report.ok or _is_ours(path) else _foreign(path, report)


def _is_ours(path: Path) -> bool:
    """Whether it looks like an archive of ours, however damaged."""
    try:
        with open_guarded(path) as archive:
            return bool({MANIFEST, SIGNATURE} & archive.members.keys())
    except CarrelError:
        return True  # no whole ZIP archive: what it was meant to be cannot be told


def _foreign(path: Path, report: Report) -> Report:
    """The report on something that never was ours says so first."""
    first = f"{printable(path.name)} is no Carrel archive, and no text with receipts."
    advice = "Give the ZIP file that carrel export made, or a message with a receipt."
    return replace(report, lines=(f"{first} {advice}", *report.lines))


def _existing(file: str) -> Path | None:
    try:
        return Path(file) if Path(file).is_file() else None
    except (OSError, ValueError):  # a receipt is too long for a name
        return None


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_LONGEST_TEXT)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}.") from error


def _decoded(data: bytes) -> str:
    """Some Windows programs write text as UTF-16."""
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8", errors="replace")


def _result(id: object, report: Report) -> dict[str, object]:
    return {"id": id, "ok": report.ok, **report.facts, "lines": list(report.lines)}
