"""The key of a signature, as its domain publishes it (RFC 6376 section 3.6, RFC 8463)."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from channels.email.proof.signature import Signature, Unfit, decoded, tags_of

SHORTEST, LONGEST = 1024, 8192  # bits of RSA; longer ones only cost time


def key_of(records: tuple[bytes, ...], signature: Signature) -> RSAPublicKey | Ed25519PublicKey:
    """The key that these records give for a signature; raises `Unfit` when there is none to trust.

    A key under test (`t=y`) is none: its domain says that its signatures shall not count.
    """
    written = [tags for tags in map(_tags, records) if "p" in tags]
    if len(written) != 1:
        raise Unfit("its key is not to be found")
    (tags,) = written
    flags = tags.get("t", "").replace(" ", "").split(":")
    if not _is_for(tags, signature.key):
        raise Unfit("its key is for something else")
    if "y" in flags:
        raise Unfit("its key is under test")
    if "s" in flags and signature.user != signature.domain:
        raise Unfit("its key is not for subdomains")
    return _loaded(decoded("".join(tags.get("p", "").split())), signature.key)


def must_have_signed(key: RSAPublicKey | Ed25519PublicKey, value: bytes, signed: bytes) -> None:
    """Raises `Unfit` unless this key made this value for these bytes."""
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(value, signed, PKCS1v15(), SHA256())
        else:
            key.verify(value, hashlib.sha256(signed).digest())
    except InvalidSignature as error:
        raise Unfit("its signature does not fit") from error


def _tags(record: bytes) -> dict[str, str]:
    """The tags of a record; none when it is something else that stands at the same name."""
    try:
        return tags_of(record.decode("latin-1"))
    except Unfit:
        return {}


def _is_for(tags: dict[str, str], kind: str) -> bool:
    """Whether a record is of this kind of key, for mail and for SHA-256."""
    hashes, services = (
        tags.get(name, missing).lower().replace(" ", "").split(":")
        for name, missing in (("h", "sha256"), ("s", "*"))
    )
    return (
        tags.get("v", "DKIM1") == "DKIM1"
        and tags.get("k", "rsa").lower() == kind
        and "sha256" in hashes
        and bool({"*", "email"} & set(services))
    )


def _loaded(written: bytes, kind: str) -> RSAPublicKey | Ed25519PublicKey:
    try:
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(written)
        key = load_der_public_key(written)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Unfit("its key is revoked or garbage") from error
    if not isinstance(key, RSAPublicKey):
        raise Unfit("its key is of another kind")
    if not SHORTEST <= key.key_size <= LONGEST:
        raise Unfit("its key is too short or too long")
    return key
