"""What no document can answer."""

from __future__ import annotations

from enum import StrEnum


class Beyond(StrEnum):
    """Why a question is beyond any document."""

    WORK = "work"
    OPINION = "opinion"
    PRIVATE = "private"
