"""What routing decides about a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.portfolio import Kind


class Action(StrEnum):
    """File it, ask which section, or refuse it."""

    FILE = "file"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A section and how likely it is the right one, 0 to 1."""

    section: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a file goes. `alternatives` are the best five, the chosen first.

    They sum to at most 1. `also` are further sections that the person named; `explicit` says that
    the person named the section; `section` is the best guess also when they are asked.
    `reasons` are for people.
    """

    action: Action
    section: str = ""
    kind: Kind = Kind.PRIMARY
    confidence: float = 0.0
    alternatives: tuple[Alternative, ...] = ()
    reasons: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    explicit: bool = False
