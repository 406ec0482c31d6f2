"""Mails as people's programs write them, and as the receiving server hands them on."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from tests.clock import NOON
from tests.mail.dovecot import BOT

SERVER = "mail.test"  # the authserv-id of the server that receives Carrel's mail


def letter(
    sender: str,
    text: str,
    *files: Path,
    to: str = BOT,
    subject: str = "",
    answers: EmailMessage | None = None,
    quoting: bool = True,
    at: datetime = NOON,
    headers: Mapping[str, str] | None = None,
    html: str = "",
) -> EmailMessage:
    """A new mail, or one that `answers` another: then that stands quoted below its words."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = to if answers is None else answers.get("Reply-To", answers["From"])
    mail["Subject"] = subject or (f"Re: {answers['Subject']}" if answers else "")
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    if answers:
        mail["In-Reply-To"] = answers["Message-ID"]
        mail["References"] = f"{answers.get('References', '')} {answers['Message-ID']}".strip()
    for name, value in (headers or {}).items():
        mail[name] = value
    body = f"{text}\n\n{quoted(answers)}" if answers and quoting else text
    mail.set_content(body, cte="quoted-printable")
    if html:
        mail.add_alternative(html, subtype="html")
    for file in files:
        _attach(mail, file)
    return mail


def quoted(mail: EmailMessage) -> str:
    """What a program puts below the words of an answer."""
    lines = words_of(mail).rstrip("\n").split("\n")
    name = str(mail["From"])
    head = f"On Tue, 6 Jan 2026 at 12:00, {name} wrote:"
    return "\n".join((head, "", *(f"> {line}".rstrip() for line in lines)))


def words_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part else ""


def handed_on(mail: EmailMessage | bytes, *, proved: bool = True, server: str = SERVER) -> bytes:
    """The mail as the receiving server hands it on, with what that found of who sent it."""
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    domain = _domain(raw)
    result = "pass" if proved else "none"
    return (
        f"Authentication-Results: {server}; dmarc={result} header.from={domain};\r\n"
        f" spf={result} smtp.mailfrom={domain}\r\n"
        f"Received: from out.{domain} (out.{domain} [192.0.2.1])\r\n"
        f" by {server} with ESMTPS id 1; Tue, 6 Jan 2026 12:00:00 +0000\r\n"
    ).encode() + raw


def _domain(raw: bytes) -> str:
    found = next((one for one in raw.splitlines() if one.lower().startswith(b"from:")), b"")
    return found.decode(errors="replace").rpartition("@")[2].rstrip("> ")


def _attach(mail: EmailMessage, file: Path) -> None:
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    main, _, sub = guessed.partition("/")
    if main in {"multipart", "message"}:
        main, sub = "application", "octet-stream"
    mail.add_attachment(file.read_bytes(), maintype=main, subtype=sub, filename=file.name)
