"""The secret that is made on the first run and kept for good."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from bot.errors import ConfigurationError

_BYTES = 32


def load_or_make_secret(folder: Path) -> str:
    """The secret kept in `folder`, made when there is none; only its owner can read the file.

    Processes that start together get the same one. Raises `ConfigurationError` when it can be
    neither read nor written, or is empty.
    """
    path = folder / "secret"
    try:
        if not path.exists():
            _make(path)
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"The secret in {path} cannot be used: {error}. Give this account the right to read "
            "and write there, or set CARREL_SECRET."
        ) from error
    if not secret:
        raise ConfigurationError(
            f"{path} is empty: restore it from a backup, or delete it and a new secret is made. "
            "Receipts signed with the old one then need the old public key."
        )
    return secret


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link appears with all of its content, and fails when another process was first.
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        Path(temporary).unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
