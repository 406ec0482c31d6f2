"""The line that says that Carrel works on an answer, shown at once and gone with the answer."""

from __future__ import annotations

from functools import partial

from channels.errands import Errands
from channels.recent import Recent
from channels.slack.calls import Calls
from channels.slack.words import WORKING

METHOD = "assistant.threads.setStatus"
MOST = 1_000  # conversations in which a line may still stand


class Working:
    """Slack takes the line away when the app answers below it, or after two minutes.

    An answer that is not below it leaves it there: that one is taken away by hand.
    https://docs.slack.dev/reference/methods/assistant.threads.setStatus
    """

    def __init__(self, calls: Calls, errands: Errands) -> None:
        self._calls = calls
        self._errands = errands
        self._begun: Recent[str, str] = Recent(MOST)

    def shown(self, channel: str, thread: str, *, begins: bool) -> None:
        """Shows it below a message; `begins` tells that the answer will not be below that one."""
        if begins:
            self._begun.put(channel, thread)
        self._errands.run(partial(self._set, channel, thread, WORKING), what=METHOD)

    def answered(self, channel: str) -> None:
        """Takes it away from where the answer is not; harmless when there is none."""
        if thread := self._begun.pop(channel):
            self._errands.run(partial(self._set, channel, thread, ""), what=METHOD)

    async def _set(self, channel: str, thread: str, status: str) -> None:
        await self._calls.call(METHOD, channel_id=channel, thread_ts=thread, status=status)
