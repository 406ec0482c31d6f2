"""Mail from a program that is none of ours: swaks."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.mail import programs
from tests.mail.dovecot import BOT, PASSWORD

USUAL = "someone@example.org"


def swaks(
    port: int,
    *files: Path,
    to: str = BOT,
    sender: str = USUAL,
    subject: str = "A test",
    body: str = "hello",
    headers: Mapping[str, str] | None = None,
    protocol: str = "ESMTP",
    user: str = "",
    ca: Path | None = None,
) -> None:
    """Hands one mail in at a port of loopback; fails with the conversation when it is not taken.

    With a `user` it uses STARTTLS, holds the certificate against `ca` and logs in.
    """
    words = [
        "--server",
        f"127.0.0.1:{port}",
        "--protocol",
        protocol,
        "--helo",
        "sender.example.org",
    ]
    words += ["--to", to, "--from", sender, "--h-Subject", subject, "--body", body]
    for name, value in (headers or {}).items():
        words += ["--header", f"{name}: {value}"]
    for file in files:
        words += ["--attach-name", file.name, "--attach", f"@{file}"]
    if user:
        words += ["--tls", "--auth", "PLAIN", "--auth-user", user, "--auth-password", PASSWORD]
        words += ["--tls-verify", "--tls-ca-path", str(ca)] if ca else []
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [programs.program("swaks"), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"swaks was refused:\n{done.stdout}{done.stderr}"
