"""A connection to the mail server, as its URL has it."""

from __future__ import annotations

import ssl

import aiosmtplib

from channels.email.access import Security, SmtpAccess


def opened(
    access: SmtpAccess, trusted: ssl.SSLContext | None, *, seconds: float
) -> aiosmtplib.SMTP:
    """A connection that is still to be made; `seconds` are for each step of what is said there."""

    async def token() -> str:
        return access.token()

    return aiosmtplib.SMTP(
        hostname=access.host,
        port=access.port,
        username=access.user or None,
        password=access.password or None,
        oauth_token_generator=token if access.token_file else None,
        use_tls=access.security is Security.TLS,
        start_tls=access.security is Security.STARTTLS,
        tls_context=trusted,
        timeout=seconds,
    )


async def greet(access: SmtpAccess, *, seconds: float) -> None:
    """Is let in and leaves again; raises what the library raises."""
    client = opened(access, access.trusted(), seconds=seconds)
    try:
        await client.connect()
        await client.noop()
        await client.quit()
    finally:
        client.close()
