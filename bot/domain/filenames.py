"""Names from anywhere -> names that every file system, terminal and page can bear."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:[ .]|$)", re.IGNORECASE)
_LONGEST_NAME = 80
_LONGEST_FOLDER = 50
_LONGEST_SUFFIX = 10
_LONGEST_BYTES = 180  # most file systems stop at 255, and a number goes in front


def printable(text: str) -> str:
    """The text on one line without control, direction and unassigned marks."""
    kept = (c for c in text if c.isspace() or not unicodedata.category(c).startswith("C"))
    return " ".join("".join(kept).split())


def file_name(name: str) -> str:
    """The last part of a name with its suffix, at most 80 letters; `file` when nothing is left."""
    last = _harmless(_SEPARATORS.split(name)[-1])
    stem, dot, suffix = last.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = last, "", ""
    room = _LONGEST_NAME - len(dot + suffix)
    cut = _fitting(stem, room, _LONGEST_BYTES - len((dot + suffix).encode()))
    return _free(cut + dot + suffix) or "file"


def folder_name(title: str) -> str:
    """A title as a folder's name, at most 50 letters, cut between words where that can be."""
    whole = _harmless(title)
    cut = _fitting(whole, _LONGEST_FOLDER, _LONGEST_BYTES)
    words, space, _ = cut.rpartition(" ")
    if space and not (whole + " ").startswith(cut + " "):
        cut = words
    return _free(cut.strip(" .,;")) or "unnamed"


def is_safe_path(path: str) -> bool:
    """Whether a path with `/` stays in its folder and means the same on every system."""
    parts = path.split("/")
    return all(p and p == p.strip(" ") and p not in {".", ".."} for p in parts) and not (
        _FORBIDDEN.search(path.replace("/", "")) or printable(path) != path
    )


def _harmless(text: str) -> str:
    plain = _FORBIDDEN.sub("-", printable(unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", plain).strip(" .")


def _fitting(text: str, letters: int, most_bytes: int) -> str:
    cut = text[:letters].encode()[:most_bytes].decode(errors="ignore")
    return cut.strip(" .")


def _free(name: str) -> str:
    """Windows keeps some names for devices."""
    return f"_{name}" if _RESERVED.match(name) else name
