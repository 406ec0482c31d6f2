"""Where mail is handed in and where it is read: what one URL in the settings tells."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, unquote, urlsplit

from bot.errors import ConfigurationError
from channels.certificates import certificates

_HERE = {"localhost", "127.0.0.1", "::1"}
_TOKENED = "+xoauth2"  # a scheme that ends so takes a token in place of a password
INBOX = "INBOX"


class Security(Enum):
    """How a connection is kept from eyes on the way."""

    STARTTLS = "starttls"  # it begins in the clear, and goes no further without TLS
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A mail server. `ca` is a file of certificates to trust in place of the system's.

    With `token_file` it is no password that lets us in but the OAuth2 access token in that file,
    which some other program keeps fresh.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    token_file: Path | None = None

    def trusted(self) -> ssl.SSLContext | None:
        """What certificates are held against; None where there are none.

        Raises `ConfigurationError` when the file of certificates cannot be used.
        """
        return None if self.security is Security.NONE else certificates(self.ca)

    def token(self) -> str:
        """The access token as it is now; empty where there is none to be read."""
        try:
            return self.token_file.read_text(encoding="utf-8").strip() if self.token_file else ""
        except (OSError, UnicodeError):
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccess(Access):
    """Where mail is handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccess(Access):
    """Where mail is read: one `folder` of one account."""

    folder: str = INBOX

    @property
    def name(self) -> str:
        """What the mailbox is remembered by."""
        return f"{self.user}@{self.host}/{self.folder}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Protocol:
    """What a URL may look like; each scheme has its security and the usual port."""

    server: str
    form: str
    schemes: Mapping[str, tuple[Security, int]]


_SMTP = _Protocol(
    server="The mail server's URL",
    form="smtp+starttls://USER:PASSWORD@HOST:PORT, or smtps://... or, without a password, "
    "smtp://...",
    schemes=MappingProxyType(
        {
            "smtp+starttls": (Security.STARTTLS, 587),
            "smtps": (Security.TLS, 465),
            "smtp": (Security.NONE, 25),
        }
    ),
)
_IMAP = _Protocol(
    server="The mailbox's URL",
    form="imaps://USER:PASSWORD@HOST:PORT/INBOX, or imap+starttls://...",
    schemes=MappingProxyType(
        {
            "imaps": (Security.TLS, 993),
            "imap+starttls": (Security.STARTTLS, 143),
            "imap": (Security.NONE, 143),
        }
    ),
)


def parse(url: str, *, ca: Path | None = None, token_file: Path | None = None) -> SmtpAccess:
    """The access that a URL tells; `ConfigurationError` says what is wrong and never the password.

    User and password are percent-encoded where they hold other marks than letters and digits.
    """
    found = _read(url, _SMTP, token_file=token_file)
    if bool(found.user) != bool(found.secret):
        raise ConfigurationError(f"{_SMTP.server} needs user and password both: {_SMTP.form}.")
    return SmtpAccess(
        host=found.host,
        port=found.port,
        security=found.security,
        user=found.user,
        password=found.password,
        ca=ca,
        token_file=found.token_file,
    )


def parse_imap(url: str, *, ca: Path | None = None, token_file: Path | None = None) -> ImapAccess:
    """The same for where mail is read; a path names the folder, which is INBOX otherwise."""
    found = _read(url, _IMAP, token_file=token_file)
    if not (found.user and found.secret):
        raise ConfigurationError(f"{_IMAP.server} needs user and password both: {_IMAP.form}.")
    return ImapAccess(
        host=found.host,
        port=found.port,
        security=found.security,
        user=found.user,
        password=found.password,
        ca=ca,
        token_file=found.token_file,
        folder=found.path or INBOX,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    token_file: Path | None
    path: str

    @property
    def secret(self) -> str | Path | None:
        """What proves to the server who we are."""
        return self.password or self.token_file


def _read(url: str, protocol: _Protocol, *, token_file: Path | None) -> _Found:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        told = f"{protocol.server} cannot be read: write {protocol.form}."
        raise ConfigurationError(told) from error
    security, usual = _security(parts, protocol)
    if not parts.hostname:
        raise ConfigurationError(f"{protocol.server} names no host: write {protocol.form}.")
    found = _Found(
        host=parts.hostname,
        port=port or usual,
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        token_file=_token_file(parts, token_file),
        path=unquote(parts.path).strip("/"),
    )
    _refuse_clear(found, protocol, parts.scheme)
    return found


def _security(parts: SplitResult, protocol: _Protocol) -> tuple[Security, int]:
    found = protocol.schemes.get(parts.scheme.removesuffix(_TOKENED))
    if found is None:
        raise ConfigurationError(
            f"{parts.scheme or 'No scheme'!r} is no way to a mail server: {protocol.form}."
        )
    return found


def _token_file(parts: SplitResult, token_file: Path | None) -> Path | None:
    if not parts.scheme.endswith(_TOKENED):
        return None
    if token_file is None:
        raise ConfigurationError(
            f"{parts.scheme}:// needs CARREL_MAIL_TOKEN_FILE: the file in which the OAuth2 access "
            "token is kept fresh."
        )
    return token_file


def _refuse_clear(found: _Found, protocol: _Protocol, scheme: str) -> None:
    if not found.secret or found.security is not Security.NONE or found.host in _HERE:
        return
    safe = " or ".join(
        f"{name}://" for name, (kind, _) in protocol.schemes.items() if kind is not Security.NONE
    )
    raise ConfigurationError(
        f"{scheme}:// would send the password to {found.host} in the clear: write {safe}."
    )
