"""A header's value without its comments (RFC 5322), in linear time."""

from __future__ import annotations

import re

_OUTSIDE = re.compile(r'"(?:[^"\\]|\\.)*"|[^"()\\]+|\\.|.', re.DOTALL)
_INSIDE = re.compile(r"[^()\\]+|\\.|.", re.DOTALL)


def uncommented(value: str) -> str | None:
    """The value with a blank for each comment; None when brackets or quotes do not close."""
    kept: list[str] = []
    at = depth = 0
    while at < len(value):
        piece = (_INSIDE if depth else _OUTSIDE).match(value, at)
        if piece is None or (not depth and piece[0] in (")", '"', "\\")):
            return None
        kept += [] if depth else [" " if piece[0] == "(" else piece[0]]
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        at = piece.end()
    return None if depth else "".join(kept)
