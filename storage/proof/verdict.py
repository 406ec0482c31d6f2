"""What a check found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.domain.filenames import printable


class What(StrEnum):
    """What can be wrong; other programs rely on these words."""

    UNREADABLE = "unreadable"
    UNSAFE = "unsafe"
    BAD_MANIFEST = "bad-manifest"
    BAD_SIGNATURE = "bad-signature"
    OTHER_KEY = "other-key"
    MISSING = "missing"
    ADDED = "added"
    RENAMED = "renamed"
    ALTERED = "altered"
    BAD_RECEIPT = "bad-receipt"
    OTHER_FILE = "other-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: its kind, the file it is about or nothing, and a sentence."""

    what: What
    about: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found. `lines` are for people, the verdict first; `facts` go into JSON as is."""

    ok: bool
    lines: tuple[str, ...]
    facts: Mapping[str, object]


def report(
    good: str, *, faults: Iterable[Fault], facts: Mapping[str, object], notes: Iterable[str] = ()
) -> Report:
    """The report: `good` is the verdict when there are no faults, `notes` follow in any case."""
    found = tuple(faults)
    wrong = (f"- {fault.text}" for fault in found)
    first = good if not found else f"WRONG: {len(found)} fault{'s' * (len(found) > 1)} found."
    return Report(
        ok=not found,
        lines=tuple(map(printable, (first, *wrong, *notes))),
        facts={**facts, "faults": [asdict(fault) for fault in found]},
    )


def key_faults(public_key: str, trusted_key: str | None) -> tuple[Fault, ...]:
    """Another installation's key is said plainly: its signature may be good and still worthless."""
    if trusted_key in {None, public_key}:
        return ()
    text = (
        f"It was signed by another installation: with the key {public_key}, and not with "
        f"{trusted_key}, the one you trust. Do not rely on it."
    )
    return (Fault(what=What.OTHER_KEY, text=text),)


def key_note(public_key: str, trusted_key: str | None) -> str:
    """Whose signature was checked."""
    if trusted_key is not None:
        return f"Key compared with: {trusted_key}"
    return (
        f"The signature is by the key {public_key}. Whose key that is was not checked: get the "
        "program's public key from the program and give it with --key."
    )


def key_facts(public_key: str, trusted_key: str | None) -> Mapping[str, object]:
    """The key, and whether it is the trusted one; null when none was given to compare with."""
    trusted = None if trusted_key is None else public_key == trusted_key
    return {"public_key": public_key, "trusted": trusted}
