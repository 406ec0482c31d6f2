"""A whole Carrel on a fresh database, with people who type and what they are told."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import Knowledge
from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import Address, Attachment, Choice, InboundMessage, OutboundMessage
from bot.domain.people import Candidate, Person
from bot.domain.rights import Role
from bot.errors import DeliveryFailed
from bot.ports import Deliver, UnitOfWork
from bot.usecases.appoint import OPERATOR, grant_role
from bot.usecases.desk import Desk
from bot.usecases.enrol import Enrolment, enrol
from bot.usecases.say_again import asking
from bot.usecases.sweep_notices import Swept, sweep_all
from channels.lettering import DEJAVU
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.timely import Timely
from storage.archive.press import ZipArchives
from storage.files import FolderFileStore
from storage.papers.calendar import IcsCalendarPress
from storage.papers.dossier import HtmlDossiers
from storage.papers.letters import PdfLetterPress
from storage.proof.signing import Ed25519Signer
from storage.reading.reader import LocalTextReader
from storage.reading.unpacker import LocalUnpacker
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import SetClock
from tests.databases import fresh_database

LEASE = 60.0
MAIL_ID = "<a{0:019x}{0:020x}@example.org>"


@dataclass(slots=True)
class MemoryChannel:
    """A channel whose other side is a list. `failures` are raised before sends, in order."""

    name: str = "memory"
    sent: list[OutboundMessage] = field(default_factory=list)
    failures: list[DeliveryFailed] = field(default_factory=list)
    post: str = "m{}"  # how the vendor calls what was sent, by its number

    async def listen(self, deliver: Deliver) -> None:
        """Nobody types here; tests hand messages over themselves."""

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Keeps the message."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        return (self.post.format(len(self.sent)),)

    async def close(self) -> None:
        """Nothing to let go of."""


class House:
    """Carrel on an SQLite database in a folder, with a clock that tests set."""

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        *,
        url: str = "sqlite://",
        public_url: str = "",
    ) -> None:
        self.clock = SetClock()
        self.folder = folder
        self.files = FolderFileStore(folder / "files")
        self.database = fresh_database(url)
        self.channel = MemoryChannel()
        self.mail = MemoryChannel(
            name="email", post=MAIL_ID
        )  # for those with no other address, and for codes
        signer = Ed25519Signer("a secret for the tests")
        self.desk = Desk(
            program=knowledge.pack.program,
            index=knowledge.index,
            shelf=knowledge.shelf,
            intents=knowledge.intents,
            files=self.files,
            reader=LocalTextReader(),
            unpacker=LocalUnpacker(),
            signer=signer,
            letters=PdfLetterPress(DEJAVU),
            dossiers=HtmlDossiers(self.files),
            calendars=IcsCalendarPress(),
            archives=ZipArchives(self.files, signer),
            clock=self.clock,
            public_url=public_url,
        )
        self.pipeline = Pipeline(self.desk, self.transaction, lease_seconds=LEASE)
        self.still_due = asking(lambda: self.desk.program)
        self.dispatcher = Dispatcher(
            {one.name: Timely(one, clock=self.clock) for one in (self.channel, self.mail)},
            self.transaction,
            clock=self.clock,
            lease_seconds=LEASE,
            silence=Silence(still_due=self.still_due),
        )
        self.mail_is(State.CONNECTED)
        self._count = 0

    def transaction(self) -> UnitOfWork:
        """A new unit of work."""
        return SqlUnitOfWork(self.database.engine)

    def sweep(self) -> Swept:
        """Tells what is due by the clock, and handles and sends until nothing is due."""
        swept = sweep_all(
            self.transaction(),
            self.desk.program,
            clock=self.clock,
            ending=lambda: False,
            rooms=self.desk.rooms,
        )
        self.drain()
        return swept

    def mail_is(self, state: State) -> None:
        """How the process that serves mail noted it."""
        known = ChannelState(channel=self.mail.name, state=state, told="", since=self.clock())
        with self.transaction() as uow:
            uow.channels.note(known)
            uow.commit()

    def address(self, who: str) -> Address:
        """Where somebody is on the channel; here it is their e-mail address."""
        return Address(channel=self.channel.name, value=who)

    def enrol(self, who: Enrolment) -> Candidate:
        """Enrols somebody and trusts their address on the channel."""
        with self.transaction() as uow:
            candidate = enrol(uow, self.desk.program, who, now=self.clock())
            uow.people.connect(candidate.person, self.address(who.email), at=self.clock())
            uow.commit()
        return candidate

    def appoint(self, name: str, email: str, *roles: Role) -> Person:
        """Makes somebody known, with roles, whose address on the channel is trusted."""
        with self.transaction() as uow:
            person = uow.people.find(email) or uow.people.add(name, email=email, time_zone="UTC")
            for role in roles:
                grant_role(uow, person, role, by=OPERATOR, now=self.clock())
            uow.people.connect(person, self.address(email), at=self.clock())
            uow.commit()
        return person

    def message(self, who: str, text: str, *attached: Attachment, id: str = "") -> InboundMessage:
        """A message as a channel would hand it over."""
        self._count += 1
        address = self.address(who)
        return InboundMessage(
            id=id or f"{self._count}",
            sender=address,
            conversation=str(address),
            text=text,
            sent_at=self.clock(),
            attachments=attached,
        )

    def attach(self, path: Path) -> Attachment:
        """A file as a channel would take it in."""
        name = self.files.put(path)
        return Attachment(name=path.name, size=path.stat().st_size, sha256=name)

    def deliver(self, message: InboundMessage) -> list[OutboundMessage]:
        """Receives, handles and answers; what was sent for it."""
        before = len(self.channel.sent)
        self.pipeline.receive(message)
        self.drain()
        return self.channel.sent[before:]

    def drain(self) -> None:
        """Handles and sends until nothing is due."""
        while self.pipeline.handle_one():
            pass
        asyncio.run(self._dispatch())

    def say(self, who: str, text: str) -> str:
        """What Carrel answers, as plain text."""
        return _text(self.deliver(self.message(who, text)))

    def send(self, who: str, *paths: Path, caption: str = "") -> str:
        """What Carrel answers to files."""
        attached = (self.attach(path) for path in paths)
        return _text(self.deliver(self.message(who, caption, *attached)))

    def converse(
        self, who: str, text: str, *paths: Path, width: int = 0
    ) -> Sequence[tuple[str, str]]:
        """What is said to whom when somebody says that, wrapped at `width` characters."""
        attached = (self.attach(path) for path in paths)
        answers = self.deliver(self.message(who, text, *attached))
        return [(one.to.value, plain_text(one.reply, width=width)) for one in answers]

    def heard(self, who: str) -> list[str]:
        """Everything that was sent to that address, as plain text, oldest first."""
        return [plain_text(m.reply) for m in self.channel.sent if m.to.value == who]

    def choices(self) -> tuple[Choice, ...]:
        """The choices of the newest message."""
        return self.channel.sent[-1].reply.choices

    async def _dispatch(self) -> None:
        while await self.dispatcher.send_one():
            pass


def _text(messages: list[OutboundMessage]) -> str:
    return "\n\n".join(plain_text(message.reply) for message in messages)


def sha256(path: Path) -> str:
    """The hex name of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
