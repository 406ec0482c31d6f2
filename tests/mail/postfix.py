"""A real relay: Postfix on free ports of loopback, between the world, Carrel and the mailbox."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.mail import programs
from tests.mail.confs import postfix_main, postfix_master
from tests.mail.dovecot import BOT, CODED, Dovecot

LARGEST = 60_000_000  # bytes of a mail that it takes
_OWN = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming")
_QUEUES = (*_OWN, "private", "saved", "trace")


class Postfix:
    """Mail for `mail.test` goes into Dovecot's mailboxes, all other to `relay_port` of loopback.

    On its port `smtp` everybody may hand mail in, as other servers do; on `submission` those who
    have an account, with STARTTLS. Needs root.
    """

    def __init__(self, folder: Path, dovecot: Dovecot, relay_port: int) -> None:
        """It does not run before `start`. `folder` is as for Dovecot, and another than its."""
        programs.as_root()
        self.smtp, self.submission = programs.free_ports(2)
        self.ca = dovecot.ca
        self.log = folder / "postfix.log"
        self._master = programs.program("master")
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._write(dovecot, relay_port)

    # --- its life

    def start(self) -> Self:
        """Runs it; returns once it can be reached."""
        self._process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [self._master, "-c", self._folder / "etc", "-d"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for port in (self.smtp, self.submission):
            programs.wait_for(port, self._process, self.log)
        return self

    def stop(self) -> None:
        """Ends it in good order; harmless twice."""
        self._end(signal.SIGTERM)

    def kill9(self) -> None:
        """Kills it and all its processes at once."""
        self._end(signal.SIGKILL)
        for port in (self.smtp, self.submission):
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

    def waiting(self) -> int:
        """How many mails it took and has not handed on yet."""
        kept = ("maildrop", "incoming", "active", "deferred")
        files = (path for name in kept for path in (self._folder / "queue" / name).rglob("*"))
        return sum(map(_is_taken, files))

    def url(self, *, user: str = BOT) -> str:
        """What `CARREL_SMTP_URL` says for somebody's account."""
        login = f"{user.replace('@', '%40')}:{CODED}"
        return f"smtp+starttls://{login}@127.0.0.1:{self.submission}"

    # --- inside

    def _write(self, dovecot: Dovecot, relay_port: int) -> None:
        ports = {
            "smtp": self.smtp,
            "submission": self.submission,
            "lmtp": dovecot.lmtp,
            "auth": dovecot.auth,
            "relay": relay_port,
        }
        etc = self._folder / "etc"
        etc.mkdir()
        settings = postfix_main(self._folder, ports=ports, largest=LARGEST)
        services = postfix_master(ports=ports, tls=dovecot.authority)
        # Its programs wait until what they read is two seconds old.
        old = time.time() - 60
        for name, text in (("main.cf", settings), ("master.cf", services)):
            (etc / name).write_text(text)
            os.utime(etc / name, (old, old))
        self._make_queues()

    def _make_queues(self) -> None:
        """The tree which its own tool would make in two seconds."""
        queue = self._folder / "queue"
        for name in (*_QUEUES, "maildrop", "public", "pid"):
            (queue / name).mkdir(parents=True)
        for name in _QUEUES:
            shutil.chown(queue / name, "postfix")
            (queue / name).chmod(0o700)
        for name, mode in (("maildrop", 0o730), ("public", 0o710)):
            shutil.chown(queue / name, "postfix", "postdrop")
            (queue / name).chmod(mode)
        (self._folder / "data").mkdir()
        shutil.chown(self._folder / "data", "postfix")

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


def _is_taken(path: Path) -> bool:
    """Whether it is a mail: one that was not whole when the server was killed stays a mere file."""
    with suppress(FileNotFoundError):
        found = path.stat()
        return stat.S_ISREG(found.st_mode) and bool(found.st_mode & stat.S_IXUSR)
    return False
