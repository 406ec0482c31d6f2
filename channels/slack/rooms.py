"""Where on Slack a conversation is."""

from __future__ import annotations

from channels.recent import Recent
from channels.slack.calls import Calls

MOST = 10_000  # direct messages remembered


class Rooms:
    """Slack's channel for each conversation; a direct message is opened once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._opened: Recent[str, str] = Recent(MOST)

    async def room(self, conversation: str) -> str:
        """Slack's id of the channel; raises `CallFailed`.

        A conversation is `slack:` and a channel's or user's id, with what stands after a slash
        for the thread. Before a user of another workspace stands that one's id and a hyphen.
        """
        place = conversation.partition(":")[2].partition("/")[0].rpartition("-")[2]
        return await self.private(place) if is_user(place) else place

    async def private(self, user: str) -> str:
        """The channel of the direct messages with a user; raises `CallFailed`."""
        if known := self._opened.get(user):
            return known
        answer = await self._calls.call("conversations.open", users=user)
        return self._opened.put(user, str(answer["channel"]["id"]))


def is_user(place: str) -> bool:
    """Whether an id is a person's, not a channel's."""
    return place.startswith(("U", "W"))
