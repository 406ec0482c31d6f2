"""Carrel stays in the workspace where it was first, and knows nobody of others."""

from __future__ import annotations

import pytest

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at
from tests.stand import Homes, listening, until


async def test_the_first_workspace_is_remembered(slack: SlackServer) -> None:
    homes = Homes(away=1)
    async with listening(stand_at(slack, home=homes)):
        pass

    assert homes.known == "T0001"


async def test_a_token_of_another_workspace_sends_nothing_and_loses_nobody(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack, home=Homes("T0FIRST"))
    with pytest.raises(DeliveryFailed, match="another workspace") as caught:
        await stand.adapter.send(outbound(to="U0NOBODY"))
    await stand.adapter.close()

    failed = caught.value
    assert (failed.ours, failed.permanent, failed.gone) == (True, False, False)
    assert {call.method for call in slack.calls} == {"auth.test"}
    assert stand.state is State.TOKEN_INVALID


async def test_a_token_of_another_workspace_hears_nothing_until_it_is_mended(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack, home=Homes("T0FIRST"))
    async with listening(stand, ready=False):
        await until(lambda: len(slack.called("auth.test")) == 2)
        state, links = stand.state, slack.links_ever
        slack.workspace.team = "T0FIRST"
        await until(lambda: stand.state is State.CONNECTED)

    assert (state, links) == (State.TOKEN_INVALID, 0)
    assert "set the token of that one" in (stand.was(State.TOKEN_INVALID) or "")


async def test_somebody_of_another_workspace_is_heard_as_a_stranger(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        said = slack.say("U0ADA", "help", channel="C0ROOM", mention=True)
        await slack.until(lambda: said.acked)
        body = dict(said.deliveries[0].payload)
        body["event"] = body["event"] | {"ts": "1772000020.000100", "user_team": "T0OTHER"}
        heard = slack.push("events_api", body)
        elsewhere = slack.push("events_api", body | {"authorizations": [{"team_id": "T0OTHER"}]})
        await slack.until(lambda: heard.acked and elsewhere.acked)

    assert [one.sender.value for one in stand.heard] == ["U0ADA", "T0OTHER-U0ADA"]


async def test_a_stranger_is_answered_in_direct_messages_too(slack: SlackServer) -> None:
    stand = stand_at(slack)
    slack.add_person("U0ZOE")
    await stand.adapter.send(outbound(to="T0OTHER-U0ZOE"))
    await stand.adapter.close()

    assert len(slack.posted("U0ZOE")) == 1
