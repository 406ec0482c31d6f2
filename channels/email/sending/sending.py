"""Mail goes out: one account at a mail server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import aiosmtplib

from bot.domain.channel_state import State
from bot.domain.messages import OutboundMessage
from bot.errors import ConfigurationError, DeliveryFailed
from bot.ports import Clock, FileStore, Window
from channels.email.access import SmtpAccess
from channels.email.sending import words
from channels.email.sending.addresses import MailAddress, mail_address, sender_of
from channels.email.sending.composing import Composed, Composer
from channels.email.sending.faults import delivery_failed, is_of_one_mail, is_too_large, standing
from channels.email.sending.handing import Stale, TooNewAddress, hand_in
from channels.email.sending.lines import Lines
from channels.email.sending.opening import greet, opened
from channels.email.sending.sender import USUAL, Bounds, Sender
from channels.email.sending.signing import signer
from channels.under_way import UnderWay

Note = Callable[[State, str], None]
FAILURES = (aiosmtplib.SMTPException, OSError, ValueError)
# In these a greeting tells whether the server lets us in now; a refused sender only a mail tells.
UNSURE = frozenset({State.STARTING, State.RECONNECTING, State.TOKEN_INVALID})
TIMEOUT = 30.0  # seconds for each step of a conversation with the server
WHOLE_SECONDS = 1_200.0  # for a mail: more than all steps may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What is looked at while a mail is written. `note` hears how the mail server is."""

    window: Window
    files: FileStore
    clock: Clock
    note: Note


class _TooLarge(Exception):
    """It would be taken without its files."""


class Sending:
    """Hands mails in. Raises `ConfigurationError` where `sender` cannot send so."""

    def __init__(
        self, access: SmtpAccess, sender: Sender, means: Means, *, bounds: Bounds = USUAL
    ) -> None:
        self._access = access
        self._note = means.note
        self._bounds = bounds
        self._state = State.STARTING
        self._lines = Lines(partial(opened, access, access.trusted(), seconds=TIMEOUT))
        self._under_way = UnderWay("the mail server", seconds=WHOLE_SECONDS)
        self._composer = _composer(sender, means, most_bytes=bounds.most_bytes)

    async def watch(self) -> None:
        """Until cancelled: looks whether the server lets us in, at first and while it does not."""
        while True:
            if self._state in UNSURE:
                await _ended(asyncio.create_task(self._greet()))
            await asyncio.sleep(self._bounds.greet_seconds)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Hands the message over and gives its Message-ID; raises `DeliveryFailed`.

        What the server finds too large goes once more, without its files and with how to get them.
        """
        async with self._under_way.message(message.key):
            _check_address(message)
            try:
                receipt = await self._sent(message)
            except TooNewAddress as error:
                raise DeliveryFailed(words.TOO_NEW_ADDRESS, permanent=True) from error
            except FAILURES as error:
                self._stand(*standing(error))
                raise delivery_failed(error) from error
        self._stand(State.CONNECTED)
        return (receipt,)

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        await self._lines.close()

    async def _sent(self, message: OutboundMessage) -> str:
        try:
            return await self._tried(message, bare=False)
        except _TooLarge:
            return await self._tried(message, bare=True)

    async def _tried(self, message: OutboundMessage, *, bare: bool) -> str:
        try:
            return await self._through(message, bare=bare)
        except Stale:
            return await self._through(message, bare=bare, fresh=True)

    async def _through(self, message: OutboundMessage, *, bare: bool, fresh: bool = False) -> str:
        """One mail on one connection, which is kept where it is only this mail that is refused."""
        async with self._lines.line(fresh=fresh) as line:
            mail = await self._composed(message, largest=line.largest, bare=bare)
            try:
                await hand_in(line, mail.handed)
            except aiosmtplib.SMTPException as error:
                if not is_of_one_mail(error):
                    raise
                refused = error
            else:
                return mail.id
        if is_too_large(refused) and mail.encloses:
            raise _TooLarge from refused
        raise refused

    async def _composed(self, message: OutboundMessage, *, largest: int, bare: bool) -> Composed:
        return await asyncio.to_thread(self._composer.composed, message, largest=largest, bare=bare)

    async def _greet(self) -> None:
        try:
            await greet(self._access, seconds=TIMEOUT)
        except FAILURES as error:
            self._stand(*standing(error))
        else:
            self._stand(State.CONNECTED)

    def _stand(self, state: State, told: str = "") -> None:
        self._state = state
        self._note(state, told)


def _composer(sender: Sender, means: Means, *, most_bytes: int) -> Composer:
    own = _own(sender)
    return Composer(
        own=own,
        hears=sender.hears,
        public_url=sender.public_url.rstrip("/"),
        window=means.window,
        files=means.files,
        clock=means.clock,
        signer=signer(sender.dkim_key, selector=sender.dkim_selector, domain=own.domain),
        most_bytes=most_bytes,
    )


def _own(sender: Sender) -> MailAddress:
    try:
        return sender_of(sender.address)
    except ValueError as error:
        raise ConfigurationError(
            f"{sender.address!r} is no sender of mail: write Carrel <carrel@example.org>."
        ) from error


def _check_address(message: OutboundMessage) -> None:
    try:
        mail_address(message.to.value)
    except ValueError as error:
        raise DeliveryFailed("that is no e-mail address", permanent=True) from error


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
