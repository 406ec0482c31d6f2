"""Whom a connection trusts."""

from __future__ import annotations

import ssl
from pathlib import Path

from bot.errors import ConfigurationError


def certificates(ca: Path | None) -> ssl.SSLContext:
    """What certificates are held against: those in the file, or the system's own.

    Raises `ConfigurationError` when the file cannot be used.
    """
    try:
        return ssl.create_default_context(cafile=str(ca) if ca else None)
    except OSError as error:
        raise ConfigurationError(
            f"The certificates in {ca} cannot be used ({error.strerror or error}): name a PEM file."
        ) from error
