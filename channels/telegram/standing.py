"""What calls tell about how Telegram is doing."""

from __future__ import annotations

from channels.standing import Standing
from channels.telegram.codes import Kind
from channels.telegram.faults import CallFailed

LIMITED_FOR = 60.0  # seconds that a limit holds where Telegram does not say how long


class TelegramStanding(Standing):
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
