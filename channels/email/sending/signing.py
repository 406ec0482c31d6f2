"""Signs mails, so that whoever gets one can see that it was ours and is as it was (DKIM)."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from pathlib import Path

import dkim
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bot.errors import ConfigurationError

LEAST_BITS = 1024  # https://www.rfc-editor.org/rfc/rfc8301: shorter ones nobody believes
# Signed where they are there; the first ones once more, so that nobody can add another of them.
ALONE = ("from", "to", "subject", "date", "message-id", "reply-to", "content-type")
SIGNED = (
    *ALONE,
    "in-reply-to",
    "references",
    "mime-version",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A key of a domain, in the form that the library takes for its algorithm."""

    domain: str
    selector: str
    algorithm: str
    key: bytes = field(repr=False)

    def signed(self, mail: bytes) -> bytes:
        """The mail with its signature above it."""
        there = {name.lower() for name in BytesHeaderParser().parsebytes(mail)}
        signature = dkim.sign(
            mail,
            self.selector.encode(),
            self.domain.encode(),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            signature_algorithm=self.algorithm.encode(),
            include_headers=[
                *(name.encode() for name in SIGNED if name in there),
                *(name.encode() for name in ALONE),
            ],
        )
        return bytes(signature) + mail


def signer(path: Path | None, *, selector: str, domain: str) -> Signer | None:
    """What signs for the domain; None without a key.

    Raises `ConfigurationError` when the key cannot be used or its selector is not named.
    """
    if path is None and not selector:
        return None
    if path is None or not selector:
        raise ConfigurationError(
            "CARREL_MAIL_DKIM_KEY and CARREL_MAIL_DKIM_SELECTOR belong together: set both, or none."
        )
    if not (selector.isascii() and selector.replace(".", "").replace("-", "").isalnum()):
        raise ConfigurationError(
            f"CARREL_MAIL_DKIM_SELECTOR {selector!r} is no selector: write the part before "
            f"._domainkey.{domain} in the name of the DNS record."
        )
    algorithm, key = _key(path)
    return Signer(domain=domain, selector=selector, algorithm=algorithm, key=key)


def _key(path: Path) -> tuple[str, bytes]:
    """The algorithm, and the key as the library reads it."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unusable(path) from error
    match key:
        case RSAPrivateKey() if key.key_size >= LEAST_BITS:
            return "rsa-sha256", key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
        case Ed25519PrivateKey():
            return "ed25519-sha256", base64.b64encode(key.private_bytes_raw())
        case _:
            raise _unusable(path)


def _unusable(path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"CARREL_MAIL_DKIM_KEY: {path} holds no key to sign with: name a PEM file that Carrel may "
        f"read, with an RSA key of {LEAST_BITS} bits or more or an Ed25519 key, and no password."
    )
