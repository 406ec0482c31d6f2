"""What became of mails: values, and who is told of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.messages import Address


class Outcome(StrEnum):
    """What became of a mail."""

    PROCESSED = "processed"
    KNOWN = "known"
    SILENT = "silent"
    FAILED = "failed"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the mails of a parcel, by their numbers.

    `away` means that nothing of it could be kept for now, by no fault of the mails.
    """

    outcomes: Mapping[int, Outcome]
    away: bool = False

    def uids(self, *outcomes: Outcome) -> list[int]:
        """The numbers of those of which this became."""
        return [uid for uid, outcome in self.outcomes.items() if outcome in outcomes]

    @property
    def done(self) -> list[int]:
        """The numbers of those that are dealt with."""
        return self.uids(Outcome.PROCESSED, Outcome.KNOWN, Outcome.SILENT)


class Notes(Protocol):
    """Whoever is told what came back and what was set aside, such as a window."""

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """See `bot.ports.Window`."""
        ...

    def set_aside(self, key: str, *, sender: str, why: str, proved: bool = False) -> None:
        """See `bot.ports.Window`."""
        ...

    def received(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """See `bot.ports.Window`."""
        ...
