"""A real mailbox server: Dovecot on free ports of loopback, with a folder of its own."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import smtplib
import subprocess
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.mail import programs
from tests.mail.authority import Authority
from tests.mail.confs import dovecot_conf, oauth2_conf
from tests.mail.taken import Taken
from tests.mail.tokens import write_keys
from tests.watch import DEADLINE, Watch

T = TypeVar("T")
BOT, PASSWORD = "bot@mail.test", "p@ss:w/rd"
CODED = "p%40ss%3Aw%2Frd"  # the password as a URL has it


class Dovecot:
    """Serves everybody at `mail.test`: who is not there yet comes to be there with the first mail.

    All have the same password. What is behind a `+` in an address does not matter to whom a mail
    goes. `folder` has to be one that other users may enter, such as `programs.short_folder`.
    """

    def __init__(self, folder: Path) -> None:
        """It does not run before `start`."""
        self.imap, self.imaps, self.lmtp, self.auth = ports = programs.free_ports(4)
        self.authority = Authority(folder / "tls")
        self.ca = self.authority.ca
        self.log = folder / "dovecot.log"
        self._program, self._doveadm = programs.program("dovecot"), programs.program("doveadm")
        self._folder = folder
        self._owner = programs.owner()
        self._conf = folder / "dovecot.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._watch = Watch(lambda: self.log.read_text(errors="replace")[-1000:])
        self._write(dict(zip(("imap", "imaps", "lmtp", "auth"), ports, strict=True)))

    # --- its life

    def start(self) -> Self:
        """Runs it; returns once it can be reached."""
        self._process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [self._program, "-F", "-c", self._conf],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **programs.not_root(),
        )
        for port in (self.imap, self.imaps, self.lmtp):
            programs.wait_for(port, self._process, self.log)
        return self

    def stop(self) -> None:
        """Ends it in good order, which takes it a second; harmless twice."""
        self._end(signal.SIGTERM)

    def kill9(self) -> None:
        """Kills it and all its processes at once."""
        self._end(signal.SIGKILL)
        for port in (self.imap, self.imaps, self.lmtp):
            programs.wait_until_nobody(port)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill9()

    def add(self, line: str) -> None:
        """One more line of its settings, for the next start."""
        with self._conf.open("a") as conf:
            conf.write(f"{line}\n")

    # --- where it is

    def url(self, *, scheme: str = "imaps", user: str = BOT, password: str = CODED) -> str:
        """What `CARREL_IMAP_URL` says for somebody's INBOX."""
        port = self.imaps if scheme.startswith("imaps") else self.imap
        login = f"{user.replace('@', '%40')}:{password}" if password else user.replace("@", "%40")
        return f"{scheme}://{login}@127.0.0.1:{port}/INBOX"

    def doveadm(self, *words: str) -> str:
        """What the server's own tool says to these words."""
        done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603 - our own words
            [self._doveadm, "-c", self._conf, *words],
            capture_output=True,
            text=True,
            check=False,
            **programs.not_root(),
        )
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(words)} failed: {done.stderr}")
        return done.stdout

    # --- mail

    def deliver(self, raw: bytes, to: str = BOT, *, sender: str = "someone@example.org") -> None:
        """Hands a mail over as the server before it would; it adds its own trace headers."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as door:
            door.sendmail(sender, [to], raw)

    def put(
        self,
        mails: Iterable[bytes],
        to: str = BOT,
        *,
        folder: str = "INBOX",
        at: datetime | None = None,
    ) -> None:
        """Lays many mails into a folder at once, as they are and behind the server's back.

        They were got at that instant, or now.
        """
        box = self.maildir(to, folder)
        for name in ("tmp", "new", "cur"):
            self._own(box / name)
        for raw in mails:
            path = box / "tmp" / f"{1_700_000_000 + next(self._numbers)}.M1P1.mail.test"
            path.write_bytes(raw)
            self._give(path)
            if at is not None:  # the server takes the file's time for it
                os.utime(path, (at.timestamp(), at.timestamp()))
            path.rename(box / "new" / path.name)

    def taken(self, user: str = BOT, folder: str = "INBOX") -> list[Taken]:
        """What lies in somebody's folder, with its flags, the oldest first."""
        return Taken.all_of(self.maildir(user, folder))

    def messages(self, user: str = BOT, folder: str = "INBOX") -> list[bytes]:
        """What lies in somebody's folder, the oldest first."""
        return [one.raw for one in self.taken(user, folder)]

    def count(self, user: str = BOT, folder: str = "INBOX") -> int:
        """How many mails lie there."""
        return Taken.count(self.maildir(user, folder))

    def wait(self, condition: Callable[[], T], *, seconds: float = DEADLINE) -> T:
        """What the condition gives once it is true."""
        return self._watch.wait(condition, seconds=seconds)

    def maildir(self, user: str = BOT, folder: str = "INBOX") -> Path:
        """Where somebody's folder is on the disk, whether or not it is there."""
        home = self._folder / "mail" / user / "Maildir"
        return home if folder == "INBOX" else home / f".{folder}"

    # --- inside

    def _write(self, ports: Mapping[str, int]) -> None:
        for name in ("run", "state", "mail"):
            self._own(self._folder / name)
        self.authority.key.chmod(0o644)
        self._conf.write_text(
            dovecot_conf(
                self._folder,
                owner=self._owner,
                password=PASSWORD,
                ports=ports,
                tls=self.authority,
            )
        )
        (self._folder / "oauth2.conf").write_text(oauth2_conf(self._folder))
        write_keys(self._folder / "keys")
        self.log.touch()
        self.log.chmod(0o666)

    def _own(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        for one in (path, *path.parents):
            if self._folder in one.parents:
                self._give(one)

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, *self._owner)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            if how is signal.SIGKILL:
                os.killpg(process.pid, how)
            else:
                process.send_signal(how)
        process.wait()
