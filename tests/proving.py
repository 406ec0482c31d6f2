"""Mails signed for tests by another implementation than ours, and the keys that prove them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import parse_pem_private_key
from nacl.encoding import Base64Encoder
from nacl.signing import SigningKey

from channels.email.mail import Mail
from channels.email.own_ids import Own
from channels.email.proof.judge import proof_of
from channels.email.proof.names import NoAnswer
from channels.email.proof.proof import Proof
from channels.email.reading.mail import read

US = "submit@bot.test"
OWN = Own(address=US, ids="bot.test")
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
COVERED = (b"from", b"to", b"subject", b"date", b"message-id")
MAIL = (
    b"From: Ada Lovelace <ada@uni.example>\r\n"
    b"To: Carrel <submit@bot.test>\r\n"
    b"Subject: My report\r\n"
    b"Date: Mon, 02 Mar 2026 09:30:00 +0000\r\n"
    b"Message-ID: <1@uni.example>\r\n"
    b"\r\n"
    b"Here  is my report. \r\n\r\nAda\r\n\r\n\r\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key pair of a domain: what signs, and the record that its domain publishes."""

    algorithm: bytes
    private: bytes
    record: str


@cache
def rsa(bits: int = 2048) -> Key:
    """A key as most domains have one."""
    return _rsa(generate_private_key(public_exponent=65537, key_size=bits))


@cache
def ed25519() -> Key:
    """A key as few domains have one."""
    made = Ed25519PrivateKey.generate()
    raw = (serialization.Encoding.Raw, serialization.PrivateFormat.Raw)
    private = made.private_bytes(*raw, serialization.NoEncryption())
    public = base64.b64encode(made.public_key().public_bytes_raw()).decode()
    return Key(
        algorithm=b"ed25519-sha256",
        private=base64.b64encode(private),
        record=f"v=DKIM1; k=ed25519; p={public}",
    )


@cache
def short() -> Key:
    """A key of 768 bits, which can be broken and which libraries no longer make."""
    one, other = _prime(3 * 2**382), _prime(7 * 2**381)
    secret = pow(65537, -1, (one - 1) * (other - 1))
    numbers = [0, one * other, 65537, secret, one, other]
    numbers += [secret % (one - 1), secret % (other - 1), pow(other, -1, one)]
    private, public = (
        base64.b64encode(_der(0x30, b"".join(map(_integer, chosen))))
        for chosen in (numbers, numbers[1:3])
    )
    pem = b"-----\n" + private + b"\n-----"
    return Key(algorithm=b"rsa-sha256", private=pem, record=f"v=DKIM1; p={public.decode()}")


def _integer(number: int) -> bytes:
    return _der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


def _prime(start: int) -> int:
    """The next number that is surely enough a prime."""
    return next(n for n in range(start + 1, 2 * start, 2) if pow(3, n - 1, n) == 1)


def _rsa(made: RSAPrivateKey) -> Key:
    encoding = serialization.Encoding
    public = made.public_key().public_bytes(
        encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = made.private_bytes(
        encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    return Key(algorithm=b"rsa-sha256", private=private, record=record)


def signed(
    mail: bytes = MAIL,
    *,
    key: Key | None = None,
    domain: bytes = b"uni.example",
    covered: tuple[bytes, ...] = COVERED,
    manner: bytes = b"relaxed/relaxed",
    more: tuple[tuple[bytes, bytes], ...] = (),
) -> bytes:
    """A mail with a signature above it by the selector `one`; `more` are further tags."""
    key = key or rsa()
    made = dkim.DKIM(mail, signature_algorithm=key.algorithm)
    made.hasher = hashlib.sha256
    policy = CanonicalizationPolicy.from_c_value(manner)
    body = policy.canonicalize_body(made.body)
    length = int(dict(more).get(b"l", len(body)))
    fields = [
        (b"v", b"1"),
        (b"a", key.algorithm),
        (b"c", manner),
        (b"d", domain),
        (b"s", b"one"),
        *more,
        (b"h", b":".join(covered)),
        (b"bh", base64.b64encode(hashlib.sha256(body[:length]).digest())),
        (b"b", b"0" * 60),
    ]
    ours = (
        SigningKey(key.private, encoder=Base64Encoder)
        if key.algorithm.startswith(b"ed25519")
        else parse_pem_private_key(key.private)
    )
    value = made.gen_header(fields, covered, policy, b"DKIM-Signature", ours)
    return b"DKIM-Signature: " + bytes(value) + mail


def published(**keys: Key) -> dict[str, str]:
    """The records of keys by domain, each with `_` for its dots."""
    return {f"one._domainkey.{name.replace('_', '.')}": key.record for name, key in keys.items()}


class KnownNames:
    """Names as a test has them; it counts what is asked."""

    def __init__(self, records: Mapping[str, str]) -> None:
        self.records = dict(records)
        self.asked: list[str] = []

    def fresh(self) -> None:
        """Nothing to begin."""

    def proved(self) -> None:
        """Nothing to remember."""

    def txt(self, name: str) -> tuple[bytes, ...]:
        """What the test said, or a failure where it said `down`."""
        self.asked.append(name)
        record = self.records.get(name, self.records.get("*", ""))
        if record == "down":
            raise NoAnswer(name)
        return (record.encode("latin-1"),) if record else ()


def proof(
    raw: bytes,
    records: Mapping[str, str] | None = None,
    *,
    server: str = "",
    mail: Mail | None = None,
    now: datetime = NOW,
) -> Proof:
    """What Carrel finds of a mail; without records its sender's domain has published its key."""
    names = KnownNames(published(uni_example=rsa()) if records is None else records)
    return proof_of(raw, mail or read(raw), server=server, names=names, own=OWN, now=now)
