"""E-mail's adapter, which only sends yet, and a mail server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, ClassVar

from aiosmtpd.smtp import SMTP

from bot.domain.messages import Attachment, OutboundMessage
from channels.email.access import parse
from channels.email.adapter import Email
from storage.files import FolderFileStore
from tests.clock import SetClock
from tests.contract.rigs.rig import Deliver
from tests.line import Line

_UNHEARD = "nobody can write to Carrel by e-mail yet"
_UNTHREADED = "what is answered there begins with an e-mail that Carrel heard, and it hears none"


class _Post:
    """Takes mail, unless something else was planned for the next."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refusal = ""

    async def handle_RCPT(  # noqa: N802 - the library's name for it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """A refusal of the recipient, if that was planned."""
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name for it
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Keeps the mail."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken.append(mail)
        return "250 OK"


class MailRig:
    """Sends to Ada's mailbox."""

    cannot: ClassVar[Mapping[str, str]] = {
        "test_text_arrives_with_a_stable_id_and_an_address_to_answer": _UNHEARD,
        "test_the_same_message_again_has_the_same_id": _UNHEARD,
        "test_a_file_arrives_with_name_size_and_bytes": _UNHEARD,
        "test_a_file_that_is_too_large_is_named_and_not_taken": _UNHEARD,
        "test_own_and_other_programs_words_are_not_heard": _UNHEARD,
        "test_what_could_not_be_kept_is_not_acknowledged": _UNHEARD,
        "test_a_picked_choice_says_its_words": _UNHEARD,
        "test_choices_are_offered_with_their_labels": _UNHEARD,
        "test_the_answer_stands_in_the_thread": _UNTHREADED,
        "test_a_newer_card_takes_the_place_of_the_older": "what was mailed stays",
        "test_a_limit_is_told_with_the_time_the_vendor_names": "mail servers name no time",
    }

    def __init__(self, folder: Path) -> None:
        self.name = "e-mail"
        self._post = _Post()
        self._talks: list[SMTP] = []
        self._line = Line("mail")
        self._server = self._line.do(self._serve())
        host, port = self._server.sockets[0].getsockname()
        self.channel = Email(
            parse(f"smtp://{host}:{port}"),
            sender="Carrel <carrel@example.org>",
            files=FolderFileStore(folder),
            clock=SetClock(),
            report=lambda _state, _told: None,
        )
        self._task: asyncio.Task[None] | None = None

    async def listening(self, deliver: Deliver) -> None:
        """Begins to listen, to nothing."""
        self._task = asyncio.create_task(self.channel.listen(deliver))

    async def hush(self) -> None:
        """Cancels listening."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def say(self, text: str, *files: Path) -> object:
        """Cannot be yet."""
        raise NotImplementedError(text, files)

    async def again(self, said: object) -> None:
        """Cannot be yet."""
        raise NotImplementedError(said)

    async def other_bot_says(self, text: str) -> None:
        """Cannot be yet."""
        raise NotImplementedError(text)

    def acknowledged(self, said: object) -> bool:
        """Cannot be yet."""
        raise NotImplementedError(said)

    async def bytes_of(self, attachment: Attachment, into: Path) -> bytes:
        """Cannot be yet."""
        raise NotImplementedError(attachment, into)

    def message(self, sent: OutboundMessage) -> OutboundMessage:
        """To Ada's mailbox."""
        address = replace(sent.to, channel="email", value="ada@example.org")
        return replace(sent, to=address, conversation=str(address))

    def shown(self) -> list[str]:
        """The words of each mail."""
        return [_body(mail) for mail in self._post.taken]

    async def pick(self, label: str) -> None:
        """Cannot be yet."""
        raise NotImplementedError(label)

    def trouble(self, kind: str) -> None:
        """The mailbox is gone, or the server is."""
        if kind == "gone":
            self._post.refusal = "550 5.1.1 no such mailbox"
        else:
            self._line.do(self._shut())

    async def close(self) -> None:
        """Ends the server."""
        await self.hush()
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self._line.do(self._shut())
        self._line.close()

    async def _shut(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        for talk in self._talks:  # one that was cut off may not have been noticed yet
            if talk.transport:
                talk.transport.close()
        await asyncio.sleep(0)

    async def _serve(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._talk, "127.0.0.1", 0)

    def _talk(self) -> SMTP:
        self._talks.append(SMTP(self._post))
        return self._talks[-1]


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part else ""
