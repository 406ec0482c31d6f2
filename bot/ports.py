"""The seams between Carrel's rules and the world; each contract is in the docstring.

Everything here is synchronous but `Channel`. All instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.domain.files import Member, Reading
from bot.domain.knowledge import Turn
from bot.domain.messages import Address, Choice, InboundMessage, OutboundMessage
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Change, Evidence, Filing

Vectors = NDArray[np.float32]
T = TypeVar("T")


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Aware UTC now."""
        ...


class Encoder(Protocol):
    """Turns sentences into vectors whose dot product says how near they are in meaning.

    Thread-safe; the same text gives the same vector always. `id` changes when the vectors do.
    """

    id: str

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text, shape (len(texts), d), float32."""
        ...


class TextReader(Protocol):
    """Reads the text of a file, deciding by its bytes and never by its name."""

    def read(self, path: Path, *, name: str) -> Reading:
        """The text; raises `Unreadable` and nothing else, in bounded time and memory.

        `name` is used in advice only. Thread-safe.
        """
        ...


class Unpacker(Protocol):
    """Opens archives, within limits."""

    def unpack(self, path: Path, *, name: str, into: Path) -> tuple[Member, ...]:
        """The archive's files, written below `into`; empty when the file is no archive.

        Raises `Unreadable` when the archive as a whole is refused. Thread-safe.
        """
        ...


class FileStore(Protocol):
    """Keeps bytes under the name of their SHA-256 (hex). Thread-safe; putting twice is once."""

    def put(self, source: Path) -> str:
        """Copies the file in and gives its name; durable when it returns."""
        ...

    def path(self, sha256: str) -> Path:
        """A local path to read from; raises `NotFound` when nothing has that name."""
        ...

    def names(self) -> Iterator[str]:
        """Every name kept."""
        ...

    def discard(self, sha256: str) -> None:
        """Forgets the bytes; harmless when they are not there."""
        ...


class Signer(Protocol):
    """Signs receipts so that anyone with the public key can check them offline (Ed25519)."""

    public_key: str

    def sign(self, payload: bytes) -> str:
        """The signature, base64url without padding."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Generic[T]):
    """Work that is leased to one worker; `token` proves the lease, `attempts` counts this one."""

    id: int
    token: str
    attempts: int
    item: T


class Inbox(Protocol):
    """Messages received and not yet handled."""

    def add(self, message: InboundMessage, *, at: datetime) -> bool:
        """Keeps the message; false when the same channel and id are there already."""
        ...

    def claim(self, *, now: datetime, lease_seconds: float) -> Claimed[InboundMessage] | None:
        """Leases the oldest message due whose conversation has no earlier unfinished one."""
        ...

    def done(self, claimed: Claimed[InboundMessage], *, at: datetime) -> bool:
        """Marks it handled; false when the lease is no longer ours (then roll back)."""
        ...

    def retry(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> None:
        """Gives the message back, due again at `at`."""
        ...

    def give_up(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> bool:
        """Stops trying; the message stays readable. False when the lease is no longer ours."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many messages are in each state."""
        ...


class Outbox(Protocol):
    """Messages to be sent."""

    def add(self, message: OutboundMessage, *, due: datetime) -> bool:
        """Keeps the message; false when its key is there already."""
        ...

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str]
    ) -> Claimed[OutboundMessage] | None:
        """Leases the oldest message due, for one of the channels, whose turn it is.

        Messages of one conversation leave in order: a later one waits for an earlier one.
        """
        ...

    def sent(self, claimed: Claimed[OutboundMessage], *, at: datetime, receipt: str) -> None:
        """Marks it sent; `receipt` is the vendor's id."""
        ...

    def retry(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Gives the message back, due again at `at`."""
        ...

    def give_up(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Stops trying; the message stays readable."""
        ...

    def last_choices(self, conversation: str) -> tuple[Choice, ...]:
        """The choices of the newest message of the conversation that had any."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many messages are in each state."""
        ...


class People(Protocol):
    """Who is known, where they are reached, and what they are enrolled for."""

    def add(self, name: str, *, email: str, time_zone: str) -> Person:
        """Makes a person; raises `Refused` when the e-mail address is somebody's already."""
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

    def candidate(self, person: Person) -> Candidate | None:
        """The person as a candidate, or None."""
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
        """The newest message's changes that were not undone, newest first; empty when none."""
        ...

    def undo(self, changes: tuple[Change, ...], *, at: datetime) -> tuple[Evidence, ...]:
        """Puts each file back to where it stood before; the steps stay in the history."""
        ...

    def history(self, person: Person) -> tuple[Change, ...]:
        """Every step, undone ones too, oldest first."""
        ...

    def in_use(self, sha256: str) -> bool:
        """Whether any candidate's record holds these bytes."""
        ...

    def hashes(self) -> Iterator[str]:
        """The names of all bytes that any record holds, each once."""
        ...


class Conversations(Protocol):
    """What was asked before, for follow-ups and for the report of what was not answered."""

    def remember(self, turn: Turn) -> None:
        """Adds a turn."""
        ...

    def recent(self, conversation: str, *, limit: int) -> tuple[Turn, ...]:
        """The newest turns, oldest first."""
        ...

    def hand_over(self, address: Address, question: str, *, at: datetime) -> int:
        """Passes a question to staff and gives its number."""
        ...


class Links(Protocol):
    """One-time codes that connect an address to a person. Only the code's hash is kept."""

    def issue(self, person: Person, *, code_hash: str, expires: datetime) -> None:
        """Keeps a code."""
        ...

    def redeem(self, code_hash: str, *, now: datetime) -> Person | None:
        """The person, once, before it expires; None otherwise."""
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

    def broken_at(self) -> int | None:
        """The number of the first line whose hash does not fit, or None when all do."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit()` rolls back.

    One thread at a time; a unit of work may be entered again after it was left.
    """

    inbox: Inbox
    outbox: Outbox
    people: People
    records: Records
    conversations: Conversations
    links: Links
    trail: Trail

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Makes everything since the block was entered durable."""
        ...


Deliver = Callable[[InboundMessage], Awaitable[None]]


class Channel(Protocol):
    """A way messages enter and leave."""

    name: str

    async def listen(self, deliver: Deliver) -> None:
        """Hands over messages until cancelled or the source ends.

        A message is acknowledged only after `deliver` returned; the same message always has the
        same id, so one that was not acknowledged may come again.
        """
        ...

    async def send(self, message: OutboundMessage) -> str:
        """Sends and gives the vendor's id; raises `DeliveryFailed` and nothing else."""
        ...

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        ...
