"""How a channel is doing, told once for each change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.domain.channel_state import State
from channels.failure import Failure

Report = Callable[[State, str], None]
LIMITED_FOR = 60.0  # seconds that a limit holds where the vendor does not say how long


class Standing:
    """The newest trouble that still lasts; without any, how the line to the vendor is."""

    def __init__(self, report: Report) -> None:
        self._report = report
        # A process that only sends never tells of a line: what it sends arrives.
        self._line = (State.CONNECTED, "")
        self._troubles: dict[str, tuple[State, str]] = {}
        self._ends: dict[str, asyncio.TimerHandle] = {}
        self._told = self._line

    def line(self, state: State, told: str = "") -> None:
        """How the line to the vendor is; with one that stands, nobody is away any more."""
        self._line = (state, told)
        for what, (trouble, _) in list(self._troubles.items()):
            if state is State.STOPPED or (state, trouble) == (State.CONNECTED, State.RECONNECTING):
                self._forget(what)
        self._tell()

    def called(self, method: str, failure: Failure | None) -> None:
        """How a call went; one that failed is a trouble until it succeeds or its limit is over."""
        if failure is None or failure.state is None:
            self.over(method)
            return
        seconds = failure.retry_after
        if failure.is_limited and seconds is None:
            seconds = LIMITED_FOR
        self.trouble(method, failure.state, failure.told, seconds=seconds)

    def trouble(self, what: str, state: State, told: str, *, seconds: float | None = None) -> None:
        """A trouble that lasts until `over(what)`, or so many seconds."""
        self._forget(what)
        if self._line[0] is State.STOPPED:  # what is still sent then is no business of the line's
            return
        self._troubles[what] = (state, told)
        if seconds is not None:
            self._ends[what] = asyncio.get_running_loop().call_later(seconds, self.over, what)
        self._tell()

    def over(self, what: str) -> None:
        """That trouble is over; harmless when there was none."""
        self._forget(what)
        self._tell()

    def _forget(self, what: str) -> None:
        self._troubles.pop(what, None)
        if end := self._ends.pop(what, None):
            end.cancel()

    def _tell(self) -> None:
        now = next(reversed(self._troubles.values()), self._line)
        if now != self._told:
            self._told = now
            self._report(*now)
