"""Hands one mail in on a connection, and never twice without anybody's knowing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import aiosmtplib
from aiosmtplib import errors

from channels.email.sending.addresses import MailAddress
from channels.email.sending.faults import Unanswered, is_of_one_mail
from channels.email.sending.lines import Line

# https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2: a server may take its time over a mail,
# and who does not wait sends it a second time.
DATA_SECONDS = 600.0
_DEAD = (errors.SMTPServerDisconnected, errors.SMTPTimeoutError, OSError)
_CLOSING = 421


class Stale(Exception):
    """A kept connection turned out to be none before the server saw anything of the mail."""


class TooNewAddress(Exception):
    """The address has letters that the server does not take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A mail as the server is given it; what does not arrive comes back to `returns`."""

    returns: MailAddress
    to: MailAddress
    data: bytes

    @property
    def needs_utf8(self) -> bool:
        """Whether an address of its needs a server of today's mail."""
        return self.returns.needs_utf8 or self.to.needs_utf8


async def hand_in(line: Line, mail: Handed) -> None:
    """Raises what the library raises, `Stale` or `TooNewAddress`; a refusal leaves the line usable.

    Where the server hung up or fell silent after the last byte it raises `Unanswered`.
    """
    client = line.client
    try:
        await _addressed(line, mail)
        await _given(client, mail.data)
    except errors.SMTPResponseException as error:
        if is_of_one_mail(error):
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.rset()
        raise


async def _addressed(line: Line, mail: Handed) -> None:
    try:
        await _envelope(line.client, mail)
    except errors.SMTPResponseException as error:
        if line.was_kept and error.code == _CLOSING:
            raise Stale from error
        raise
    except _DEAD as error:
        if line.was_kept:
            raise Stale from error
        raise


async def _envelope(client: aiosmtplib.SMTP, mail: Handed) -> None:
    new = client.supports_extension("smtputf8")
    if mail.needs_utf8 and not new:
        raise TooNewAddress
    options = [f"SIZE={len(mail.data)}"] if client.supports_extension("size") else []
    options += ["SMTPUTF8"] if mail.needs_utf8 else []
    encoding = "utf-8" if mail.needs_utf8 else "ascii"
    await client.mail(str(mail.returns), options=options, encoding=encoding)
    await client.rcpt(str(mail.to), encoding=encoding)


async def _given(client: aiosmtplib.SMTP, data: bytes) -> None:
    try:
        await client.data(data, timeout=DATA_SECONDS)
    except _DEAD as error:
        raise Unanswered("nobody said whether it was taken") from error
