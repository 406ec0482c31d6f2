"""Codes that people copy by hand, like K7QM-2XWD: how they are made and what they consist of."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
LETTER = f"[{LETTERS}]"  # as a regular expression
LENGTH = 8  # 40 bits: not guessed within half an hour at any rate a channel allows
KEY = "code:"  # begins the key of a message that tells a code: it never goes to another address
_INSTANT = "%Y%m%dT%H%M%SZ"

_DASH = "[-\u2010-\u2015]"
_HALF = f"{LETTER}{{4}}"
_MIXED = f"[2-9](?: |{_DASH})?[A-Z]"  # what every code has somewhere, and hardly any words
_HAS_MIXED = f"(?=(?:{LETTER}|{_DASH}| ){{0,8}}?{_MIXED})"
# A code as a whole message and one among other words, as regular expressions for either case.
ALONE = f"(?=.{{0,8}}[A-Z]){_HALF} ?{_DASH} ?{_HALF}|{_HAS_MIXED}{_HALF} ?{_HALF}"
AMID = rf"(?<![\w-]){_HAS_MIXED}{_HALF}{_DASH}{_HALF}(?![\w-])"


def fresh_code() -> str:
    """A code that nobody can foresee, and nobody takes for words."""
    while True:
        code = dashed("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
        if re.search(_MIXED, code):
            return code


def dashed(letters: str) -> str:
    """The letters of a code as they are shown."""
    return f"{letters[:4]}-{letters[4:]}"


def letters_of(text: str) -> str:
    """The letters of a code as somebody typed it, without all else."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)


def hash_of(code: str) -> str:
    """What is kept of a code: nobody can tell it from that."""
    return hashlib.sha256(letters_of(code).encode()).hexdigest()


def without_codes(text: str) -> str:
    """The text as others may read it: whoever has a code is let in by it."""
    return re.sub(AMID, "(a code)", text, flags=re.IGNORECASE)


def key_until(expires: datetime, asked: str) -> str:
    """The key of a message that tells a code; `asked` is the key of the request for it.

    The instant stands in it so that whoever sends knows when that has no use any more.
    """
    return f"{KEY}{expires.astimezone(UTC):{_INSTANT}}:{asked}"


def asked_key(code_hash: str, expires: datetime) -> str:
    """The key of the message that asks somebody by that code whether a mail is theirs."""
    return key_until(expires, f"held:{code_hash[:32]}")


def is_past(key: str, *, now: datetime) -> bool:
    """Whether that is the key of a message whose code nobody can use any more."""
    instant = key.removeprefix(KEY).partition(":")[0]
    if not key.startswith(KEY):
        return False
    try:
        return datetime.strptime(instant, _INSTANT).replace(tzinfo=UTC) <= now
    except ValueError:  # from before instants stood in keys
        return False
