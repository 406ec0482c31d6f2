"""Every state of the line to Slack has its name, and nothing is lost in any of them."""

from __future__ import annotations

import itertools
import threading
from contextlib import AsyncExitStack

import pytest

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed
from channels.slack.adapter import Slack
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, served, stand_at
from tests.stand import Stand, listening, until


async def hears(slack: SlackServer, stand: Stand[Slack], words: str) -> None:
    said = slack.say("U0ADA", words)
    await slack.until(lambda: said.acked)
    assert words in [message.text for message in stand.heard]


async def test_it_is_connected_once_slack_says_hello(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await hears(slack, stand, "hello")

    assert [state for state, _ in stand.states] == [State.STARTING, State.CONNECTED, State.STOPPED]


async def test_a_refresh_opens_the_new_socket_before_the_old_one_closes(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        slack.disconnect("refresh_requested")
        await slack.until(lambda: slack.links_ever == 2)
        both = slack.links
        await until(lambda: stand.state is State.CONNECTED)
        await hears(slack, stand, "after the refresh")

    assert both == 2
    assert State.REFRESHING in [state for state, _ in stand.states]
    assert State.RECONNECTING not in [state for state, _ in stand.states]


async def test_a_lost_socket_is_opened_again_and_what_was_under_way_comes_again(
    slack: SlackServer,
) -> None:
    slack.be_patient(0.1)
    stand = stand_at(slack)
    async with listening(stand):
        stand.broken = True
        said = slack.say("U0ADA", "before the cut")
        await slack.until(lambda: said.deliveries[0].sent)
        slack.cut()
        stand.broken = False
        await slack.until(lambda: said.acked)
        await until(lambda: stand.state is State.CONNECTED)

    assert State.RECONNECTING in [state for state, _ in stand.states]
    assert [message.text for message in stand.heard] == ["before the cut"]


async def test_a_lost_socket_does_not_wait_for_what_takes_long_to_keep(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.gate = threading.Event()
    async with listening(stand):
        slow = slack.say("U0ADA", "takes long")
        await slack.until(lambda: slow.deliveries[0].sent)
        slack.cut()
        await slack.until(lambda: slack.links_ever == 2 and slack.links == 1)
        kept_before = list(stand.heard)
        stand.gate.set()
        await slack.until(lambda: slow.acked)

    assert kept_before == []
    assert [message.text for message in stand.heard] == ["takes long"]


@pytest.mark.parametrize(
    ("error", "state", "advice"),
    [
        ("invalid_auth", State.TOKEN_INVALID, "Bot User OAuth Token"),
        ("account_inactive", State.REVOKED, "Reinstall"),
        ("token_revoked", State.REVOKED, "Reinstall"),
        ("missing_scope", State.NOT_PERMITTED, ""),
        ("org_login_required", State.NOT_PERMITTED, "administrators"),
    ],
)
async def test_a_token_that_slack_refuses_is_told_and_tried_until_it_is_mended(
    slack: SlackServer, error: str, state: State, advice: str
) -> None:
    stand = stand_at(slack)
    slack.refuse_tokens(error)
    said = slack.say("U0ADA", "while it was broken")
    async with listening(stand, ready=False):
        await until(lambda: stand.states and stand.state is state)
        slack.refuse_tokens("")
        await slack.until(lambda: said.acked)

    assert advice in (stand.was(state) or "")
    assert [message.text for message in stand.heard] == ["while it was broken"]


async def test_it_never_asks_in_a_busy_loop(slack: SlackServer) -> None:
    stand = stand_at(slack)
    slack.refuse_tokens("invalid_auth")
    async with listening(stand, ready=False):
        await until(lambda: len(slack.called("auth.test")) == 3)

    # the waits of the tests' own patience are 0.2 seconds each
    times = [call.at for call in slack.called("auth.test")]
    assert all(later - earlier > 0.15 for earlier, later in itertools.pairwise(times))


async def test_an_app_token_that_slack_refuses_is_told(slack: SlackServer) -> None:
    stand = stand_at(slack, secrets={"app_token": "xapp-wrong"})
    async with listening(stand, ready=False):
        await until(lambda: stand.was(State.TOKEN_INVALID) is not None)

    assert "connections:write" in (stand.was(State.TOKEN_INVALID) or "")


async def test_socket_mode_that_is_switched_off_is_told(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        slack.disconnect("link_disabled")
        await until(lambda: stand.state is State.NOT_PERMITTED)
        told = stand.was(State.NOT_PERMITTED) or ""
        await until(lambda: stand.state is State.CONNECTED)

    assert "switch it on" in told


async def test_a_removed_app_is_told_until_it_is_started_with_a_new_token(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        slack.uninstall()
        await until(lambda: stand.state is State.REVOKED)

    assert "Reinstall" in (stand.was(State.REVOKED) or "")


async def test_a_trouble_of_one_method_ends_when_that_method_works(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        slack.fail("chat.postMessage", error="messages_tab_disabled")
        with pytest.raises(Exception, match="App Home"):
            await stand.adapter.send(outbound(to="C0ROOM"))
        troubled = stand.state
        await stand.adapter.send(outbound(to="C0ROOM"))
        mended = stand.state

    assert (troubled, mended) == (State.NOT_PERMITTED, State.CONNECTED)


async def test_a_fault_of_one_room_says_nothing_of_the_channel(slack: SlackServer) -> None:
    stand = stand_at(slack)
    slack.add_channel("C0OTHER", "U0SAL", bot=False)
    async with listening(stand):
        with pytest.raises(DeliveryFailed, match="/invite") as caught:
            await stand.adapter.send(outbound(to="C0OTHER"))
        reported = [state for state, _ in stand.states]

    assert (caught.value.permanent, caught.value.ours) == (False, False)
    assert reported == [State.STARTING, State.CONNECTED]


@pytest.mark.parametrize("by_http", [False, True])
async def test_events_that_slack_holds_back_are_told(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, by_http: bool
) -> None:
    stand = stand_at(slack, by_http=by_http)
    body = {"type": "app_rate_limited", "team_id": "T0001", "minute_rate_limited": 1772000040}
    async with AsyncExitStack() as around:
        await around.enter_async_context(listening(stand))
        if by_http:
            await around.enter_async_context(served(slack, stand))
        held = slack.push("events_api", body)
        await slack.until(lambda: held.acked)
        state = stand.state

    assert state is State.RATE_LIMITED
    assert "holds back" in (stand.was(State.RATE_LIMITED) or "")
    assert "Slack holds back what people say" in caplog.messages
