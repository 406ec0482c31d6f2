"""`carrel serve` and `carrel worker` as real processes, with a Slack on loopback."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import Address, InboundMessage
from bot.ports import UnitOfWork
from tests.clock import NOON
from tests.commands.served import PATIENCE, Served, served, slack_settings, store
from tests.commands.shell import Shell
from tests.slack.server import SlackServer

pytestmark = pytest.mark.xdist_group("serve")
ADA = "U0ADA"


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A workspace with Ada in it."""
    with SlackServer() as server:
        server.add_person(ADA)
        yield server


def request(url: str, path: str, *, method: str = "GET", body: bytes = b"") -> tuple[int, str]:
    """Status and body of what an HTTP side answers."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    connection.request(method, path, body)
    response: HTTPResponse = connection.getresponse()
    found = response.status, response.read().decode()
    connection.close()
    return found


def answers(slack: SlackServer) -> int:
    """How many messages Ada got."""
    return len(slack.posted(ADA))


def states(transaction: Callable[[], UnitOfWork]) -> list[State]:
    """The state of each channel, as the doctor finds it."""
    with transaction() as uow:
        return [one.state for one in uow.channels.all()]


def held(shell: Shell) -> int:
    """How many messages a worker holds, in both queues."""
    with store(shell.data).uow() as uow:
        return uow.inbox.counts()["claimed"] + uow.outbox.counts()["claimed"]


def test_a_message_is_answered_until_it_is_told_to_stop(shell: Shell, slack: SlackServer) -> None:
    with served(shell, slack, CARREL_SLACK_STAFF_CHANNEL="C0STAFF") as process:
        slack.wait(lambda: slack.links)
        slack.say(ADA, "hello")
        slack.wait(lambda: answers(slack))

        code = process.stop()
        errors = process.errors()

    assert code == 0
    assert process.told[0] == "Carrel for Bakers' Guild Certificate."
    assert process.told[1] == "slack: on, by Socket Mode; staff's cards go to C0STAFF."
    assert process.told[2] == "telegram: off; it wants CARREL_TELEGRAM_TOKEN."
    assert process.told[3].startswith("email: off; it wants CARREL_SMTP_URL and ")
    assert process.told[-1] == "Stopped; nothing is lost."
    assert "Traceback" not in errors
    assert held(shell) == 0
    assert states(store(shell.data).uow) == [State.STOPPED]


def test_no_secret_is_printed_or_logged(shell: Shell, slack: SlackServer) -> None:
    slack.refuse_tokens()
    with served(shell, slack, CARREL_LOG="json") as process:
        transaction = store(shell.data).uow
        slack.wait(lambda: State.TOKEN_INVALID in states(transaction))
        process.stop(signal.SIGINT)
        said = "\n".join((*process.told, process.errors()))

    assert "token-invalid" in said
    assert slack.token not in said
    assert slack.app_token not in said


def test_what_was_acknowledged_before_a_kill_is_answered_after_it(
    shell: Shell, slack: SlackServer
) -> None:
    count = 30
    with served(shell, slack, CARREL_LEASE_SECONDS="86400") as process:
        slack.wait(lambda: slack.links)
        said = [slack.say(ADA, f"How hot is oven number {number}?") for number in range(count)]
        slack.wait(lambda: all(push.acked for push in said))
        assert process.stop(signal.SIGKILL) == -signal.SIGKILL
    before = answers(slack)
    with store(shell.data).uow() as uow:
        kept = sum(uow.inbox.counts().values())

    with served(shell, slack, CARREL_LEASE_SECONDS="86400") as process:
        slack.wait(lambda: answers(slack) >= count, seconds=PATIENCE)
        assert process.stop() == 0

    assert kept == count
    assert before < count
    assert answers(slack) <= count + 4  # what was sent in the moment of the kill comes twice
    with store(shell.data).uow() as uow:
        assert uow.inbox.counts() == {"waiting": 0, "claimed": 0, "done": count, "given-up": 0}


def test_two_do_not_listen_on_one_database_but_a_worker_helps(
    shell: Shell, slack: SlackServer
) -> None:
    with served(shell, slack) as first:
        second = Served(shell, "serve", slack_settings(slack))
        assert second.ended() == 1
        assert "Another carrel serve works on the database" in second.errors()
        second.close()
        with served(shell, slack, "worker") as worker:
            assert worker.stop() == 0
        assert first.stop() == 0


def test_a_worker_handles_and_answers_what_another_process_received(
    shell: Shell, slack: SlackServer
) -> None:
    address = Address(channel="slack", value=ADA)
    message = InboundMessage(
        id="D1:1.1", sender=address, conversation=str(address), text="hello", sent_at=NOON
    )
    with served(shell, slack, "worker", CARREL_SLACK_APP_TOKEN="") as worker:
        with store(shell.data).uow() as uow:
            uow.inbox.add(message, at=NOON)
            uow.commit()
        slack.wait(lambda: answers(slack), seconds=PATIENCE)
        assert worker.stop() == 0

    assert slack.links_ever == 0
    assert states(store(shell.data).uow) == []


def test_slack_may_call_by_signed_requests(shell: Shell, slack: SlackServer) -> None:
    by_http = {
        "CARREL_SLACK_APP_TOKEN": "",
        "CARREL_SLACK_SIGNING_SECRET": slack.signing_secret,
        "CARREL_HTTP": "127.0.0.1:0",
    }
    with served(shell, slack, **by_http) as process:
        url = f"{process.url}/slack/events"
        slack.wait(lambda: request(process.url, "/slack/events")[0] != 503)
        slack.request_url = url
        slack.say(ADA, "hello")
        slack.wait(lambda: answers(slack))
        forged, _ = request(process.url, "/slack/events", method="POST", body=b"{}")
        status, health = request(process.url, "/health")
        _, measures = request(process.url, "/metrics")
        lost, _ = request(process.url, "/slack")
        assert process.stop() == 0

    assert forged == 401
    assert (status, json.loads(health)["channels"]["slack"]["state"]) == (200, "connected")
    assert 'carrel_messages_sent_total{channel="slack"} 1.0' in measures
    assert lost == 404


def test_what_a_killed_process_served_and_nobody_serves_now_is_noted_as_stopped(
    shell: Shell, slack: SlackServer
) -> None:
    transaction = store(shell.data).uow
    mail = ChannelState(channel="email", state=State.CONNECTED, told="", since=NOON)
    with transaction() as uow:
        uow.channels.note(mail)
        uow.commit()

    with served(shell, slack) as process:
        with transaction() as uow:
            noted = {one.channel: one.state for one in uow.channels.all()}
        process.stop()

    assert noted["email"] is State.STOPPED


def test_a_process_leaves_no_lock_file(shell: Shell, slack: SlackServer) -> None:
    folder = shell.data / "processes"
    with served(shell, slack, "worker") as worker:
        (own,) = folder.glob("*.lock")
        worker.stop(signal.SIGKILL)
    left = own.exists()

    with served(shell, slack, "worker") as worker:
        assert not own.exists()
        assert worker.stop() == 0

    assert left
    assert list(folder.iterdir()) == []


def test_without_any_channel_it_tells_what_to_set(shell: Shell) -> None:
    for command in ("serve", "worker"):
        result = shell.run(command)

        assert result.exit_code == 2
        assert "slack: CARREL_SLACK_BOT_TOKEN and CARREL_SLACK_APP_TOKEN (or " in result.stderr
        assert "email: CARREL_SMTP_URL and CARREL_MAIL_ADDRESS" in result.stderr


def test_a_port_that_is_taken_is_named_before_the_pack_is_loaded(
    shell: Shell, slack: SlackServer
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        settings = slack_settings(slack) | {"CARREL_HTTP": f"127.0.0.1:{port}"}
        broken = shell.folder / "bakers"
        broken.mkdir()  # a pack that cannot be loaded is told later
        process = Served(shell, "serve", settings)
        code = process.ended()
        said = process.errors()
        process.close()

    assert code == 2
    assert f"CARREL_HTTP: nothing can listen at 127.0.0.1:{port}" in said


def test_a_terminal_works_beside_a_slack(shell: Shell, slack: SlackServer) -> None:
    result = shell.run("chat", lines="help\n", **slack_settings(slack))

    assert result.exit_code == 0
    assert "Reply with a number." in result.stdout
    assert slack.calls == []
