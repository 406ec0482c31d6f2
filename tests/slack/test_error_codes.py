"""Every error that Slack documents, and every error its libraries raise, has a kind."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk import errors as sdk
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.channel_state import State
from channels.slack.codes import KINDS, Kind
from channels.slack.faults import ADVICE, answered, translated

HARMLESS = {Kind.GONE, Kind.USELESS, Kind.PASSING, Kind.HERE}
OURS = {Kind.REVOKED, Kind.UNTRUSTED, Kind.NO_RIGHT, Kind.FOREIGN}
WORDS = "what somebody wrote"
DOCUMENTED: dict[str, list[str]] = json.loads(
    (Path(__file__).parent.parent / "data" / "slack_errors.json").read_text(encoding="utf-8")
)


def refusal(code: str) -> sdk.SlackApiError:
    data = {"ok": False, "error": code, "message": WORDS, "needed": "chat:write"}
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data=data,
        headers={},
        status_code=200,
    )
    make: Any = sdk.SlackApiError  # its signature has no types
    made: sdk.SlackApiError = make(WORDS, response)
    return made


@pytest.mark.parametrize("method", DOCUMENTED)
def test_every_documented_error_has_a_kind(method: str) -> None:
    assert [code for code in DOCUMENTED[method] if code not in KINDS] == []


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_comes_to_one_failed_delivery(code: str) -> None:
    failure = translated("chat.postMessage", refusal(code))
    delivery = failure.delivery()

    assert delivery.permanent is (failure.kind in {Kind.GONE, Kind.USELESS, Kind.HERE})
    assert delivery.gone is (failure.kind is Kind.GONE)
    assert (failure.state is None) is (failure.kind in HARMLESS)
    assert delivery.ours is (failure.kind in OURS or code == "message_limit_exceeded")
    assert bool(failure.told) or failure.state is None
    assert code in str(delivery)
    assert WORDS not in str(delivery)


@pytest.mark.parametrize("code", [code for code, kind in KINDS.items() if kind is Kind.HERE])
@pytest.mark.parametrize(("room", "permanent"), [("C0A", False), ("G0A", False), ("D0A", True)])
def test_a_room_may_open_again(code: str, room: str, permanent: bool) -> None:
    failure = translated("chat.postMessage", refusal(code), room=room)

    assert failure.delivery().permanent is permanent
    assert failure.told


def test_an_unknown_code_passes_and_is_named() -> None:
    failure = translated("chat.update", refusal("brand_new_error"))

    assert (failure.kind, failure.state) == (Kind.PASSING, None)
    assert "brand_new_error" in str(failure)


def test_a_missing_right_is_named_with_what_to_click() -> None:
    told = translated("chat.update", refusal("missing_scope")).told

    assert "chat:write" in told
    assert "Reinstall" in told


@pytest.mark.parametrize("name", [n for n, _ in inspect.getmembers(sdk, inspect.isclass)])
def test_every_error_of_the_library_is_one_failure_without_its_text(name: str) -> None:
    kind: Any = getattr(sdk, name)
    if not issubclass(kind, Exception):
        return
    error = refusal("fatal_error") if kind is sdk.SlackApiError else kind(WORDS)
    failure = translated("auth.test", error)

    assert failure.kind is Kind.PASSING
    assert WORDS not in str(failure)


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectionError(WORDS),
        aiohttp.ServerDisconnectedError(WORDS),
        aiohttp.ClientPayloadError(WORDS),
        TimeoutError(WORDS),
        ConnectionResetError(WORDS),
    ],
)
def test_a_network_that_is_away_is_told_as_such(error: Exception) -> None:
    failure = translated("auth.test", error)

    delivery = failure.delivery()

    assert (failure.kind, failure.state) == (Kind.PASSING, State.RECONNECTING)
    # However long it lasts; but what is merely slow may be slow for its own sake.
    assert (delivery.ours, delivery.permanent) == (not isinstance(error, TimeoutError), False)
    assert WORDS not in str(failure)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        ("0.5", 0.5),
        ("-4", 0.0),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("1e300", 3600.0),
    ],
)
def test_a_limit_tells_how_long_to_wait(header: str, seconds: float | None) -> None:
    headers = {"Retry-After": header} if header else {}
    failure = answered("chat.postMessage", status=429, headers=headers, data="slow down")

    assert (failure.kind, failure.retry_after) == (Kind.LIMITED, seconds)


def test_advice_is_a_sentence() -> None:
    assert [told for told in ADVICE.values() if not told.endswith(".")] == []
