"""What a button brings back when it is pressed <-> what it stands for; pure.

https://core.telegram.org/bots/api#inlinekeyboardbutton allows 1 to 64 bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.choices import digest
from bot.domain.text import plain

LONGEST = 64  # bytes
_SAYS, _DIGEST, _LASTING = "=", "#", "!"
_KNOWN = re.compile(r"(!?)(?:=(.+)|#([\w-]{20}))", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The words of a choice, or their `digest` where they had no room; `lasting` on a card."""

    says: str = ""
    digest: str = ""
    lasting: bool = False


def marked(says: str, *, lasting: bool) -> str:
    """What the button of a choice with these words brings back."""
    prefix = _LASTING if lasting else ""
    whole = f"{prefix}{_SAYS}{says}"
    fits = len(whole.encode()) <= LONGEST and says == plain(says).strip()
    return whole if fits else f"{prefix}{_DIGEST}{digest(says)}"


def mark(data: str) -> Mark | None:
    """What the button stood for; None when this version makes no such button."""
    known = _KNOWN.fullmatch(data)
    if known is None:
        return None
    lasting, says, short = known.groups(default="")
    found = Mark(says=plain(says).strip(), digest=short, lasting=bool(lasting))
    return found if found.says or found.digest else None
