"""What a child gives up before it touches a hostile file."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

from storage.reading.limits import MEBIBYTE, Limits

_NEW_USER = 0x10000000  # CLONE_NEWUSER and CLONE_NEWNET of sched.h
_NEW_NETWORK = 0x40000000
_PROCESSES = 256
_GRACE_SECONDS = 5


def confine(limits: Limits) -> None:
    """Bounds this process and those it starts; call it while there is one thread."""
    signal.alarm(int(limits.seconds) + _GRACE_SECONDS)  # should the parent die before us
    os.umask(0o077)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_CPU, limits.cpu_seconds)
    _bound(resource.RLIMIT_AS, limits.memory_bytes)
    _bound(resource.RLIMIT_FSIZE, max(limits.unpacked_bytes, 64 * MEBIBYTE))
    if _leave_network():
        # Elsewhere the number counts everything this user runs, and would hit the innocent.
        _bound(resource.RLIMIT_NPROC, _PROCESSES)


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(what, (allowed, allowed))
    except (OSError, ValueError):
        # macOS knows some limits by name only; the parent's clock still holds.
        sys.stderr.write(f"limit {what} cannot be set\n")


def _leave_network() -> bool:
    """Moves to namespaces of our own, where there is no network; false where that is denied."""
    if not sys.platform.startswith("linux"):
        return False
    failed: int = ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    return not failed
