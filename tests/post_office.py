"""A mail server on this machine that keeps what it is given and refuses what it is told to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "carrel", "p@ss:w/rd"


@dataclass(slots=True)
class PostOffice:
    """What came in. `refusals` are said at a step (`RCPT`, `DATA`, `MAIL`) in place of `250`.

    `raw` are the mails as they came, `senders` whom they came from, `talks` all connections. Mails
    of more than `most` bytes are too large. Where it is `mute` it hangs up on every mail, with no
    word of whether it took it. `ended` is set once a connection is over.
    """

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    raw: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    talks: list[SMTP] = field(default_factory=list)
    most: int = 0
    mute: bool = False
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_MAIL(  # noqa: N802 - the server looks the name up
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """A sender."""
        if "MAIL" in self.refusals:
            return self.refusals["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """A recipient."""
        if "RCPT" in self.refusals:
            return self.refusals["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """A whole message."""
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        assert isinstance(envelope.content, bytes)
        if self.most and len(envelope.content) > self.most:
            if self.mute and server.transport:
                asyncio.get_running_loop().call_soon(server.transport.close)
            return "552 5.3.4 Message too big for system"
        self._keep(session, envelope)
        if self.mute and server.transport:
            server.transport.close()
        return "250 OK"

    def hang_up(self) -> None:
        """Ends every connection, as a server does that begins anew."""
        for talk in self.talks:
            if talk.transport:
                talk.transport.close()

    def _keep(self, session: Session, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=SMTP_POLICY)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        self.raw.append(envelope.content)
        self.senders.append(envelope.mail_from or "")

    def authenticator(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object
    ) -> AuthResult:
        """Lets the one account in."""
        assert isinstance(given, LoginPassword)
        good = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        if good:
            self.accounts.append(given.login.decode())
        return AuthResult(success=good, handled=False)


class _Talk(SMTP):
    """A connection that tells when it is over."""

    def connection_lost(self, error: Exception | None) -> None:
        """It is over."""
        super().connection_lost(error)
        self.event_handler.ended.set()


@asynccontextmanager
async def post_office(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    port: int = 0,
    utf8: bool = False,
    size: int = 33_554_432,
) -> AsyncIterator[PostOffice]:
    """A server on that port or a free one; with certificates it lets in only the one account.

    It says that it takes mails of `size` bytes, and with `utf8` addresses of any letters.
    """
    office, loop = PostOffice(), asyncio.get_running_loop()
    safe = starttls is not None

    def protocol() -> SMTP:
        talk = _Talk(
            office,
            hostname="post.example.org",
            tls_context=starttls,
            require_starttls=safe,
            auth_required=safe,
            authenticator=office.authenticator if safe else None,
            loop=loop,
            enable_SMTPUTF8=utf8,
            data_size_limit=size,
        )
        office.talks.append(talk)
        return talk

    server = await loop.create_server(protocol, "127.0.0.1", port, ssl=tls)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        office.hang_up()
        await server.wait_closed()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What a server on this machine shows, and the file by which others trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "post.pem", folder / "post.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    return context, pem
