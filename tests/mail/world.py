"""Everybody else's mail server: what Carrel sends arrives there, or is refused as was planned."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP

from tests.line import Line
from tests.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A mail as it came: to whom, and where it comes back to when it cannot be delivered."""

    raw: bytes
    mail: EmailMessage
    to: str
    sender: str


@dataclass(slots=True)
class _Post:
    """What the server does with what it is given; it looks these names up."""

    world: World

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """A refusal, if that was planned."""
        if refusal := self.world.refusals.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Keeps the mail, once for each recipient."""
        raw: bytes = envelope.content
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        for to in envelope.rcpt_tos:
            self.world.take(Arrived(raw=raw, mail=mail, to=to, sender=envelope.mail_from))
        return "250 OK"


@dataclass(slots=True)
class World:
    """Runs in a thread of its own on loopback. `refusals` are said to recipients, by address."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    _line: Line = field(default_factory=lambda: Line("world"))
    _server: asyncio.Server | None = None
    _talks: list[SMTP] = field(default_factory=list)

    def start(self) -> Self:
        """Listens, at the port that it had before if it did."""
        self._line.do(self._listen())
        return self

    def go_down(self) -> None:
        """Nobody listens any more, and connections break."""
        self._line.do(self._shut())

    def stop(self) -> None:
        """Ends."""
        self.go_down()
        self._line.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """What `CARREL_SMTP_URL` says when Carrel hands its mail in here."""
        return f"smtp://127.0.0.1:{self.port}"

    def mails_to(self, address: str) -> list[EmailMessage]:
        """All that came for somebody, oldest first."""
        return [one.mail for one in list(self.arrived) if one.to == address]

    def take(self, one: Arrived) -> None:
        """Keeps it."""
        self.arrived.append(one)
        self.watch.changed()

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._talk, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for talk in self._talks:
            if talk.transport:
                talk.transport.close()
        self._talks.clear()
        await self._server.wait_closed()
        self._server = None
        await asyncio.sleep(0)

    def _talk(self) -> SMTP:
        made = SMTP(_Post(self), hostname="world.example.org", enable_SMTPUTF8=True)
        self._talks.append(made)
        return made
