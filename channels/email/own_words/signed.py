"""The sender's own name below their words, in any language: `Best, Ada`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.sign_offs import closes, sign_off_start
from channels.email.own_words.closing import is_formula
from channels.email.own_words.line import plain
from channels.email.own_words.tables import word_set

LONGEST = 80  # characters of a formula


def signed_start(texts: Sequence[str], name: str, *, alone: bool) -> int:
    """The line that a sign-off with the sender's name begins on; the number of lines if none."""
    return sign_off_start(texts, name, closing=_closes, alone=alone) if name else len(texts)


def _closes(text: str) -> bool:
    return closes(text) or is_formula(text) or _thanks(text)


def _thanks(text: str) -> bool:
    told = plain(text[:LONGEST]).strip("*_ ,.!-\u060c\u3001\uff0c\u3002\uff01")
    return told in word_set("endings", "thanks")
