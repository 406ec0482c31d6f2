"""E-mail as a channel: hands messages to a mail server. Nothing is read yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from bot.domain.channel_state import State
from bot.domain.messages import Block, Chart, Download, OutboundMessage
from bot.errors import ConfigurationError, DeliveryFailed, NotFound
from bot.ports import Clock, Deliver, FileStore
from channels.chart import draw
from channels.email.access import Security, SmtpAccess
from channels.email.check import greet
from channels.email.faults import delivery_failed, standing
from channels.email.wire import Enclosed, email_of, sender_of

Report = Callable[[State, str], None]
FAILURES = (aiosmtplib.SMTPException, OSError, ValueError)
# In these a greeting tells whether the server lets us in now; a refused sender only a mail tells.
UNSURE = frozenset({State.STARTING, State.RECONNECTING, State.TOKEN_INVALID})
TIMEOUT = 30.0  # seconds for each step of a conversation with the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many bytes of files go with one mail, and how long it waits between two greetings."""

    most_bytes: int = 15_000_000  # encoded they grow by a third, and servers usually take 25 MB
    greet_seconds: float = 60.0


USUAL = Bounds()


class Email:
    """One account at a mail server, with a connection for each message.

    Raises `ConfigurationError` when `sender` is no address such as `Carrel <carrel@example.org>`.
    """

    def __init__(
        self,
        access: SmtpAccess,
        *,
        sender: str,
        files: FileStore,
        clock: Clock,
        report: Report,
        bounds: Bounds = USUAL,
    ) -> None:
        """`report` hears how the channel is: from what it sends, and from greeting the server."""
        self.name = "email"
        self._access = access
        self._files = files
        self._clock = clock
        self._bounds = bounds
        self._trusted = access.trusted()
        self._report = report
        self._state = State.STARTING
        try:
            self._sender = sender_of(sender)
        except ValueError as error:
            raise ConfigurationError(
                f"{sender!r} is no sender of mail: write Carrel <carrel@example.org>."
            ) from error
        report(State.STARTING, "")

    async def listen(self, deliver: Deliver) -> None:  # noqa: ARG002 - the port's shape
        """Until cancelled: nobody can write here yet, but it looks whether the server lets us in.

        It looks at the beginning, and again each minute while it was not let in.
        """
        while True:
            if self._state in UNSURE:
                await _ended(asyncio.create_task(self._greet()))
            await asyncio.sleep(self._bounds.greet_seconds)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Hands the message over and gives its Message-ID; raises `DeliveryFailed`."""
        try:
            mail = await asyncio.to_thread(self._written, message)
        except ValueError as error:
            raise DeliveryFailed("that is no e-mail address", permanent=True) from error
        try:
            await self._hand_over(mail)
        except FAILURES as error:
            self._stand(*standing(error))
            raise delivery_failed(error) from error
        self._stand(State.CONNECTED)
        return (str(mail["Message-ID"]),)

    async def close(self) -> None:
        """Nothing to let go of: every message has a connection of its own."""

    async def _greet(self) -> None:
        try:
            await greet(self._access)
        except FAILURES as error:
            self._stand(*standing(error))
        else:
            self._stand(State.CONNECTED)

    def _stand(self, state: State, told: str = "") -> None:
        self._state = state
        self._report(state, told)

    async def _hand_over(self, mail: EmailMessage) -> None:
        access = self._access
        await aiosmtplib.send(
            mail,
            hostname=access.host,
            port=access.port,
            username=access.user or None,
            password=access.password or None,
            use_tls=access.security is Security.TLS,
            start_tls=access.security is Security.STARTTLS,
            tls_context=self._trusted,
            timeout=TIMEOUT,
        )

    def _written(self, message: OutboundMessage) -> EmailMessage:
        enclosed: list[Enclosed] = []
        missing: list[str] = []
        for block in message.reply.blocks:
            room = self._bounds.most_bytes - sum(len(one.data) for one in enclosed)
            for found in self._enclosed(block, room=room):
                if isinstance(found, Enclosed):
                    enclosed.append(found)
                else:
                    missing.append(found)
        return email_of(message, enclosed, sender=self._sender, at=self._clock(), missing=missing)

    def _enclosed(self, block: Block, *, room: int) -> Iterator[Enclosed | str]:
        """What goes along for a block, or why a file does not."""
        match block:
            case Chart():
                yield Enclosed(
                    name="progress.png", media_type="image/png", data=draw(block), shown=block.alt
                )
            case Download() if block.size > room:
                yield f"{block.name} is too large to be mailed: ask for it where you talk to me."
            case Download():
                yield self._file(block)
            case _:
                return

    def _file(self, file: Download) -> Enclosed | str:
        try:
            data = self._files.path(file.sha256).read_bytes()
        except (NotFound, OSError):
            return f"{file.name} is not kept any more."
        return Enclosed(name=file.name, media_type=file.media_type, data=data)


async def _ended(work: asyncio.Task[None]) -> None:
    """Waits for the work, and ends it when cancelled.

    The library may swallow a cancellation (until Python 3.12 `asyncio.wait_for` does), so that
    whoever awaited it directly would go on.
    """
    try:
        await asyncio.wait({work})
    finally:
        work.cancel()
        await asyncio.wait({work})
