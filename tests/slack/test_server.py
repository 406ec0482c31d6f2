"""The tests' own Slack behaves towards a bare slack-bolt app and slack-sdk as Slack would."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.echo import echo
from tests.slack.server import SlackServer


def client(slack: SlackServer, token: str = "") -> AsyncWebClient:
    return AsyncWebClient(token=token or slack.token, base_url=slack.api_url)


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def refused(slack: SlackServer, method: str, **given: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client(slack).api_call(method, json=given)
    return str(caught.value.response["error"])


async def test_a_bare_app_hears_a_message_and_answers_it(slack: SlackServer) -> None:
    async with echo(slack):
        said = slack.say("U0ADA", "hello <you>")
        await slack.until(lambda: slack.posted("U0ADA"))
        await slack.until(lambda: said.acked)

    assert [message["text"] for message in slack.posted("U0ADA")] == ["hello &lt;you&gt;"]


async def test_what_is_not_acknowledged_comes_again_over_the_next_connection(
    slack: SlackServer,
) -> None:
    said = slack.say("U0ADA", "while nobody was there")

    async with echo(slack):
        await slack.until(lambda: said.acked)
        slack.cut()
        again = slack.say("U0ADA", "after the cut")
        await slack.until(lambda: again.acked)

    assert slack.links_ever == 2


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"channel": "C0NONE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0OTHER", "text": "x"}, "not_in_channel"),
        ({"channel": "C0ROOM"}, "no_text"),
        ({"channel": "C0ROOM", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0ROOM", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"channel": "C0ROOM", "blocks": [section("x")] * 51}, "invalid_blocks"),
        ({"channel": "C0ROOM", "blocks": [{"type": "carousel"}]}, "invalid_blocks"),
        ({"channel": "C0ROOM", "blocks": [section("x" * 2900)] * 5}, "msg_blocks_too_long"),
        ({"channel": "C0ROOM", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
    ],
)
async def test_a_message_that_does_not_fit_is_refused(
    slack: SlackServer, given: dict[str, Any], error: str
) -> None:
    slack.add_channel("C0OTHER", "U0BEA", bot=False)

    assert await refused(slack, "chat.postMessage", **given) == error


async def test_tokens_scopes_and_unknown_methods_are_refused_by_name(slack: SlackServer) -> None:
    slack.workspace.scopes -= {"chat:write"}
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client(slack, "xoxb-wrong").auth_test()

    assert await refused(slack, "chat.postMessage", channel="C0ROOM", text="x") == "missing_scope"
    assert await refused(slack, "chat.sing") == "unknown_method"
    assert await refused(slack, "apps.connections.open") == "not_allowed_token_type"


async def test_a_limit_is_told_with_its_time_and_a_client_that_waits_gets_through(
    slack: SlackServer,
) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=0, times=1)
    patient = client(slack)
    patient.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))

    await patient.chat_postMessage(channel="C0ROOM", text="x")

    assert [call.status for call in slack.called("chat.postMessage")] == [429, 200]


async def test_a_file_goes_up_in_three_steps_and_comes_down_with_the_token_only(
    slack: SlackServer,
) -> None:
    slack.workspace.dm("U0ADA")
    await client(slack).files_upload_v2(
        channel="D0ADA", content=b"bytes", filename="a.png", title="A"
    )
    (message,) = slack.posted("U0ADA")
    url = message["files"][0]["url_private_download"]

    async with aiohttp.ClientSession() as session:
        with_token = {"Authorization": f"Bearer {slack.token}"}
        async with session.get(url, headers=with_token) as answer:
            own = await answer.read()
        async with session.get(url) as answer:
            foreign = (answer.status, answer.content_type)

    assert own == b"bytes"
    assert foreign == (200, "text/html")
