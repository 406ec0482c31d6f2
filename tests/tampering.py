"""Archives that somebody tampered with, and what a check says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from storage.proof.manifest import write_seal
from storage.proof.verdict import Report
from storage.proof.verification import verify_archive
from tests.exporting import SIGNER, Harbour, sha256

Members = dict[str, bytes]
FIRST = "sections/resume Resume/01-résumé.txt"
SECOND = "sections/BOA-1 Keeps the deck clean & dry -always-/02-deck.txt"


def furnish(folder: Path) -> Harbour:
    """An installation whose candidate has two files, and the archive `genuine.zip` of them."""
    made = Harbour(folder)
    ada = made.enrol()
    made.keep(ada, "résumé.txt", "resume", content=b"twelve years at sea")
    made.keep(ada, "deck.txt", "BOA-1", content=b"mopped every morning")
    made.archive(ada, "genuine.zip")
    return made


def check(path: Path, key: str | None = SIGNER.public_key) -> Report:
    """The report, after what holds for every report."""
    report = verify_archive(path, trusted_key=key)
    json.dumps(dict(report.facts))
    assert all(line.isprintable() for line in report.lines)
    assert report.ok == (not report.facts["faults"])
    return report


def faults(path: Path, key: str | None = SIGNER.public_key) -> set[tuple[str, str]]:
    """What is wrong, and with which file."""
    found = check(path, key).facts["faults"]
    assert isinstance(found, list)
    return {(fault["what"], fault["about"]) for fault in found}


def resealed(members: Members, *, change: Callable[[bytes], bytes] = lambda data: data) -> Members:
    """The members with a manifest that our own key signed."""
    manifest = change(members["manifest.json"])
    seal = write_seal(public_key=SIGNER.public_key, signature=SIGNER.sign(manifest))
    return {**members, "manifest.json": manifest, "manifest.sig": seal}


def listing(members: Members) -> Members:
    """The members under a manifest that lists them as they are, signed by our own key."""
    listed = json.loads(members["manifest.json"])
    from_path = {file["path"]: file for file in listed["files"]}
    for path, data in members.items():
        if path in from_path:
            from_path[path] |= {"size": len(data), "sha256": sha256(data)}
    text = json.dumps(listed, sort_keys=True, indent=1) + "\n"
    return resealed(members, change=lambda _: text.encode())
