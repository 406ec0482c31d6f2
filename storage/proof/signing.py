"""Signatures that anyone with the public key can check, without us and without a network."""

from __future__ import annotations

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from bot.errors import ConfigurationError

_PURPOSE = b"carrel receipt signature 1\0"  # the same secret used for anything else gives no key
_SHORTEST = 16


class Ed25519Signer:
    """Signs with a key made from a secret; the same secret gives the same key always."""

    def __init__(self, secret: str) -> None:
        if len(secret) < _SHORTEST:
            raise ConfigurationError(
                f"CARREL_SECRET has {len(secret)} characters and needs at least {_SHORTEST}: "
                "take a long random one, or leave it unset and one is made."
            )
        seed = hashlib.sha256(_PURPOSE + secret.encode("utf-8", "surrogatepass")).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = _encode(self._key.public_key().public_bytes_raw())

    def sign(self, payload: bytes) -> str:
        """The signature, base64url without padding."""
        return _encode(self._key.sign(payload))


def verify(public_key: str, payload: bytes, signature: str) -> bool:
    """Whether the signature of the payload was made with that key; garbage is simply false."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_decode(public_key))
        key.verify(_decode(signature), payload)
    except (InvalidSignature, ValueError):
        return False
    return True


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encode(value) != text:
        raise ValueError("This is not base64url without padding.")
    return value
