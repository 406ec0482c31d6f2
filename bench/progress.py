"""One line on standard error that tells what is being measured."""

from __future__ import annotations

import sys


def tell(text: str) -> None:
    """Replaces the line; where nobody watches, writes nothing."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
