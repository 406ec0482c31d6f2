"""Text measured as Telegram measures it: in UTF-16 units, of which an emoji has two; pure.

https://core.telegram.org/api/entities#entity-length
"""

from __future__ import annotations

from bot.domain.text import plain


def units(text: str) -> int:
    """How long the text is for Telegram."""
    return len(_raw(text)) // 2


def between(text: str, start: int, end: int) -> str:
    """What stands from one unit up to another; halves of characters are left out."""
    return _raw(text)[2 * start : 2 * end].decode("utf-16-le", "ignore")


def cut(text: str, longest: int) -> str:
    """The text, its end replaced by an ellipsis where it is too long."""
    return text if units(text) <= longest else between(text, 0, longest - 1).rstrip() + "\u2026"


def cut_amid(text: str, longest: int) -> str:
    """The text, its middle replaced by an ellipsis where it is too long: its end tells it apart."""
    if units(text) <= longest:
        return text
    end = (longest - 1) // 2
    begun = between(text, 0, longest - 1 - end).rstrip()
    return f"{begun}\u2026{between(text, units(text) - end, units(text)).lstrip()}"


def pieces(text: str, longest: int) -> list[str]:
    """The text cut between lines, else between words, else anywhere; only white space is lost."""
    found = []
    rest = plain(text).strip()
    while units(rest) > longest:
        fitting = between(rest, 0, longest)
        end = _break(fitting, "\n") or _break(fitting, " ") or len(fitting)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest else found


def _break(text: str, mark: str) -> int:
    """Where the last such mark is; 0 when too little would stand before it."""
    return max(text.rfind(mark, len(text) // 2), 0)


def _raw(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
