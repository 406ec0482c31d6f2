"""What e-mail alone needs to be kept: how far it was read, and what is known of addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address, InboundMessage, OutboundMessage
from bot.domain.pacing import Answer
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
    """Places in mailboxes, by the mailbox's name. Everything may raise `StorageFailed`.

    What a channel is given is safe from any thread, and each call of it is durable by itself.
    """

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read; None when it never was."""
        ...

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place in the stead of an older one; harmless twice."""
        ...


class PrivateTokens(Protocol):
    """What people's private addresses end in; each person has one token, which is nobody else's."""

    def of(self, person: Person) -> str:
        """The person's token; empty when they have none."""
        ...

    def first(self, person: Person, token: str, *, at: datetime) -> str:
        """Gives the person this token unless they have one; gives the one that they have then.

        Empty when the token is somebody else's. Of two who do this at once both get the same.
        """
        ...

    def renew(self, person: Person, token: str, *, at: datetime) -> None:
        """Puts it in place of the person's older one, which is nobody's from now on."""
        ...

    def drop(self, person: Person) -> None:
        """The person has no token any more."""
        ...

    def owner(self, token: str) -> Person | None:
        """Whose token it is."""
        ...

    def keep_form(self, channel: str, form: str) -> None:
        """Keeps what a private address looks like there, in which `{token}` stands for a token."""
        ...

    def form(self, channel: str) -> str:
        """What a private address looks like there; empty where there are none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A message that was said in somebody's name without proof, until they say that it is theirs.

    `told_at` is when they were asked, None while they were not: until then it does not expire.
    """

    code_hash: str
    person_id: int
    message: InboundMessage
    at: datetime
    expires: datetime
    told_at: datetime | None = None


class HeldMails(Protocol):
    """Messages that wait for the word of whoever they name as their sender."""

    def hold(self, held: Held) -> None:
        """Keeps a message; once it is expired or ended it is forgotten."""
        ...

    def get(self, code_hash: str, *, now: datetime) -> Held | None:
        """The message of that code that waits."""
        ...

    def of(self, person: Person, *, now: datetime) -> tuple[Held, ...]:
        """Everything that waits for the person's word, the oldest first."""
        ...

    def asked_since(self, person: Person, *, since: datetime) -> int:
        """About how many messages the person was asked since then."""
        ...

    def not_asked(self, *, limit: int) -> tuple[int, ...]:
        """The numbers of persons who were not asked about all that waits, the longest first."""
        ...

    def ask(self, held: Held, *, code_hash: str, at: datetime, expires: datetime) -> bool:
        """Notes that the person was asked about it at that instant, by a code of its own.

        It waits until `expires` from now on. False when somebody else did so meanwhile.
        """
        ...

    def end(self, code_hash: str, *, now: datetime) -> InboundMessage | None:
        """Takes the message out, for one caller only; None when it does not wait any more."""
        ...

    def discard(self, code_hash: str, *, now: datetime) -> bool:
        """Lets the message wait no more, for one caller only; `forget` takes its bytes along."""
        ...

    def let_go(self, sha256: str) -> None:
        """Notes that these bytes are needed no more unless somebody holds them; harmless twice."""
        ...

    def forget(self, *, now: datetime) -> frozenset[str]:
        """Forgets what was discarded or waited too long, its words in both queues too.

        Gives the names of bytes that it told of, and of those that were let go.
        """
        ...


class Bounces(Protocol):
    """What came back from addresses."""

    def note(self, address: Address, bounce: Bounce, *, receipt: str, why: str) -> bool:
        """Notes that a message came back; false when this is known of it.

        That nobody is there takes the place of what was known of it before, and nothing takes its.
        """
        ...

    def of(self, address: Address) -> tuple[Bounce, ...]:
        """What came back from there, the oldest first, and was not forgotten since."""
        ...

    def recent(self, *, since: datetime) -> tuple[Address, ...]:
        """Every address from which something came back at or after that instant."""
        ...

    def forget(self, address: Address) -> bool:
        """Somebody is there after all; false when nothing was known against it."""
        ...

    def heard(self, address: Address, *, at: datetime) -> None:
        """Notes that somebody surely wrote from there."""
        ...

    def heard_at(self, address: Address) -> datetime | None:
        """When that was last; None when it never was."""
        ...


class Answers(Protocol):
    """When something was, or will be, said to somebody because they wrote: see `Answer`."""

    def note(self, whose: str, answer: Answer) -> None:
        """Notes one."""
        ...

    def given(self, whose: str, *, since: datetime) -> tuple[Answer, ...]:
        """Those after that instant, the oldest first."""
        ...

    def forget(self, *, until: datetime) -> int:
        """Forgets those up to that instant, whosever they are; how many there were."""
        ...


class WantedKinds(Protocol):
    """Kinds of notices that are not wanted at addresses."""

    def decline(self, address: Address, kind: str) -> None:
        """Nothing of that kind is wanted there; harmless twice."""
        ...

    def accept(self, address: Address, kind: str) -> None:
        """What is of that kind is wanted there again; harmless twice."""
        ...

    def wants(self, address: Address, kind: str) -> bool:
        """Whether what is of that kind is to be said there."""
        ...

    def declined(self, address: Address) -> tuple[str, ...]:
        """The kinds that are not wanted there, by name."""
        ...


class SentMails(Protocol):
    """Mails that were sent, by their Message-IDs."""

    def card(self, channel: str, receipt: str) -> OutboundMessage | None:
        """The card that was sent to any room of the channel under this Message-ID."""
        ...

    def receipt(self, address: Address, begun: str) -> str:
        """The Message-ID that is this, or begins with these 20 letters or more, of what went there.

        Empty when no such message went to the address.
        """
        ...

    def lately(self, address: Address, start: str, *, since: datetime) -> str:
        """The whole Message-ID of the mail that was sent there since then, and begins so.

        Empty when there is none, and of a card: several read that.
        """
        ...

    def receiver(self, channel: str, receipt: str) -> Address | None:
        """To whom the message of that Message-ID, or of its first 20 letters, went."""
        ...
