"""E-mail's adapter between a desk that only remembers, a real mailbox, and a mail server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar

from bot.domain.channel_state import State
from bot.domain.messages import Attachment, InboundMessage, OutboundMessage
from channels.email.files import EmailFiles
from tests.contract.rigs.rig import LARGEST, Deliver
from tests.mail.dovecot import Dovecot
from tests.mail.letters import handed_on, letter
from tests.mail.programs import short_folder
from tests.mail.reading import buttons, read
from tests.mail.stand import stand_at
from tests.mail.world import World
from tests.stand import until

ADA = "ada@example.org"


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail that was handed over to Carrel's mailbox."""

    mail: EmailMessage

    @property
    def mark(self) -> bytes:
        """By what it is known among others."""
        return str(self.mail["Message-ID"]).encode()


class MailRig:
    """Ada writes from her own mail program."""

    cannot: ClassVar[Mapping[str, str]] = {
        "test_a_newer_card_takes_the_place_of_the_older": "what was mailed stays",
        "test_a_limit_is_told_with_the_time_the_vendor_names": "mail servers name no time",
    }

    def __init__(self, folder: Path) -> None:
        self.name = "e-mail"
        self._open = ExitStack()
        self.dovecot = self._open.enter_context(Dovecot(self._open.enter_context(short_folder())))
        self.world = self._open.enter_context(World())
        self.stand = stand_at(self.dovecot, self.world, folder)
        self.channel = self.stand.adapter
        self._tries = 0
        self._task: asyncio.Task[None] | None = None

    async def listening(self, deliver: Deliver) -> None:
        """Begins to listen."""

        async def counted(message: InboundMessage) -> bool:
            self._tries += 1
            return await deliver(message)

        self._task = asyncio.create_task(self.channel.listen(counted))
        await until(lambda: self.stand.was(State.CONNECTED) is not None)

    async def hush(self) -> None:
        """Cancels listening."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def say(self, text: str, *files: Path) -> Posted:
        """Ada writes a mail."""
        return await self._posted(letter(ADA, text, *files))

    async def again(self, said: object) -> None:
        """Her server hands over the same mail once more."""
        assert isinstance(said, Posted)
        await self._posted(said.mail)

    async def other_bot_says(self, text: str) -> None:
        """An absence note."""
        automatic = {"Auto-Submitted": "auto-replied"}
        await self._posted(letter(ADA, text, headers=automatic))

    def acknowledged(self, said: object) -> bool:
        """Whether the mail was moved away."""
        assert isinstance(said, Posted)
        return not any(said.mark in raw for raw in self.dovecot.messages())

    async def bytes_of(self, attachment: Attachment, into: Path) -> bytes:
        """Fetched as a worker does it."""
        files = EmailFiles(self.stand.files)
        path = await asyncio.to_thread(files.fetch, attachment, into=into, largest=LARGEST)
        return path.read_bytes()

    def message(self, sent: OutboundMessage) -> OutboundMessage:
        """To Ada's mailbox."""
        address = replace(sent.to, channel="email", value=ADA)
        return replace(sent, to=address, conversation=str(address))

    def shown(self) -> list[str]:
        """The plain text of each mail."""
        return [read(mail) for mail in self.world.mails_to(ADA)]

    async def pick(self, label: str) -> None:
        """A button of the HTML: her program begins a mail, and she sends it."""
        *_, mail = self.world.mails_to(ADA)
        (button,) = [one for one in buttons(mail) if one.label == label]
        await self._posted(letter(ADA, button.says, to=button.to, subject=button.subject))

    def trouble(self, kind: str) -> None:
        """The mailbox is gone, or the server is."""
        if kind == "gone":
            self.world.refusals[ADA] = "550 5.1.1 no such mailbox"
        else:
            self.world.go_down()

    async def close(self) -> None:
        """Ends the servers."""
        await self.hush()
        await self.channel.close()
        await asyncio.to_thread(self._open.close)

    async def _posted(self, mail: EmailMessage) -> Posted:
        """Once it was moved, or could not be kept and was tried again."""
        done, tries = self._done(), self._tries
        await asyncio.to_thread(self.dovecot.deliver, handed_on(mail))
        await until(lambda: self._done() > done or self._tries > tries + 1)
        return Posted(mail)

    def _done(self) -> int:
        return self.dovecot.count(folder="Processed")
