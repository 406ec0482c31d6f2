"""`carrel doctor` where a channel is set up: how it was last, how it is now, what to click."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.domain.channel_state import State
from channels.slack.needs import SCOPES
from storage.alone import alone
from tests.commands.found import findings, note
from tests.commands.served import slack_settings
from tests.commands.shell import Shell
from tests.post_office import PASSWORD, USER, certificate, post_office
from tests.slack.server import SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A workspace that grants what Carrel needs."""
    with SlackServer() as server:
        server.workspace.scopes |= set(SCOPES)
        yield server


def test_nothing_is_said_of_channels_that_nobody_set_up(shell: Shell) -> None:
    assert findings(shell) == {}


def test_a_new_slack_is_well_before_it_is_served(shell: Shell, slack: SlackServer) -> None:
    slack.add_channel("C0STAFF", name="staff")

    found = findings(shell, **slack_settings(slack), CARREL_SLACK_STAFF_CHANNEL="C0STAFF")

    assert found.pop("slack") == (True, "it was not served yet: run carrel serve")
    assert "Slack's bot token" in found
    assert "Slack's channel C0STAFF" in found
    assert all(ok for ok, _ in found.values())


def test_every_missing_right_is_named_with_what_to_click(shell: Shell, slack: SlackServer) -> None:
    slack.workspace.scopes -= {"im:history", "files:read"}

    found = findings(shell, **slack_settings(slack))

    bad = {what: told for what, (ok, told) in found.items() if not ok}
    assert set(bad) == {"Slack's right files:read", "Slack's right im:history"}
    assert all("Reinstall to Workspace" in told for told in bad.values())


def test_a_refused_token_is_told_and_not_shown(shell: Shell, slack: SlackServer) -> None:
    slack.refuse_tokens()

    result = shell.run("doctor", **slack_settings(slack))

    assert result.exit_code == 1
    assert "PROBLEM  Slack's bot token: " in result.stdout
    assert slack.token not in result.output
    assert slack.app_token not in result.output


def test_a_network_that_is_away_is_a_finding(shell: Shell, slack: SlackServer) -> None:
    slack.go_down()

    found = findings(shell, **slack_settings(slack))

    assert not found["Slack's bot token"][0]
    assert "online" in found["Slack's bot token"][1] or "reach" in found["Slack's bot token"][1]


def test_half_a_set_up_tells_the_other_half(shell: Shell, slack: SlackServer) -> None:
    app_token = {"CARREL_SLACK_APP_TOKEN": slack.app_token}
    bot_token = {**slack_settings(slack), "CARREL_SLACK_APP_TOKEN": ""}

    without = findings(shell, **app_token)
    deaf = findings(shell, **bot_token)

    assert without == {"slack": (False, "it is off; set CARREL_SLACK_BOT_TOKEN")}
    assert not deaf["slack"][0]
    assert "CARREL_SLACK_APP_TOKEN (or else CARREL_SLACK_SIGNING_SECRET" in deaf["slack"][1]
    assert deaf["Slack's bot token"][0]


@pytest.mark.parametrize(
    ("state", "told", "serving", "ok", "said"),
    [
        (State.CONNECTED, "", True, True, "connected since 2026-11-21 18:00 UTC"),
        (State.REVOKED, "Install the app.", True, False, "18:00 UTC. Install the app."),
        (State.CONNECTED, "", False, False, "its process has ended by force"),
        (State.STOPPED, "", False, True, "run carrel serve"),
    ],
)
def test_how_it_was_last_is_told(
    shell: Shell,
    slack: SlackServer,
    *,
    state: State,
    told: str,
    serving: bool,
    ok: bool,
    said: str,
) -> None:
    note(shell, state, told)
    lock = shell.data / "processes" / ("serve.lock" if serving else "other.lock")

    with alone(lock, advice=""):
        found = findings(shell, **slack_settings(slack))

    assert found["slack"][0] is ok
    assert said in found["slack"][1]


def test_the_address_for_slacks_requests_is_told(shell: Shell, slack: SlackServer) -> None:
    signed = slack_settings(slack) | {
        "CARREL_SLACK_SIGNING_SECRET": slack.signing_secret,
        "CARREL_HTTP": "127.0.0.1:8080",
    }

    without = findings(shell, **signed)
    known = findings(shell, **signed, CARREL_PUBLIC_URL="https://carrel.example.org")

    assert "set CARREL_PUBLIC_URL" in without["Slack's Request URL"][1]
    assert known["Slack's Request URL"][1] == "https://carrel.example.org/slack/events"


async def test_a_mail_server_is_met_and_its_refusal_told(shell: Shell, tmp_path: Path) -> None:
    shown, ca = certificate(tmp_path)
    mail = {"CARREL_MAIL_ADDRESS": "carrel@example.org", "CARREL_CA_FILE": str(ca)}
    async with post_office(starttls=shown) as office:
        at = f"127.0.0.1:{office.port}"
        good = f"smtp+starttls://{USER}:{quote(PASSWORD, safe='')}@{at}"
        met = await asyncio.to_thread(findings, shell, **mail, CARREL_SMTP_URL=good)
        bad = f"smtp+starttls://{USER}:KEEP@{at}"
        refused = await asyncio.to_thread(findings, shell, **mail, CARREL_SMTP_URL=bad)

    assert met["mail server"] == (True, f"{at} answers and takes our password")
    assert not refused["mail server"][0]
    assert "refuses user or password" in refused["mail server"][1]
    assert "KEEP" not in str(refused)
    assert office.mails == []


def test_a_mail_server_that_is_not_there_is_told(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    mail = {"CARREL_MAIL_ADDRESS": "a@b.c", "CARREL_SMTP_URL": f"smtp://127.0.0.1:{port}"}

    found = findings(shell, **mail)

    assert not found["mail server"][0]
    assert "the mail server was not reached" in found["mail server"][1]
