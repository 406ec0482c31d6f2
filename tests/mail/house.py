"""A whole Carrel whose people have nothing but mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeVar

from bot.app import Knowledge
from bot.ports import Channel
from bot.vendors.email import Places
from channels.email.access import parse, parse_imap
from channels.email.adapter import Email, House, Reading
from channels.email.door import Door
from channels.email.files import EmailFiles
from channels.email.intake.understanding import Proving
from channels.email.proof.names import DnsNames
from channels.email.sending.sender import Bounds, Sender
from scheduler.dispatcher import Dispatcher
from tests.mail.addressed import AddressedHouse
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.letters import SERVER, handed_on, letter
from tests.mail.programs import short_folder
from tests.mail.reading import buttons, numbered, read
from tests.mail.stand import HASTE, NO_NAMES, OWN
from tests.mail.world import World
from tests.wired import Json, Wired, WiredHouse

T = TypeVar("T")


class Ways(Enum):
    """How people say what they say."""

    WRITTEN = auto()  # a new mail each time
    REPLIED = auto()  # below the newest mail of Carrel's, and of a choice only its number
    PRESSED = auto()  # whatever is a button in the newest mail


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail in Carrel's mailbox; `place` is how many had been there before it."""

    house: MailHouse
    place: int

    @property
    def acked(self) -> bool:
        """Whether it was dealt with, and so moved."""
        return self.house.done() > self.place


class Wire(Email):
    """The adapter with its web side."""

    http: Any


class MailHouse(AddressedHouse, WiredHouse):
    """Carrel with a real mailbox, and a mail server for everybody else.

    Everything that people write is proved to be theirs, unless `proved` is false.
    """

    vendor = "email"

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        *,
        ways: Ways = Ways.WRITTEN,
        room: str = "",
    ) -> None:
        super().__init__(knowledge, folder, room=room)
        self.ways = ways
        self.proved = True
        self._people: set[str] = set()
        self._count = 0
        self._servers = ExitStack()
        self.dovecot = self._servers.enter_context(
            Dovecot(self._servers.enter_context(short_folder()))
        )
        self.world = self._servers.enter_context(World())
        self.desk = replace(self.desk, fetchers={self.vendor: EmailFiles(self.files)})
        self.begin()
        self.reach()

    def close(self) -> None:
        """Ends everything, also the servers."""
        super().close()
        self._servers.close()

    def make(self) -> Wired:
        """E-mail's adapter."""
        made = Wire(
            parse(self.world.url),
            Sender(address=OWN, hears=True),
            House(window=self.window, files=self.files, clock=self.clock),
            report=self.reported,
            reading=Reading(
                access=parse_imap(self.dovecot.url(), ca=self.dovecot.ca),
                places=Places(self.transaction),
                proving=Proving(server=SERVER, names=DnsNames(NO_NAMES)),
                patience=HASTE,
            ),
            bounds=Bounds(greet_seconds=0.05),
        )
        made.http = Door(self.window)
        return made

    def sender(self) -> Dispatcher:
        """One that sends by mail alone."""
        wire: Channel = self.wire()
        self.mail.sent.clear()
        return Dispatcher(
            {self.vendor: wire}, self.transaction, clock=self.clock, lease_seconds=60.0
        )

    def wait(self, condition: Callable[[], T]) -> T:
        """What the condition gives once it is true."""
        return self.world.watch.wait(condition)

    def member(self, who: str) -> str:
        """Everybody is where their address says."""
        self._people.add(who)
        return who

    def people(self) -> Mapping[str, str]:
        """Everybody by their address."""
        return {who: who for who in sorted(self._people)}

    def told(self, member: str) -> Sequence[Json]:
        """Carrel's mails to them."""
        found = enumerate(list(self.world.arrived))
        return [{"order": order, "mail": one.mail} for order, one in found if one.to == member]

    def order(self, message: Json) -> float:
        """When it arrived."""
        return float(message["order"])

    def read(self, message: Json) -> str:
        """What they read."""
        mail: EmailMessage = message["mail"]
        return read(mail)

    def mails(self, who: str) -> list[EmailMessage]:
        """Carrel's mails to somebody, oldest first."""
        return self.world.mails_to(who)

    def utter(self, member: str, text: str, *paths: Path) -> Posted:
        """A mail from there, in the way of this house."""
        newest = next(reversed(self.mails(member)), None)
        at: datetime = self.clock()
        if newest is None or self.ways is Ways.WRITTEN:
            return self.post(letter(member, text, *paths, at=at))
        if self.ways is Ways.PRESSED:
            pressed = [one for one in buttons(newest) if one.says == text]
            to, subject = (pressed[0].to, pressed[0].subject) if pressed else (BOT, "")
            return self.post(letter(member, text, *paths, to=to, subject=subject, at=at))
        number = numbered(newest, text)
        said = str(number) if number and not paths else text
        return self.post(letter(member, said, *paths, answers=newest, at=at))

    def reply(self, who: str, text: str, *paths: Path, to: EmailMessage | None = None) -> None:
        """Somebody replies to that mail, or to their newest, with all of it quoted; it is done."""
        answered = to or self.mails(who)[-1]
        self.settle(self.post(letter(who, text, *paths, answers=answered, at=self.clock())))

    def post(self, mail: EmailMessage) -> Posted:
        """Puts a mail into Carrel's mailbox, which got it at the house's own time."""
        place, self._count = self._count, self._count + 1
        self.dovecot.put([handed_on(mail, proved=self.proved)], at=self.clock())
        return Posted(self, place)

    def done(self) -> int:
        """How many mails were dealt with."""
        return sum(self.dovecot.count(folder=name) for name in ("Processed", "Failed"))
