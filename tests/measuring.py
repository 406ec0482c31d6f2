"""Measures what runs in the processes that read files, when a run measures coverage at all."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

_CONFIG = "COVERAGE_PROCESS_CONFIG"  # coverage's own word for: measure the processes I start


def measure_children(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Hands coverage's configuration to interpreters that are started without our environment."""
    config = os.environ.get(_CONFIG)
    if config is None:
        return
    interpreter = folder / "python"
    interpreter.write_text(
        f'#!/bin/sh\n{_CONFIG}={shlex.quote(config)} exec {shlex.quote(sys.executable)} "$@"\n'
    )
    interpreter.chmod(0o755)
    patch.setattr(sys, "executable", str(interpreter))
