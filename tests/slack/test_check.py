"""What doctor asks Slack: each fault is named with what to click."""

from __future__ import annotations

import pytest

from channels.checked import Check
from channels.slack.access import SlackAccess
from channels.slack.check import check
from channels.slack.needs import SCOPES
from tests.slack.server import SlackServer

NO_APP_TOKEN = {"app_token": ""}


def checks(slack: SlackServer, *, staff_channel: str = "", **more: str) -> dict[str, Check]:
    access = SlackAccess(
        bot_token=slack.token,
        app_token=more.get("app_token", slack.app_token),
        signing_secret=more.get("signing_secret", ""),
        api_url=slack.api_url,
    )
    found = check(access, staff_channel=staff_channel)
    assert len({one.what for one in found}) == len(found)
    return {one.what: one for one in found}


@pytest.fixture(autouse=True)
def granted(slack: SlackServer) -> None:
    """The workspace granted everything that Carrel needs."""
    slack.workspace.scopes |= set(SCOPES)


def test_an_app_that_is_set_up_passes(slack: SlackServer) -> None:
    found = checks(slack, staff_channel="C0ROOM")

    assert [one.what for one in found.values() if not one.ok] == []
    assert "Library" in found["Slack's bot token"].told
    assert "C0ROOM" in str(found)


def test_each_missing_right_is_named_with_what_to_click(slack: SlackServer) -> None:
    slack.workspace.scopes -= {"files:read", "users:read"}
    faults = [one for one in checks(slack).values() if not one.ok]

    assert [one.what for one in faults] == ["Slack's right files:read", "Slack's right users:read"]
    assert faults[0].told == (
        "Carrel needs it: it takes files that people give it. Open https://api.slack.com/apps,"
        " choose the app, OAuth & Permissions, Scopes, add files:read, then Reinstall to Workspace."
    )
    assert all("Reinstall to Workspace" in one.told for one in faults)


def test_a_staff_channel_that_cannot_be_looked_up_is_a_fault(slack: SlackServer) -> None:
    slack.workspace.scopes -= {"channels:read", "groups:read", "im:read"}
    told = checks(slack, staff_channel="C0ROOM")["Slack's channel C0ROOM"]

    assert not told.ok
    assert "channels:read" in told.told


def test_a_token_of_another_workspace_is_told(slack: SlackServer) -> None:
    access = SlackAccess(bot_token=slack.token, api_url=slack.api_url)
    first, other = (
        {one.what: one for one in check(access, home=home)} for home in ("T0001", "T0OTHER")
    )

    assert "Slack's workspace" not in first
    assert not other["Slack's workspace"].ok
    assert "another workspace" in other["Slack's workspace"].told


@pytest.mark.parametrize(
    ("error", "advice"),
    [("invalid_auth", "xoxb-"), ("account_inactive", "Reinstall"), ("org_login_required", "ask")],
)
def test_a_token_that_slack_refuses_is_told(slack: SlackServer, error: str, advice: str) -> None:
    slack.refuse_tokens(error)
    told = checks(slack)["Slack's bot token"]

    assert not told.ok
    assert error in told.told
    assert advice in told.told


def test_a_wrong_app_token_is_told(slack: SlackServer) -> None:
    told = checks(slack, **{"app_token": "xapp-wrong"})["Slack's app token"]

    assert not told.ok
    assert "connections:write" in told.told


def test_without_a_way_in_both_are_named(slack: SlackServer) -> None:
    without = checks(slack, **NO_APP_TOKEN)["Slack's signing secret"]
    signed = checks(slack, signing_secret=slack.signing_secret, **NO_APP_TOKEN)[
        "Slack's signing secret"
    ]

    assert (without.ok, signed.ok) == (False, True)
    assert "connections:write" in without.told


@pytest.mark.parametrize(
    ("channel", "advice"),
    [("C0OTHER", "/invite"), ("C0NONE", "/invite"), ("C0OLD", "archived")],
)
def test_a_staff_channel_without_carrel_is_told(
    slack: SlackServer, channel: str, advice: str
) -> None:
    slack.add_channel("C0OTHER", "U0SAL", bot=False)
    slack.add_channel("C0OLD", "U0SAL").archived = True
    told = checks(slack, staff_channel=channel)[f"Slack's channel {channel}"]

    assert not told.ok
    assert advice in told.told


def test_a_network_that_is_away_is_told_in_plain_words(slack: SlackServer) -> None:
    slack.go_down()
    told = checks(slack)["Slack's bot token"]

    assert not told.ok
    assert "network" in told.told


def test_secrets_are_in_no_answer_and_in_no_description_of_the_access(slack: SlackServer) -> None:
    access = SlackAccess(
        bot_token=slack.token, app_token=slack.app_token, signing_secret=slack.signing_secret
    )
    slack.refuse_tokens("invalid_auth")
    said = f"{access!r} {checks(slack)}"

    assert slack.token not in said
    assert slack.app_token not in said
    assert slack.signing_secret not in said
