"""How the channel is doing, told once for each change."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.channel_state import State
from channels.slack.codes import Kind
from channels.slack.faults import ADVICE, CallFailed

Report = Callable[[State, str], None]


class Standing:
    """The newest trouble that still lasts; without any, how the line to Slack is.

    A method that failed is in trouble until it succeeds.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        # A process that only sends never tells of a line: what it sends arrives.
        self._line = (State.CONNECTED, "")
        self._troubles: dict[str, tuple[State, str]] = {}
        self._told = self._line

    def line(self, state: State, told: str = "") -> None:
        """How the line to Slack is."""
        self._line = (state, told)
        if state is State.STOPPED:
            self._troubles.clear()
        self._tell()

    def called(self, method: str, failure: CallFailed | None) -> None:
        """Notes how a call went."""
        self._troubles.pop(method, None)
        if failure is not None and failure.state is not None:
            self._troubles[method] = (failure.state, failure.told)
        self._tell()

    def removed(self, reason: str) -> None:
        """The app is not in the workspace any more; only a start with a new token mends that."""
        self._troubles["app"] = (State.REVOKED, f"{ADVICE[Kind.REVOKED]} ({reason})")
        self._tell()

    def trouble(self, what: str, state: State, told: str) -> None:
        """A trouble that no call tells of; it lasts until `called(what, None)`."""
        self._troubles[what] = (state, told)
        self._tell()

    def _tell(self) -> None:
        now = next(reversed(self._troubles.values()), self._line)
        if now != self._told:
            self._told = now
            self._report(*now)
