"""How a person wants to be told things: when, how often, where, and what not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum


class Cadence(StrEnum):
    """How often what can wait is told."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Local hours in which nothing is said unasked; it may go over midnight. Equal ends: none."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """A matter that its person snoozed until an instant, or (None) said is done with.

    `at` is when they said so.
    """

    matter: str
    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person chose; what is None or absent there is the program's own choice.

    `cadences` are by kind, and `cadence` that of all others that can wait. `declined` are pairs of
    channel and kind. `channel` is the one to be told on first, empty for the newest address.
    """

    quiet: Quiet | None = None
    cadence: Cadence = Cadence.AT_ONCE
    cadences: Mapping[str, Cadence] = field(default_factory=dict)
    channel: str = ""
    declined: frozenset[tuple[str, str]] = frozenset()
    hushed: tuple[Hush, ...] = ()
