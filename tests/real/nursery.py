"""Starts Carrels on a spool, listens to them, and kills them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_START_SECONDS = 60.0


class Nursery:
    """What the Carrels told, by process; `heard` holds their words in order."""

    def __init__(self, orders: IO[bytes], told: IO[bytes]) -> None:
        self._orders = orders
        self._told = told.fileno()
        self._rest = b""
        self.heard: dict[int, list[str]] = defaultdict(list)

    def start(self, folder: Path, *, last: int = 0) -> int:
        """The process that serves the folder from now on, until its last word when that is set."""
        before = set(self.heard)
        self._orders.write(f"{folder}\t{last}\n".encode())
        self._orders.flush()
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            born = [pid for pid in set(self.heard) - before if "born" in self.heard[pid]]
            if born:
                return born[0]
            self._hear(deadline)
        raise TimeoutError("no Carrel was started")

    def kill(self, pid: int) -> None:
        """SIGKILL; returns when the process is gone."""
        if not self.ended(pid):
            os.kill(pid, signal.SIGKILL)
        assert self.wait(pid, seconds=10) == -signal.SIGKILL

    def wait(self, pid: int, *, seconds: float) -> int | None:
        """The code a process ended with; None when it still runs after that time."""
        deadline = time.monotonic() + seconds
        while not self.ended(pid):
            if not self._hear(deadline):
                return None
        return int(self.heard[pid][-1].split()[1])

    def ended(self, pid: int) -> bool:
        """Whether the process is gone."""
        return self.heard[pid][-1:] != [] and self.heard[pid][-1].startswith("ended")

    def living(self) -> Iterator[int]:
        """Every process that is not gone."""
        yield from (pid for pid in list(self.heard) if not self.ended(pid))

    def _hear(self, deadline: float) -> bool:
        """Reads what was told meanwhile; false when nothing was before the deadline."""
        left = max(0.0, deadline - time.monotonic())
        if not select.select([self._told], [], [], left)[0]:
            return False
        chunk = os.read(self._told, 65536)
        if not chunk:
            raise EOFError("the program that starts Carrels is gone")
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            pid, _, words = line.decode().partition(" ")
            self.heard[int(pid)].append(words)
        return True


@contextmanager
def nursery(cache: Path, environment: Mapping[str, str]) -> Iterator[Nursery]:
    """A nursery, with nobody left alive afterwards."""
    command = [sys.executable, "-m", "tests.real.spool", str(cache), str(time.time())]
    with subprocess.Popen(  # noqa: S603 - our own words, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        made = Nursery(process.stdin, process.stdout)
        try:
            yield made
        finally:
            for pid in made.living():
                os.kill(pid, signal.SIGKILL)
            process.kill()
