"""Whether mail can be handed in, for `carrel doctor`."""

from __future__ import annotations

import asyncio

import aiosmtplib

from channels.email.access import Security, SmtpAccess
from channels.email.faults import delivery_failed

SECONDS = 10.0  # for each step


def check(access: SmtpAccess) -> str:
    """How the server took us in; raises `DeliveryFailed` when it did not. Sends nothing.

    For a thread that runs no event loop.
    """
    try:
        asyncio.run(greet(access))
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise delivery_failed(error) from error
    whom = "and takes our password" if access.user else "without a password"
    return f"{access.host}:{access.port} answers {whom}"


async def greet(access: SmtpAccess) -> None:
    """Is let in and leaves again; raises what the library raises."""
    client = aiosmtplib.SMTP(
        hostname=access.host,
        port=access.port,
        username=access.user or None,
        password=access.password or None,
        use_tls=access.security is Security.TLS,
        start_tls=access.security is Security.STARTTLS,
        tls_context=access.trusted(),
        timeout=SECONDS,
    )
    try:
        await client.connect()
        await client.noop()
        await client.quit()
    finally:
        client.close()
