"""`carrel serve` as a real process, with a Telegram on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from bot.domain.channel_state import State
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.commands.served import PATIENCE, served, store
from tests.commands.shell import Shell
from tests.telegram.server import TelegramServer

pytestmark = pytest.mark.xdist_group("serve")
ADA, ROOM = 101, -1001234567890


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A bot that Ada has begun with, and a group."""
    with TelegramServer() as server:
        server.add_person(ADA, "Ada")
        server.add_group(ROOM, ADA)
        yield server


def states(shell: Shell) -> list[State]:
    """The state of each channel, as the doctor finds it."""
    with store(shell.data).uow() as uow:
        return [one.state for one in uow.channels.all()]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_a_message_is_answered_until_it_is_told_to_stop(
    shell: Shell, telegram: TelegramServer
) -> None:
    with served(shell, telegram, CARREL_TELEGRAM_STAFF_CHAT=f"{ROOM}/77") as process:
        telegram.say(ADA, "hello")
        telegram.wait(lambda: telegram.posted(ADA), seconds=PATIENCE)

        code = process.stop()
        errors = process.errors()

    assert code == 0
    assert process.told[2] == f"telegram: on, by polling; staff's cards go to {ROOM}/77."
    assert process.told[-1] == "Stopped; nothing is lost."
    assert "Traceback" not in errors
    assert states(shell) == [State.STOPPED]
    with store(shell.data).uow() as uow:
        assert uow.channels.home("telegram") == str(telegram.world.bot)
        assert uow.channels.invitations()["telegram"].startswith(
            f"https://t.me/{telegram.username}?"
        )


def test_telegram_may_call_carrel_and_nobody_else(shell: Shell, telegram: TelegramServer) -> None:
    port = free_port()
    by_http = {
        "CARREL_TELEGRAM_WEBHOOK_SECRET": "made-up",
        "CARREL_HTTP": f"127.0.0.1:{port}",
        "CARREL_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    with served(shell, telegram, **by_http) as process:
        telegram.wait(lambda: telegram.webhook, seconds=PATIENCE)
        telegram.say(ADA, "hello")
        telegram.wait(lambda: telegram.posted(ADA), seconds=PATIENCE)
        forger = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        forger.request("POST", "/telegram/updates", b"{}")
        forged = forger.getresponse().status
        forger.close()
        assert process.stop() == 0

    assert forged == 401
    assert telegram.webhook == f"http://127.0.0.1:{port}/telegram/updates"
    assert telegram.called("getUpdates") == []
    assert "made-up" not in "\n".join((*process.told, str(telegram.posted(ADA))))


def test_of_two_that_serve_one_alone_polls_and_both_answer(
    shell: Shell, telegram: TelegramServer, database: str
) -> None:
    shared = {"CARREL_DATABASE_URL": database}
    with served(shell, telegram, **shared) as first:
        telegram.wait(lambda: telegram.polling, seconds=PATIENCE)
        with served(shell, telegram, **shared) as second:
            telegram.say(ADA, "hello")
            telegram.wait(lambda: telegram.posted(ADA), seconds=PATIENCE)
            assert second.stop() == 0
        with open_database(database) as opened, SqlUnitOfWork(opened.engine) as uow:
            noted = [one.state for one in uow.channels.all()]
        assert first.stop() == 0
        errors = first.errors()

    assert first.told[2] == "telegram: on, by polling; no CARREL_TELEGRAM_STAFF_CHAT, so no cards."
    assert "heard by another carrel serve" in second.told[2]
    assert noted == [State.CONNECTED]
    assert "not-permitted" not in errors


def test_no_secret_is_printed_or_logged(shell: Shell, telegram: TelegramServer) -> None:
    telegram.refuse_token()
    with served(shell, telegram, CARREL_LOG="json") as process:
        telegram.wait(lambda: State.TOKEN_INVALID in states(shell), seconds=PATIENCE)
        assert process.stop() == 0
        said = "\n".join((*process.told, process.errors()))

    assert "token-invalid" in said
    assert telegram.token not in said
