"""What e-mail alone needs to be kept: how far it was read, and what is known of addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address, InboundMessage, OutboundMessage
from bot.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxPlace:
    """A place in a mailbox: every message with a lower number has been dealt with.

    The numbers hold while the mailbox keeps its `uidvalidity`; once that is another, what came at
    or after `since` (aware UTC) is looked at again.
    """

    uidvalidity: int
    next_uid: int
    since: datetime


class Mailboxes(Protocol):
    """Places in mailboxes, by the mailbox's name; safe from any thread, quick.

    Everything may raise `StorageFailed`.
    """

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read; None when it never was."""
        ...

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place durably in the stead of an older one; harmless twice."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A message that was said in somebody's name without proof, until they say that it is theirs.

    `told_at` is when they were asked, None while they were not.
    """

    code_hash: str
    person_id: int
    message: InboundMessage
    at: datetime
    expires: datetime
    told_at: datetime | None = None


class Mailing(Protocol):
    """What is kept for e-mail alone: in which senders can be anybody and receivers may be gone."""

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read; see `Mailboxes`."""
        ...

    def keep_place(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place in the stead of an older one."""
        ...

    def token_of(self, person: Person) -> str:
        """The person's private token; empty when they have none."""
        ...

    def keep_token(self, person: Person, token: str, *, at: datetime) -> bool:
        """Puts it in place of the person's older one; false when it is somebody else's."""
        ...

    def drop_token(self, person: Person) -> None:
        """The person has no private token any more."""
        ...

    def owner_of(self, token: str) -> Person | None:
        """Whose private token it is."""
        ...

    def hold(self, held: Held) -> None:
        """Keeps a message; once it is expired or ended it is forgotten."""
        ...

    def held(self, code_hash: str, *, now: datetime) -> Held | None:
        """The message of that code that waits."""
        ...

    def held_of(self, person: Person, *, now: datetime) -> tuple[Held, ...]:
        """Everything that waits for the person's word, the oldest first."""
        ...

    def asked_since(self, person: Person, *, since: datetime) -> int:
        """About how many messages the person was asked since then, whatever came of it."""
        ...

    def end(self, code_hash: str, *, now: datetime) -> InboundMessage | None:
        """Takes the message out, for one caller only; None when it does not wait any more."""
        ...

    def forget_expired(self, *, now: datetime) -> int:
        """Forgets what waited too long; how many there were."""
        ...

    def note_answer(self, address: Address, *, at: datetime) -> None:
        """Notes that something is said to the address because it wrote."""
        ...

    def answers_to(self, address: Address, *, since: datetime) -> tuple[datetime, ...]:
        """When that was since then, the oldest first; what is older is forgotten."""
        ...

    def note_bounce(self, address: Address, bounce: Bounce, *, receipt: str, why: str) -> bool:
        """Notes that a message came back; false when that is known of this one."""
        ...

    def bounces(self, address: Address) -> tuple[Bounce, ...]:
        """What came back from there, the oldest first, and was not forgotten since."""
        ...

    def forget_bounces(self, address: Address) -> bool:
        """Somebody is there after all; false when nothing was known against it."""
        ...

    def decline(self, address: Address, kind: str) -> None:
        """Nothing of that kind is wanted there; harmless twice."""
        ...

    def accept(self, address: Address, kind: str) -> None:
        """What is of that kind is wanted there again; harmless twice."""
        ...

    def wants(self, address: Address, kind: str) -> bool:
        """Whether what is of that kind is to be said there."""
        ...

    def card_of(self, channel: str, receipt: str) -> OutboundMessage | None:
        """The card that was sent to any room of the channel under this Message-ID."""
        ...

    def was_sent(self, address: Address, receipt: str) -> bool:
        """Whether a message of that Message-ID, or of its first 20 letters, went to the address."""
        ...
