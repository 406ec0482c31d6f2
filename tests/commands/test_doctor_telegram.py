"""`carrel doctor` where Telegram is set up: how it was last, how it is now, what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import Address
from storage.alone import alone
from tests.commands.found import findings, note
from tests.commands.served import store, telegram_settings
from tests.commands.shell import Shell
from tests.telegram.server import TelegramServer

ROOM = -1001234567890


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A bot, and a group of the staff's that it is in."""
    with TelegramServer() as server:
        server.add_person(1, "Sal")
        server.add_group(ROOM, 1, title="Staff")
        yield server


def test_a_new_bot_is_well_before_it_is_served(shell: Shell, telegram: TelegramServer) -> None:
    settings = telegram_settings(telegram) | {"CARREL_TELEGRAM_STAFF_CHAT": str(ROOM)}
    found = findings(shell, **settings)

    assert found.pop("telegram") == (True, "it was not served yet: run carrel serve")
    assert found[f"Telegram's group {ROOM}"] == (True, "Carrel is in Staff.")
    assert all(ok for ok, _ in found.values())


def test_a_refused_token_is_told_and_not_shown(shell: Shell, telegram: TelegramServer) -> None:
    telegram.refuse_token()

    result = shell.run("doctor", **telegram_settings(telegram))

    assert result.exit_code == 1
    assert "PROBLEM  Telegram's token: " in result.stdout
    assert "@BotFather" in result.stdout
    assert telegram.token not in result.output


def test_a_network_that_is_away_is_a_finding(shell: Shell, telegram: TelegramServer) -> None:
    telegram.go_down()

    found = findings(shell, **telegram_settings(telegram))

    assert not found["Telegram's token"][0]
    assert "cannot be reached" in found["Telegram's token"][1]


def test_a_group_without_a_token_tells_the_other_half(shell: Shell) -> None:
    found = findings(shell, CARREL_TELEGRAM_STAFF_CHAT=str(ROOM))

    assert found == {"telegram": (False, "it is off; set CARREL_TELEGRAM_TOKEN")}


def test_another_process_that_polls_is_told_as_the_serving_one_noted_it(
    shell: Shell, telegram: TelegramServer
) -> None:
    note(shell, State.NOT_PERMITTED, "Another process polls.", channel="telegram")

    with alone(shell.data / "processes" / "serve.lock", advice=""):
        found = findings(shell, **telegram_settings(telegram))

    told = "not-permitted since 2026-11-21 18:00 UTC. Another process polls"
    assert found["telegram"] == (False, told + ".")
    assert telegram.called("getUpdates") == []


def test_the_token_of_another_bot_than_before_is_a_finding(
    shell: Shell, telegram: TelegramServer
) -> None:
    shell.run("doctor")
    with store(shell.data).uow() as uow:
        uow.channels.settle("telegram", "12345")
        uow.commit()

    found = findings(shell, **telegram_settings(telegram))

    assert not found["Telegram's bot"][0]
    assert "another bot" in found["Telegram's bot"][1]


def test_a_group_that_moved_is_looked_up_where_it_is_now(
    shell: Shell, telegram: TelegramServer
) -> None:
    shell.run("doctor")
    with store(shell.data).uow() as uow:
        old, new = (Address(channel="telegram", value=id) for id in ("-55", str(ROOM)))
        uow.channels.moved(old, new)
        uow.commit()

    settings = telegram_settings(telegram) | {"CARREL_TELEGRAM_STAFF_CHAT": "-55"}
    found = findings(shell, **settings)

    assert found[f"Telegram's group {ROOM}"] == (True, "Carrel is in Staff.")
    assert found["telegram's room"][1].endswith(f"set CARREL_TELEGRAM_STAFF_CHAT={ROOM}")


def test_half_a_webhook_tells_the_other_half(shell: Shell, telegram: TelegramServer) -> None:
    half = telegram_settings(telegram) | {"CARREL_TELEGRAM_WEBHOOK_SECRET": "s"}

    ok, told = findings(shell, **half)["telegram's settings"]

    assert not ok
    assert "needs CARREL_HTTP and CARREL_PUBLIC_URL" in told


def test_the_webhook_s_address_is_the_public_one_with_its_path(
    shell: Shell, telegram: TelegramServer
) -> None:
    hooked = telegram_settings(telegram) | {
        "CARREL_TELEGRAM_WEBHOOK_SECRET": "s",
        "CARREL_HTTP": "127.0.0.1:8080",
        "CARREL_PUBLIC_URL": "https://127.0.0.1:9",
    }
    telegram.hook("https://127.0.0.1:9/telegram/updates")

    found = findings(shell, **hooked)["Telegram's webhook"]

    assert found == (True, "https://127.0.0.1:9/telegram/updates is set. Nothing waits.")
