"""An authority of our own for certificates, as a small organization has one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


class Authority:
    """Signs the certificate of one server; `ca` is by what others trust it."""

    def __init__(self, folder: Path, *, host: str = "mail.test") -> None:
        """The server is `host`, `localhost` and 127.0.0.1."""
        folder.mkdir(parents=True, exist_ok=True)
        self.ca, self.certificate, self.key = (
            folder / name for name in ("ca.pem", "server.pem", "server.key")
        )
        top, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = _signed("Carrel tests", top, by=top, names=())
        made = _signed(host, own, by=top, names=(host, "localhost"))
        self.ca.write_bytes(root.public_bytes(serialization.Encoding.PEM))
        self.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        self.key.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    *,
    by: ec.EllipticCurvePrivateKey,
    names: tuple[str, ...],
) -> x509.Certificate:
    """A server's certificate for these names; without any, the authority's own."""
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called("Carrel tests"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if names:
        here = x509.IPAddress(ip_address("127.0.0.1"))
        known = x509.SubjectAlternativeName([*map(x509.DNSName, names), here])
        serves = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(known, critical=False).add_extension(serves, critical=False)
    return builder.sign(by, hashes.SHA256())


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
