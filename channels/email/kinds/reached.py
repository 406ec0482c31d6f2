"""Which addresses that a mail names may be noted: the one rule, whoever wrote the mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.text import plain
from channels.email.kinds.kind import Failure

LONGEST = 254  # characters of an address that mail can be sent to: RFC 5321
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',:;@|]{1,64}@[^\s<>()\[\]\"',:;@|]{1,253}")


def is_address(text: str) -> bool:
    """Whether it is a plain address: of bounded length, and each of its letters is one."""
    return len(text) <= LONGEST and bool(_ADDRESS.fullmatch(text)) and _is_text(text)


def noted(failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """Those that name an address, with words that can be kept."""
    return tuple(
        replace(one, status=_kept(one.status), why=_kept(one.why))
        for one in failures
        if is_address(one.address)
    )


def _is_text(text: str) -> bool:
    # What is printable is no control, no surrogate and no mark that only changes how it looks.
    return text.isprintable() and plain(text) == text


def _kept(words: str) -> str:
    return " ".join(plain(words).split())
