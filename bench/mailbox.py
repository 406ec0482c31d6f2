"""A mailbox full of mail on a real server, and those who empty it beside Carrel."""

from __future__ import annotations

import os
import random
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from imapclient import IMAPClient

from tests.mail import programs
from tests.mail.dovecot import PASSWORD, Dovecot
from tests.mail.letters import handed_on

AT_ONCE = 50  # mails that the bare loop asks for in one go
_ATTACHED_EVERY = 4  # one mail in so many has a file
_FILE_BYTES = 20_000
_GETMAIL = """
[retriever]
type = SimpleIMAPSSLRetriever
server = 127.0.0.1
port = {port}
username = {user}
password = {password}
ca_certs = {ca}
mailboxes = ("INBOX",)

[destination]
type = Maildir
path = {maildir}/

[options]
read_all = true
delete = false
verbose = 0
"""


def mails(count: int) -> Iterator[bytes]:
    """So many mails of forty people, each with a few hundred words; some with a small file."""
    chance = random.Random(7)  # noqa: S311 - words to fill mails with, no secret
    for number in range(count):
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f"person{number % 40}@example.org"
        mail["To"] = "bot@mail.test"
        mail["Subject"] = f"A question, number {number}"
        mail["Date"] = "Tue, 06 Jan 2026 12:00:00 +0000"
        mail["Message-ID"] = f"<{number}@example.org>"
        words = " ".join(f"word{chance.randrange(10_000)}" for _ in range(200))
        mail.set_content(f"How long do I have for set {number}?\n\n{words}")
        if number % _ATTACHED_EVERY == 0:
            data = chance.randbytes(_FILE_BYTES)
            name = f"file{number}.bin"
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        yield handed_on(mail)


def fetched(server: Dovecot, user: str, into: Path, *, syncs: float) -> float:
    """Seconds to fetch all with IMAPClient and to store each with so many waits for the disk."""
    into.mkdir()
    owed = 0.0
    folder = os.open(into, os.O_RDONLY)
    started = time.perf_counter()
    trusted = ssl.create_default_context(cafile=str(server.ca))
    with IMAPClient("127.0.0.1", server.imaps, ssl_context=trusted) as client:
        client.login(user, PASSWORD)
        client.select_folder("INBOX")
        numbers = client.search()
        for at in range(0, len(numbers), AT_ONCE):
            found = client.fetch(numbers[at : at + AT_ONCE], ["BODY.PEEK[]"])
            for number, parts in found.items():
                _store(into / str(number), parts[b"BODY[]"])
                owed += syncs - 1
                while owed >= 1:
                    os.fsync(folder)
                    owed -= 1
    took = time.perf_counter() - started
    os.close(folder)
    return took


def got(server: Dovecot, user: str) -> float:
    """Seconds for getmail to bring all into a Maildir."""
    with programs.short_folder() as folder:
        maildir = folder / "Maildir"
        for part in ("cur", "new", "tmp"):
            (maildir / part).mkdir(parents=True)
        known = {"port": server.imaps, "user": user, "password": PASSWORD, "ca": server.ca}
        told = _GETMAIL.format(maildir=maildir, **known)
        (folder / "getmailrc").write_text(told)
        for path in (folder, *folder.rglob("*")):  # it refuses to be root
            shutil.chown(path, *programs.owner())
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own words, no shell
            [programs.program("getmail"), "--getmaildir", str(folder), "--quiet"],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **programs.not_root(),
        )
        took = time.perf_counter() - started
        if (count := len(list((maildir / "new").iterdir()))) != server.count(user):
            raise RuntimeError(f"getmail brought {count} mails, not {server.count(user)}")
        return took


def _store(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
