"""An operator's shell: a data folder, commands run in it, and what they print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bot.cli import cli

ROOT = Path(__file__).parent.parent.parent
VECTORS = ROOT / ".vectors_cache"  # as tests/conftest.py has it
TIMEOUT = 120  # seconds; a process that hangs fails its test


@dataclass(frozen=True, slots=True)
class Shell:
    """Commands run here keep their data below `folder`."""

    folder: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "var"

    @property
    def environment(self) -> dict[str, str]:
        """The settings every command runs with."""
        return {"CARREL_DATA": str(self.data), "CARREL_CACHE": str(VECTORS)}

    def run(self, *args: object, lines: str = "", **settings: str) -> Result:
        """What a command did, in this process."""
        env: Mapping[str, str | None] = {**self.environment, **settings}
        return CliRunner().invoke(cli, [str(arg) for arg in args], env=env, input=lines)

    def process(self, *args: object) -> subprocess.Popen[str]:
        """A command in a process of its own, with pipes."""
        kept = {key: os.environ[key] for key in os.environ if not key.startswith("CARREL_")}
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *(str(arg) for arg in args)],
            cwd=ROOT,
            env={**kept, **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def write(self, name: str, text: str) -> Path:
        """A file with that text."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


def json_lines(values: Iterable[Mapping[str, object]]) -> str:
    """What a program writes to our standard input."""
    return "".join(json.dumps(value) + "\n" for value in values)


def results(result: Result) -> list[dict[str, Any]]:
    """Every line of standard output, which must be JSON."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def shape(value: Mapping[str, Any]) -> dict[str, Sequence[str] | str]:
    """The keys and the types of their values; those of a list are those of its items."""
    return {key: _kind(each) for key, each in value.items()}


def _kind(value: object) -> Sequence[str] | str:
    if isinstance(value, list):
        return sorted({type(item).__name__ for item in value})
    return type(value).__name__
