"""What doctor asks Telegram: each fault is named with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from channels.checked import Check
from channels.telegram.access import TelegramAccess
from channels.telegram.check import check
from tests.telegram.conftest import ADA, ROOM
from tests.telegram.server import TelegramServer

HOOK = "https://127.0.0.1:9/telegram/updates"  # nobody listens there
GROUP = f"Telegram's group {ROOM}"


def access(telegram: TelegramServer, **more: Any) -> TelegramAccess:
    return TelegramAccess(**{"token": telegram.token, "api_url": telegram.api_url, **more})


def checks(
    telegram: TelegramServer, *, staff_chat: str = "", home: str = "", **more: Any
) -> dict[str, Check]:
    found = check(access(telegram, **more), staff_chat=staff_chat, home=home)
    assert len({one.what for one in found}) == len(found)
    assert telegram.token not in str(found)
    return {one.what: one for one in found}


def faults(found: dict[str, Check]) -> list[str]:
    return [one.what for one in found.values() if not one.ok]


def test_a_bot_that_is_set_up_passes_and_nothing_is_changed(telegram: TelegramServer) -> None:
    found = checks(telegram, staff_chat=str(ROOM), home=str(telegram.world.bot))

    assert faults(found) == []
    assert f"@{telegram.username}" in found["Telegram's token"].told
    assert "Carrel polls" in found["Telegram's webhook"].told
    assert found[GROUP].told == "Carrel is in Staff."
    assert [one.method for one in telegram.calls if not one.method.startswith("get")] == []
    assert telegram.called("getUpdates") == []  # it would end the poll of the one that serves


@pytest.mark.parametrize("token", ["1:wrong", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"])
def test_a_refused_token_is_told_with_what_to_do(telegram: TelegramServer, token: str) -> None:
    (found,) = check(access(telegram, token=token))

    assert (found.what, found.ok) == ("Telegram's token", False)
    assert "@BotFather" in found.told
    assert token not in found.told


def test_a_network_that_is_away_is_told_once(telegram: TelegramServer) -> None:
    telegram.go_down()
    (found,) = checks(telegram, staff_chat=str(ROOM)).values()

    assert not found.ok
    assert "cannot be reached" in found.told


def test_telegram_that_is_asked_too_often_is_no_fault_of_the_token(
    telegram: TelegramServer,
) -> None:
    telegram.fail("getMe", retry_after=5)

    assert "too often" in checks(telegram)["Telegram's token"].told


def test_another_bot_than_the_one_that_was_served_is_a_fault(telegram: TelegramServer) -> None:
    found = checks(telegram, home="12345")

    assert faults(found) == ["Telegram's bot"]
    assert "another bot" in found["Telegram's bot"].told


def test_a_bot_that_may_not_be_put_into_groups_is_a_fault_only_where_staff_have_one(
    telegram: TelegramServer,
) -> None:
    telegram.world.joins_groups = False

    assert faults(checks(telegram)) == []
    found = checks(telegram, staff_chat=str(ROOM))
    assert faults(found) == ["Telegram's groups"]
    assert "/setjoingroups" in found["Telegram's groups"].told


def test_a_bot_that_is_sent_everything_is_told_that_it_need_not_be(
    telegram: TelegramServer,
) -> None:
    assert "/setprivacy" not in checks(telegram)["Telegram's groups"].told
    telegram.world.reads_groups = True

    found = checks(telegram)["Telegram's groups"]
    assert found.ok
    assert "/setprivacy" in found.told


def test_a_webhook_that_is_set_while_carrel_polls_is_a_fault(telegram: TelegramServer) -> None:
    telegram.hook("https://else.example.org/KEEP")
    found = checks(telegram)["Telegram's webhook"]

    assert not found.ok
    assert "else.example.org" in found.told
    assert "/revoke" in found.told
    assert "KEEP" not in found.told  # it may be somebody's secret


def test_a_webhook_of_carrel_s_own_passes(telegram: TelegramServer) -> None:
    called = {"webhook_secret": "s", "public_url": HOOK}
    before = checks(telegram, **called)["Telegram's webhook"]
    telegram.hook(HOOK)
    after = checks(telegram, **called)["Telegram's webhook"]

    assert (before.ok, before.told) == (True, "It is not set yet: run carrel serve.")
    assert (after.ok, after.told) == (True, f"{HOOK} is set. Nothing waits.")


def test_a_webhook_to_another_place_is_a_fault(telegram: TelegramServer) -> None:
    telegram.hook("https://else.example.org/")
    found = checks(telegram, webhook_secret="s", public_url=HOOK)["Telegram's webhook"]

    assert not found.ok
    assert HOOK in found.told


def test_a_webhook_that_is_not_reached_is_told_in_telegram_s_words(
    telegram: TelegramServer,
) -> None:
    telegram.hook(HOOK)
    update = telegram.say(ADA, "hello").updates[0]
    telegram.wait(lambda: update.statuses)
    found = checks(telegram, webhook_secret="s", public_url=HOOK)["Telegram's webhook"]

    assert not found.ok
    assert "cannot hand over" in found.told
    assert "Waiting for carrel serve: 1." in found.told


def test_what_waits_is_told(telegram: TelegramServer) -> None:
    telegram.say(ADA, "hello")

    assert "Waiting for carrel serve: 1." in checks(telegram)["Telegram's webhook"].told


@pytest.mark.parametrize(
    ("bot", "told"),
    [("kicked", "put the bot into the"), ("left", "put the bot"), ("restricted", "may not write")],
)
def test_a_group_that_is_closed_to_the_bot_is_a_fault(
    telegram: TelegramServer, bot: str, told: str
) -> None:
    telegram.world.chats[ROOM].bot = bot
    found = checks(telegram, staff_chat=str(ROOM))

    assert faults(found) == [GROUP]
    assert told in found[GROUP].told


def test_an_administrator_may_write_where_members_may_not(telegram: TelegramServer) -> None:
    room = telegram.world.chats[ROOM]
    room.quiet = True
    assert faults(checks(telegram, staff_chat=str(ROOM))) == [GROUP]
    room.bot = "administrator"
    assert faults(checks(telegram, staff_chat=str(ROOM))) == []


def test_a_group_that_telegram_does_not_know_is_a_fault(telegram: TelegramServer) -> None:
    found = checks(telegram, staff_chat="-100999")["Telegram's group -100999"]

    assert not found.ok
    assert "whether the ID is right" in found.told


def test_a_group_that_has_become_a_supergroup_tells_its_new_id(telegram: TelegramServer) -> None:
    telegram.add_group(-55, ADA, kind="group")
    telegram.migrate(-55, -100_55)
    found = checks(telegram, staff_chat="-55")["Telegram's group -55"]

    assert not found.ok
    assert "CARREL_TELEGRAM_STAFF_CHAT=-10055" in found.told


def test_a_topic_wants_a_group_that_has_topics(telegram: TelegramServer) -> None:
    plain = checks(telegram, staff_chat=f"{ROOM}#77")[f"{GROUP}/77"]
    topic = telegram.add_topic(ROOM, "Reviews", by=ADA)
    forum = checks(telegram, staff_chat=f"{ROOM}#{topic}")[f"{GROUP}/{topic}"]

    assert (plain.ok, "no topics" in plain.told) == (False, True)
    assert forum.ok


def test_somebody_s_private_chat_is_no_group(telegram: TelegramServer) -> None:
    assert "no group" in checks(telegram, staff_chat=str(ADA))[f"Telegram's group {ADA}"].told


def test_the_folder_of_an_own_server_has_to_be_there(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    there = checks(telegram, files=tmp_path)["Telegram's files"]
    missing = checks(telegram, files=tmp_path / "none")["Telegram's files"]

    assert there.ok
    assert not missing.ok
    assert "CARREL_TELEGRAM_FILES" in missing.told


def test_an_own_server_without_its_folder_tells_what_larger_files_need(
    telegram: TelegramServer,
) -> None:
    found = checks(telegram)["Telegram's files"]

    assert found.ok
    assert "20 MB" in found.told
    assert "--local" in found.told
