"""Codes that people copy by hand, like K7QM-2XWD: how they are made and what they consist of."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
LETTER = f"[{LETTERS}]"  # as a regular expression
LENGTH = 8  # 40 bits: not guessed within half an hour at any rate a channel allows
KEY = "code:"  # begins the key of a message that tells a code: it never goes to another address


def fresh_code() -> str:
    """A code that nobody can foresee."""
    return dashed("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def dashed(letters: str) -> str:
    """The letters of a code as they are shown."""
    return f"{letters[:4]}-{letters[4:]}"


def letters_of(text: str) -> str:
    """The letters of a code as somebody typed it, without all else."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)
