"""Who Carrel is at Slack; and whether that is where it was before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from channels.slack.calls import Calls
from channels.slack.faults import foreign
from channels.slack.own import Own
from channels.standing import Standing

Home = Callable[[str], str]  # remembers a workspace unless one is known; gives the one it knows


async def introduced(calls: Calls, standing: Standing, home: Home) -> Own:
    """Carrel's own ids; raises `CallFailed` and what `home` raises.

    In another workspace it fails too: everybody whom Carrel knows would seem to be gone.
    """
    answer = await calls.call("auth.test")
    team = str(answer.get("team_id") or "")
    failure = foreign() if team and await asyncio.to_thread(home, team) != team else None
    standing.called("workspace", failure)
    if failure is not None:
        raise failure
    return Own(user=str(answer["user_id"]), bot=str(answer.get("bot_id") or ""), team=team)
