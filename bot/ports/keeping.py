"""What is kept of people, their records and their questions, and the trail of it all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.knowledge import Turn
from bot.domain.messages import Address
from bot.domain.people import Candidate, Person, Proved
from bot.domain.portfolio import Change, Evidence, Filing


class People(Protocol):
    """Who is known, where they are reached, and what they are enrolled for."""

    def add(self, name: str, *, email: str, time_zone: str) -> Person:
        """Makes a person; raises `Refused` when the e-mail address is somebody's already."""
        ...

    def rename(self, person: Person, name: str, *, time_zone: str) -> Person:
        """Puts this name and time zone in place of those known so far."""
        ...

    def readdress(self, person: Person, email: str) -> Person:
        """Puts this e-mail address on record; raises `Refused` when it is on anybody's already."""
        ...

    def at(self, address: Address) -> Person | None:
        """The person whose proved address this is."""
        ...

    def find(self, who: str) -> Person | None:
        """By e-mail address, number, or exact name (any case); None when absent or ambiguous."""
        ...

    def connect(self, person: Person, address: Address, *, at: datetime) -> None:
        """Trusts an address as this person's; raises `Refused` when it is somebody else's."""
        ...

    def disconnect(self, address: Address, *, lost: bool = False) -> None:
        """Trusts the address no longer; harmless when nobody did.

        `lost` means that its owner did not ask for that, and that `restore` may bring it back.
        """
        ...

    def restore(self, address: Address, *, at: datetime) -> Person | None:
        """Trusts an address that was lost as that of whoever lost it, who is given.

        None, and nothing is done, when it was not lost, or is anybody's now.
        """
        ...

    def lost(self, person: Person) -> tuple[Address, ...]:
        """Addresses of the person that `restore` may bring back; `disconnect` ends that."""
        ...

    def gave_up(self, person: Person, address: Address) -> bool:
        """Whether the person disconnected the address themselves."""
        ...

    def enrol(
        self,
        person: Person,
        *,
        enrolled_on: date,
        subscription_ends: date,
        electives: tuple[str, ...],
    ) -> Candidate:
        """Makes the person a candidate; raises `Refused` when they are one already."""
        ...

    def move(self, person: Person, *, enrolled_on: date, subscription_ends: date) -> None:
        """Puts these dates in place of a candidate's."""
        ...

    def candidate(self, person: Person) -> Candidate | None:
        """The person as a candidate, or None."""
        ...

    def get(self, number: int) -> Person | None:
        """The person of that number."""
        ...

    def choose(self, person: Person, electives: tuple[str, ...]) -> None:
        """Puts the electives (set ids) in place of those chosen before."""
        ...

    def addresses(self, person: Person) -> tuple[Address, ...]:
        """The person's proved addresses, the newest first."""
        ...

    def proved(self, person: Person) -> tuple[Proved, ...]:
        """The same addresses in the same order, with the instants they were connected at."""
        ...

    def count(self) -> int:
        """How many people are known."""
        ...


class Records(Protocol):
    """Candidates' evidence and its history. Numbers are per candidate, so no one else's fit."""

    def add(
        self,
        person: Person,
        *,
        name: str,
        media_type: str,
        size: int,
        sha256: str,
        at: datetime,
    ) -> Evidence:
        """Keeps a file under the candidate's next number, withdrawn until a change files it."""
        ...

    def of(self, person: Person) -> tuple[Evidence, ...]:
        """All of the candidate's evidence, withdrawn too, by number."""
        ...

    def numbered(self, person: Person, number: int) -> Evidence | None:
        """The candidate's evidence of that number."""
        ...

    def change(
        self, evidence: Evidence, filing: Filing, *, message_key: str, reason: str, at: datetime
    ) -> Evidence:
        """Moves the file to `filing`, keeps the step in its history, gives the new state."""
        ...

    def latest_changes(self, person: Person) -> tuple[Change, ...]:
        """The newest message's changes that were not undone, newest first; empty when none.

        What the program filed itself (see `PROGRAM_KEYS`) is not among them.
        """
        ...

    def undo(self, changes: tuple[Change, ...], *, at: datetime) -> tuple[Evidence, ...]:
        """Puts each file back to where it stood before; the steps stay in the history."""
        ...

    def history(self, person: Person) -> tuple[Change, ...]:
        """Every step, undone ones too, oldest first."""
        ...

    def restore(
        self, person: Person, evidence: Sequence[Evidence], history: Sequence[Change]
    ) -> None:
        """Keeps files and their steps as another installation had them, for one who has none.

        Numbers and times stay; `evidence_id` in a step is its file's number here. What is undone
        stays undone. Raises `Refused` when the candidate has files already.
        """
        ...

    def hashes(self) -> Iterator[str]:
        """The names of all bytes that a record, a waiting offer or a submission holds, each once.

        What was submitted by somebody who was erased is not among them.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A question passed to staff: its number, and whether it was passed just now."""

    number: int
    new: bool


class Conversations(Protocol):
    """What was asked before, for follow-ups."""

    def remember(self, turn: Turn) -> None:
        """Adds a turn."""
        ...

    def recent(self, conversation: str, *, limit: int) -> tuple[Turn, ...]:
        """The newest turns, oldest first."""
        ...


class Links(Protocol):
    """One-time codes that connect an address to a person. Only the code's hash is kept."""

    def issue(self, person: Person, *, code_hash: str, expires: datetime) -> None:
        """Keeps a code."""
        ...

    def redeem(self, code_hash: str, *, now: datetime) -> Person | None:
        """The person, once, before it expires; None otherwise."""
        ...

    def issued(self, person: Person, *, since: datetime) -> int:
        """How many of the person's codes expire after `since`, redeemed ones too."""
        ...

    def void(self, person: Person, *, at: datetime) -> None:
        """Lets no code of the person that was given out so far be redeemed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One line of the audit trail; `hash` covers the line and `previous`."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]
    previous: str
    hash: str


class Trail(Protocol):
    """The append-only audit trail, chained by hash."""

    def append(
        self, *, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]
    ) -> None:
        """Adds a line that carries the hash of the line before."""
        ...

    def entries(self, *, subject: str = "") -> Iterator[TrailEntry]:
        """Lines in order; only those about `subject` when it is given."""
        ...

    def done(self, actions: Collection[str]) -> Iterator[TrailEntry]:
        """Lines in order, of those actions."""
        ...

    def newest(self, *, subject: str, action: str) -> Iterator[TrailEntry]:
        """Lines of that action about the subject, the newest first; only those taken are read."""
        ...

    def about(self, subjects: Collection[str]) -> Iterator[TrailEntry]:
        """Lines in order, about any of those (some hundred at most)."""
        ...

    def broken_at(self) -> int | None:
        """The number of the first line whose hash does not fit, or None when all do."""
        ...
