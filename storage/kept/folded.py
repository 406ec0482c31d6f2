"""Names and e-mail addresses as they are compared."""

from __future__ import annotations

import unicodedata


def folded_name(name: str) -> str:
    """The name as it is compared: spaces, case and ways to write an accent do not count."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def folded_email(email: str) -> str:
    """The address as it is kept: in small letters."""
    # Not casefold(): it would make one address of two that differ, such as those with ss and ß.
    return email.strip().lower()
