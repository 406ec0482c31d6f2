"""What calls and events tell about how Slack is doing."""

from __future__ import annotations

from bot.domain.channel_state import State
from channels.slack.codes import Kind
from channels.slack.faults import ADVICE, CallFailed
from channels.standing import Standing

LIMITED_FOR = 60.0  # seconds that a limit holds where Slack does not say how long


class SlackStanding(Standing):
    """A method that failed is in trouble until it succeeds, or the limit it met is over."""

    def called(self, method: str, failure: CallFailed | None) -> None:
        """Notes how a call went."""
        if failure is None or failure.state is None:
            self.over(method)
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
