"""The Slack app that is shipped and the one that the code needs are the same.

https://docs.slack.dev/reference/scopes, /reference/events and /reference/methods name the scope
that each event and each method wants.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.slack.attached import attachments
from channels.slack.events import EVENTS as READ
from channels.slack.heard import Said
from channels.slack.marks import FILE_MESSAGE
from channels.slack.needs import SCOPES
from tests.unit.test_slack_recordings import heard

ROOT = Path(__file__).parent.parent.parent
FAMILIES = "apps|assistant|auth|bots|chat|conversations|files|reactions|team|users|views"
CONTEXT = {"app_context_changed"}  # read so that it is known, and needed by nobody
CALLED = re.compile(rf'"((?:{FAMILIES})\.[a-zA-Z]+(?:\.[a-zA-Z]+)*)"')


SOCKET_SCOPE = "connections:write"  # of the app token, for Socket Mode

EVENTS: Mapping[str, str] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "tokens_revoked": "",
    "user_change": "users:read",
}
"""Events to subscribe to, and the scope that each wants; some want none."""

METHODS: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # of the app token: `SOCKET_SCOPE`
    "assistant.threads.setStatus": ("chat:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "views.open": (),
    "views.publish": (),
}
"""Methods of the Web API that Carrel calls, and the scopes that each wants."""

FEATURES_SCOPES: Mapping[str, str] = {"slash_commands": "commands", "shortcuts": "commands"}
"""Features of the manifest that want a scope."""


@pytest.fixture(scope="module")
def manifest() -> Any:
    """The manifest, read."""
    return yaml.safe_load((ROOT / "slack-manifest.yaml").read_text(encoding="utf-8"))


def called() -> set[str]:
    """Methods of the Web API that the code names."""
    code = (ROOT / "channels" / "slack").glob("*.py")
    found = {name for path in code for name in CALLED.findall(path.read_text(encoding="utf-8"))}
    return found - {"files.download", "files.upload"}  # steps of ours, no methods of Slack's


def test_the_app_asks_for_the_scopes_that_are_needed_and_no_other(manifest: Any) -> None:
    assert sorted(SCOPES) == manifest["oauth_config"]["scopes"]["bot"]


def test_every_scope_is_wanted_by_something(manifest: Any) -> None:
    wanted = {scope for scopes in METHODS.values() for scope in scopes}
    wanted |= {scope for scope in EVENTS.values() if scope}
    wanted |= {FEATURES_SCOPES[name] for name in manifest["features"] if name in FEATURES_SCOPES}

    assert wanted == SCOPES.keys()


def test_every_method_that_is_called_has_its_scope_told() -> None:
    assert called() <= METHODS.keys()


def test_the_app_hears_the_events_that_are_read_and_no_other(manifest: Any) -> None:
    assert sorted(EVENTS) == manifest["settings"]["event_subscriptions"]["bot_events"]
    # Of these Slack tells an app with an assistant's panel without being asked for it.
    unasked = {name for name in READ if name.startswith("assistant_thread_")}
    assert {name.partition(".")[0] for name in EVENTS} == READ.keys() - unasked - CONTEXT


def test_the_shortcut_is_the_one_that_is_read(manifest: Any) -> None:
    shortcuts = manifest["features"]["shortcuts"]

    assert {one["callback_id"]: one["type"] for one in shortcuts} == {FILE_MESSAGE: "message"}
    taken = heard("message_action")
    assert isinstance(taken, Said)
    assert taken.message.attachments


def test_one_command_with_a_hint_is_offered(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]

    assert command["command"] == "/car"
    assert command["usage_hint"]
    assert command["should_escape"] is False


def test_the_app_has_its_page_its_conversation_and_its_panel(manifest: Any) -> None:
    features = manifest["features"]

    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert features["agent_view"]["agent_description"]
    assert features["bot_user"]["display_name"]


def test_the_app_runs_over_a_socket_without_any_address_of_ours(manifest: Any) -> None:
    settings = manifest["settings"]

    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert "request_url" not in settings["event_subscriptions"]
    assert SOCKET_SCOPE in (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")


def test_the_app_s_texts_are_as_long_as_slack_allows(manifest: Any) -> None:
    """https://docs.slack.dev/reference/app-manifest tells how long each may be."""
    about, features = manifest["display_information"], manifest["features"]

    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4_000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert all(len(one["name"]) <= 24 for one in features["shortcuts"])
    assert all(len(one["description"]) <= 150 for one in features["shortcuts"])


def test_why_each_scope_is_needed_is_a_sentence() -> None:
    assert all(why.startswith("It ") and why.endswith(".") for why in SCOPES.values())


def test_a_message_without_files_has_no_attachments() -> None:
    assert attachments({"files": "none"}) == ()
