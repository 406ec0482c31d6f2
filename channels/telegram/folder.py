"""The folder of one's own Bot API server in local mode, in which files are found by their place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bot.errors import Unfetched
from channels.telegram import words


def copied(told: str, folder: Path, *, token: str, to: Path, largest: int) -> bool:
    """Whether the file is there, and now at `to`; raises `Unfetched` beyond `largest` bytes.

    `told` is its place as the server sees it. What counts is what follows the directory that is
    named like the token: here that may be mounted somewhere else. Nothing outside the folder is
    ever read, whichever way links in it lead.
    """
    for place in _places(told, folder, token):
        try:
            found = place.resolve(strict=True)
            if not found.is_relative_to(folder.resolve()) or not found.is_file():
                continue
            if found.stat().st_size > largest:
                raise Unfetched(words.too_large(largest), again=False)
            shutil.copyfile(found, to)
        except OSError:
            continue
        return True
    return False


def _places(told: str, folder: Path, token: str) -> Iterator[Path]:
    """Where it may be: the folder is the server's own, or the one of this bot in that."""
    parts = PurePosixPath(told).parts
    if token in parts:
        parts = parts[parts.index(token) + 1 :]
    if not parts or ".." in parts or parts[0] == "/":
        return
    yield Path(folder, token, *parts)
    yield Path(folder, *parts)
