"""Mails to judge: the corpus of bounces, and small ones written in place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from channels.email.kinds.judge import judge
from channels.email.kinds.kind import Judged
from channels.email.mail import Mail
from channels.email.own_ids import Own
from channels.email.reading.mail import read
from tests.glass import seal
from tests.tags import returned

OWN = Own(address="carrel@example.org", ids="example.org", seal=seal)
SENT = "9f2c4be1a07d5e3386b1c40d7a9e55f20c81d34a@example.org"  # a Message-ID of Carrel's
BOUNCES = Path(__file__).parent / "data" / "bounces"


def bounce(name: str) -> Mail:
    """One of the corpus, by the system that it imitates."""
    raw = (BOUNCES / f"{name}.eml").read_bytes()
    return read(raw.replace(f"b-{SENT[:20]}".encode(), returned(SENT).encode()))


def written(
    subject: str = "My portfolio",
    text: str = "Hello, here is my question.",
    *,
    sender: str = "Ada <ada@example.net>",
    headers: Mapping[str, str] | None = None,
    content_type: str = "text/plain; charset=utf-8",
) -> Mail:
    """A mail to Carrel as a person's program writes it, with headers of the test's own."""
    lines = {
        "From": sender,
        "To": "carrel@example.org",
        "Subject": subject,
        "Message-ID": "<one@example.net>",
        "Content-Type": content_type,
        "Content-Transfer-Encoding": "8bit",
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return read(f"{head}\r\n{text}\r\n".encode())


def judged(mail: Mail) -> Judged:
    """What the mail is to the Carrel of these tests."""
    return judge(mail, OWN)
