"""The mail programs that tests start: found, or said what to install."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.watch import Watch

# Where Debian keeps what is no command for people.
_PLACES = ("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/lib/postfix/sbin")
_PACKAGES = {
    "dovecot": "dovecot-imapd dovecot-lmtpd",
    "doveadm": "dovecot-imapd dovecot-lmtpd",
    "master": "postfix",
    "swaks": "swaks libnet-ssleay-perl",
    "getmail": "getmail6",
}
_POST = "mail"  # the mail server's processes refuse to be root; this user is on every machine


def found(name: str) -> str | None:
    """Where a program is; None where there is none."""
    return shutil.which(name, path=os.pathsep.join((os.environ["PATH"], *_PLACES)))


def program(name: str) -> str:
    """Where a program is; the test is skipped when there is none, and fails in CI."""
    return found(name) or _missing(wanted(name))


def wanted(name: str) -> str:
    """What to do when a program is not there."""
    return f"{name} is not here: apt install {_PACKAGES[name]}"


def as_root() -> None:
    """Skips the test when we are not root, and fails it in CI."""
    if os.geteuid():
        _missing("Postfix only starts as root: run this test as root")


def _missing(told: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


def not_root() -> dict[str, Any]:
    """As whom a server runs that refuses to be root: words for `Popen`."""
    if os.geteuid():
        return {}
    post = pwd.getpwnam(_POST)
    return {"user": post.pw_uid, "group": post.pw_gid, "extra_groups": []}


def owner() -> tuple[str, str]:
    """The names of that user and its group."""
    post = pwd.getpwnam(_POST) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return post.pw_name, grp.getgrgid(post.pw_gid).gr_name


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder that servers may enter, with a path short enough for sockets; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="carrel-mail-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of loopback that nobody listens at."""
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = tuple(one.getsockname()[1] for one in listening)
    for one in listening:
        one.close()
    return ports


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns once something listens there; fails with the log when the server ended."""

    def listens() -> bool:
        assert process.poll() is None, f"the server ended: {_told(log)}"
        return _listens(port)

    Watch(lambda: _told(log)).wait(listens)


def wait_until_nobody(port: int) -> None:
    """Returns once nothing listens there: of many processes that are killed one may be late."""
    Watch().wait(lambda: not _listens(port))


def _listens(port: int) -> bool:
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)):
        return True
    return False


def _told(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else "nothing was logged"
