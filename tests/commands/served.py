"""A `carrel serve` or `carrel worker` in a process of its own, as an operator would start it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.app import Store, open_store
from bot.settings import Settings
from tests.commands.shell import ROOT, Shell
from tests.slack.server import SlackServer
from tests.telegram.server import TelegramServer
from tests.unit.bakery import bakery

PATIENCE = 90.0  # seconds; a machine under load is slow, a hanging process is for ever
READY = "Running with "


def slack_settings(slack: SlackServer) -> dict[str, str]:
    """What switches Slack on, by Socket Mode."""
    return {
        "CARREL_SLACK_BOT_TOKEN": slack.token,
        "CARREL_SLACK_APP_TOKEN": slack.app_token,
        "CARREL_SLACK_API_URL": slack.api_url,
    }


def telegram_settings(telegram: TelegramServer) -> dict[str, str]:
    """What switches Telegram on, by polling."""
    return {"CARREL_TELEGRAM_TOKEN": telegram.token, "CARREL_TELEGRAM_API_URL": telegram.api_url}


class Served:
    """One process; `told` are the lines that it printed so far."""

    def __init__(self, shell: Shell, command: str, settings: Mapping[str, str]) -> None:
        self.told: list[str] = []
        self._errors = (shell.folder / f"{command}.err").open("a+", encoding="utf-8")
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        pack = shell.folder / "bakers"
        if not pack.exists():
            bakery(pack)
        kept = {key: os.environ[key] for key in os.environ if not key.startswith("CARREL_")}
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", command, "--program", str(pack)],
            cwd=ROOT,
            env={**kept, **shell.environment, **settings},
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def ready(self) -> None:
        """Returns once it serves."""
        while not any(line.startswith(READY) for line in self.told):
            line = self._lines.get(timeout=PATIENCE)
            assert line is not None, self.errors()
            self.told.append(line)

    @property
    def url(self) -> str:
        """Where its HTTP side is."""
        (line,) = (line for line in self.told if line.startswith("http: "))
        return f"http://{line.split()[2]}"

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ends it by a signal; its exit code."""
        self.process.send_signal(by)
        return self.ended()

    def ended(self) -> int:
        """Its exit code, once it has ended; everything it printed is told then."""
        code = self.process.wait(PATIENCE)
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            self.told.append(line)
        return code

    def errors(self) -> str:
        """What it said on standard error."""
        self._errors.seek(0)
        return self._errors.read()

    def close(self) -> None:
        """Leaves nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()
        self._errors.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)


@contextmanager
def served(
    shell: Shell, vendor: SlackServer | TelegramServer, command: str = "serve", **settings: str
) -> Iterator[Served]:
    """A process that is ready."""
    on = slack_settings(vendor) if isinstance(vendor, SlackServer) else telegram_settings(vendor)
    process = Served(shell, command, on | settings)
    try:
        process.ready()
        yield process
    finally:
        process.close()


def store(folder: Path) -> Store:
    """What the processes on that data folder keep."""
    return open_store(Settings(_env_file=None, data=folder))
