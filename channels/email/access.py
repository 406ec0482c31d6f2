"""Where mail is handed in: what one URL in the settings tells."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from bot.errors import ConfigurationError
from channels.certificates import certificates

_HERE = {"localhost", "127.0.0.1", "::1"}
_FORM = "smtp+starttls://USER:PASSWORD@HOST:PORT, or smtps://... or, without a password, smtp://..."


class Security(Enum):
    """How a connection is kept from eyes on the way: the URL's scheme and the usual port."""

    STARTTLS = ("smtp+starttls", 587)  # it begins in the clear, and goes no further without TLS
    TLS = ("smtps", 465)
    NONE = ("smtp", 25)

    @property
    def port(self) -> int:
        """The port where such servers listen."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccess:
    """A mail server. `ca` is a file of certificates to trust in place of the system's."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None

    def trusted(self) -> ssl.SSLContext | None:
        """What certificates are held against; None where there are none.

        Raises `ConfigurationError` when the file of certificates cannot be used.
        """
        return None if self.security is Security.NONE else certificates(self.ca)


def parse(url: str, *, ca: Path | None = None) -> SmtpAccess:
    """The access that a URL tells; `ConfigurationError` says what is wrong and never the password.

    User and password are percent-encoded where they hold other marks than letters and digits.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ConfigurationError(f"The mail server's URL cannot be read: write {_FORM}.") from error
    security = _security(parts)
    if not parts.hostname:
        raise ConfigurationError(f"The mail server's URL names no host: write {_FORM}.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ConfigurationError(f"The mail server's URL needs user and password both: {_FORM}.")
    if password and security is Security.NONE and parts.hostname not in _HERE:
        raise ConfigurationError(
            f"smtp:// would send the password to {parts.hostname} in the clear: write "
            "smtp+starttls:// or smtps://."
        )
    return SmtpAccess(
        host=parts.hostname,
        port=port or security.port,
        security=security,
        user=user,
        password=password,
        ca=ca,
    )


def _security(parts: SplitResult) -> Security:
    for security in Security:
        if security.value[0] == parts.scheme:
            return security
    raise ConfigurationError(
        f"{parts.scheme or 'No scheme'!r} is no way to a mail server: {_FORM}."
    )
