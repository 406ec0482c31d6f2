"""How the channel is doing, told once for each change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.domain.channel_state import State
from channels.slack.codes import Kind
from channels.slack.faults import ADVICE, CallFailed

Report = Callable[[State, str], None]
LIMITED_FOR = 60.0  # seconds that a limit holds where Slack does not say how long


class Standing:
    """The newest trouble that still lasts; without any, how the line to Slack is.

    A method that failed is in trouble until it succeeds, or until the limit it met is over.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        # A process that only sends never tells of a line: what it sends arrives.
        self._line = (State.CONNECTED, "")
        self._troubles: dict[str, tuple[State, str]] = {}
        self._ends: dict[str, asyncio.TimerHandle] = {}
        self._told = self._line

    def line(self, state: State, told: str = "") -> None:
        """How the line to Slack is; with one that stands, Slack is not away any more."""
        self._line = (state, told)
        for what, (trouble, _) in list(self._troubles.items()):
            if state is State.STOPPED or (state, trouble) == (State.CONNECTED, State.RECONNECTING):
                self._over(what)
        self._tell()

    def called(self, method: str, failure: CallFailed | None) -> None:
        """Notes how a call went."""
        if failure is None or failure.state is None:
            self._over(method)
            self._tell()
            return
        seconds = failure.retry_after
        if failure.kind is Kind.LIMITED:
            seconds = LIMITED_FOR if seconds is None else seconds
        self.trouble(method, failure.state, failure.told, seconds=seconds)

    def limited(self) -> None:
        """Slack holds back what people say: for each minute of that it tells once."""
        self.trouble("events", State.RATE_LIMITED, ADVICE["events"], seconds=LIMITED_FOR)

    def removed(self, reason: str) -> None:
        """The app is not in the workspace any more; only a start with a new token mends that."""
        self.trouble("app", State.REVOKED, f"{ADVICE[Kind.REVOKED]} ({reason})")

    def trouble(self, what: str, state: State, told: str, *, seconds: float | None = None) -> None:
        """A trouble that lasts until `called(what, None)`, or so many seconds."""
        self._over(what)
        if self._line[0] is State.STOPPED:  # what is still sent then is no business of the line's
            return
        self._troubles[what] = (state, told)
        if seconds is not None:
            self._ends[what] = asyncio.get_running_loop().call_later(seconds, self._ended, what)
        self._tell()

    def _ended(self, what: str) -> None:
        self._over(what)
        self._tell()

    def _over(self, what: str) -> None:
        self._troubles.pop(what, None)
        if end := self._ends.pop(what, None):
            end.cancel()

    def _tell(self) -> None:
        now = next(reversed(self._troubles.values()), self._line)
        if now != self._told:
            self._told = now
            self._report(*now)
