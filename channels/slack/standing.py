"""What events tell about how Slack is doing."""

from __future__ import annotations

from bot.domain.channel_state import State
from channels.slack.codes import Kind
from channels.slack.faults import ADVICE
from channels.standing import LIMITED_FOR, Standing


class SlackStanding(Standing):
    """Knows also what Slack says of it unasked."""

    def limited(self) -> None:
        """Slack holds back what people say: for each minute of that it tells once."""
        self.trouble("events", State.RATE_LIMITED, ADVICE["events"], seconds=LIMITED_FOR)

    def removed(self, reason: str) -> None:
        """The app is not in the workspace any more; only a start with a new token mends that."""
        self.trouble("app", State.REVOKED, f"{ADVICE[Kind.REVOKED]} ({reason})")
