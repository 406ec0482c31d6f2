"""Carrel's side of a mailbox, with an inbox in memory: what was taken, in which order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.channel_state import State
from bot.domain.messages import Address, InboundMessage
from bot.ports import Mailboxes, MailboxPlace
from channels.email.access import ImapAccess, parse_imap
from channels.email.intake.listening import Listening, MailPatience
from channels.email.intake.taking import Taking
from channels.email.intake.understanding import Proving, Understanding
from channels.email.own_ids import Own
from channels.email.proof.names import Names
from channels.email.standing import Sides
from storage.files import FolderFileStore
from tests.glass import Glass
from tests.mail.dovecot import BOT, Dovecot
from tests.watch import Watch

QUICK = MailPatience(first=0.01, longest=0.02, mending=0.05, polling=0.05, idling=60.0)


@dataclass(slots=True)
class Back(Glass):
    """A window that is told what came back."""

    returned: list[tuple[str, str, bool, str]] = field(default_factory=list)

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """Remembers it."""
        self.returned.append((address.value, receipt, hard, why))
        return True


class NoNames:
    """Knows no name of the Internet."""

    def txt(self, name: str) -> tuple[bytes, ...]:
        """None."""
        del name
        return ()

    def fresh(self) -> None:
        """Nothing to begin anew."""

    def proved(self) -> None:
        """Nothing to remember."""


@dataclass(slots=True)
class Remembered:
    """Places in mailboxes, in memory."""

    places: dict[str, MailboxPlace] = field(default_factory=dict)

    def place(self, name: str) -> MailboxPlace | None:
        """The place."""
        return self.places.get(name)

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Remembers it."""
        self.places[name] = place


@dataclass(slots=True)
class Reader:
    """Reads a mailbox. `refuse` may raise for a message in place of its being kept."""

    access: ImapAccess
    files: FolderFileStore
    places: Mailboxes = field(default_factory=Remembered)
    window: Back = field(default_factory=Back)
    patience: MailPatience = QUICK
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    kept: dict[str, InboundMessage] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)  # what came although it was known
    refuse: Callable[[InboundMessage], None] = lambda _: None
    told: list[tuple[State, str]] = field(default_factory=list)
    names: Names = field(default_factory=NoNames)
    watch: Watch = field(default_factory=Watch)

    @classmethod
    def of(cls, dovecot: Dovecot, folder: Path, *, url: str = "") -> Reader:
        """One that reads the server's mailbox."""
        access = parse_imap(url or dovecot.url(), ca=dovecot.ca)
        return cls(access=access, files=FolderFileStore(folder / "files"))

    @property
    def texts(self) -> list[str]:
        """The words of what was taken, in order."""
        return [message.text.strip() for message in list(self.kept.values())]

    async def deliver(self, message: InboundMessage) -> bool:
        """Keeps it, unless it is refused or known."""
        await asyncio.sleep(0)
        self.refuse(message)
        fresh = message.id not in self.kept
        if fresh:
            self.kept[message.id] = message
            self.window.known_ids.add(message.id)
        else:
            self.again.append(message.id)
        self.watch.changed()
        return fresh

    def report(self, state: State, told: str) -> None:
        """Hears how the mailbox is."""
        self.told.append((state, told))
        self.watch.changed()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[asyncio.Task[None]]:
        """Reads until the end of the block, from when it is connected."""
        before = len(self.told)
        task = asyncio.create_task(self.read())
        try:
            await self.until(lambda: State.CONNECTED in {one for one, _ in self.told[before:]})
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled(), "it ended by itself"

    async def read(self) -> None:
        """Reads until cancelled."""
        own = Own(address=BOT, ids="mail.test", seal=self.window.seal)
        proving = Proving(server="mail.test", names=self.names)
        understanding = Understanding(own, proving)
        taking = Taking(
            understanding, self.files, self.window, clock=self.clock, deliver=self.deliver
        )
        sides = Sides(self.report)
        sides.mailbox(State.STARTING)
        listening = Listening(
            self.access, self.places, sides, clock=self.clock, patience=self.patience
        )
        try:
            await listening.run(taking)
        finally:
            taking.end()

    async def until(self, condition: Callable[[], object]) -> object:
        """What the condition gives once it is true."""
        return await self.watch.until(condition)


def mail(
    words: str,
    *,
    number: int = 0,
    sender: str = "ada@example.org",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A mail of a few words."""
    headers = {
        "From": sender,
        "To": BOT,
        "Subject": f"About {words}",
        "Date": "Tue, 06 Jan 2026 12:00:00 +0000",
        "Message-ID": f"<{words.replace(' ', '-')}-{number}@example.org>",
        **(more or {}),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{lines}\r\n{words}\r\n".encode()


async def put(dovecot: Dovecot, *words: str) -> None:
    """Mails of these words come."""
    for one in words:
        await asyncio.to_thread(dovecot.deliver, mail(one))


def processed(dovecot: Dovecot, count: int) -> Callable[[], bool]:
    """Whether so many mails are dealt with."""
    return lambda: dovecot.count(folder="Processed") == count


async def told(reader: Reader, state: State) -> str:
    """What is told with the state."""
    await reader.until(lambda: reader.told and reader.told[-1][0] is state)
    return reader.told[-1][1]
