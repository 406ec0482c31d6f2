"""A throwaway PostgreSQL server: its own folder, a socket nobody else can reach, no port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OTHER = "nobody"
# Nothing has to survive the tests, so nothing waits for the disk.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "50",
}


def programs() -> Path | None:
    """The folder of the newest server's programs, or None when this machine has no server."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


@contextmanager
def server(folder_of_programs: Path) -> Iterator[str]:
    """The address of a running server, stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="carrel-pg-"))
    try:
        if _is_root():  # the server refuses to run as root
            shutil.chown(folder, _OTHER)
        _run(folder, folder_of_programs / "initdb", *_made(folder))
        _run(folder, folder_of_programs / "pg_ctl", *_started(folder))
        try:
            yield f"postgresql://app@/postgres?host={folder}"
        finally:
            _run(folder, folder_of_programs / "pg_ctl", *_of(folder), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_root() -> bool:
    return os.geteuid() == 0


def _of(folder: Path) -> tuple[str, ...]:
    return ("-D", str(folder / "data"), "-w", "-s")


def _made(folder: Path) -> tuple[str, ...]:
    known = ("-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C")
    return ("-D", str(folder / "data"), *known, "--no-sync", "--no-instructions")


def _started(folder: Path) -> tuple[str, ...]:
    settings = _SETTINGS | {"unix_socket_directories": str(folder)}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    return (*_of(folder), "-l", str(folder / "log"), "-o", options, "start")


def _run(folder: Path, program: Path, *words: str) -> None:
    """Runs a program of the server as a user it accepts; its own words when it fails."""
    other = pwd.getpwnam(_OTHER) if _is_root() else None
    # The server outlives its starter and would keep a pipe open, so words go into a file.
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(  # noqa: S603 - our own words, no shell
            [program, *words],
            cwd=folder,
            user=other.pw_uid if other else None,
            group=other.pw_gid if other else None,
            extra_groups=[] if other else None,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            check=False,
        )
        told.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program.name} failed: {told.read().decode(errors='replace')}")
