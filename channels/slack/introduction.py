"""Who Carrel is at Slack, asked once; and whether that is where it was before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from channels.slack.calls import Calls
from channels.slack.faults import foreign
from channels.slack.own import Own
from channels.slack.standing import SlackStanding

Home = Callable[[str], str]  # remembers a workspace unless one is known; gives the one it knows


class Introduction:
    """Carrel's own ids. In another workspace everybody it knows would seem to be gone."""

    def __init__(self, calls: Calls, standing: SlackStanding, home: Home) -> None:
        self._calls = calls
        self._standing = standing
        self._home = home
        self._own: Own | None = None
        self._asking = asyncio.Lock()

    async def own(self) -> Own:
        """The ids; raises `CallFailed`, also in another workspace, and what `home` raises."""
        async with self._asking:
            self._own = self._own or await self._asked()
        return self._own

    async def _asked(self) -> Own:
        answer = await self._calls.call("auth.test")
        team = str(answer.get("team_id") or "")
        failure = foreign() if team and await asyncio.to_thread(self._home, team) != team else None
        self._standing.called("workspace", failure)
        if failure is not None:
            raise failure
        return Own(user=str(answer["user_id"]), bot=str(answer.get("bot_id") or ""), team=team)
