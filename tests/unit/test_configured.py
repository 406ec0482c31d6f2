"""Which channels the settings switch on."""

from __future__ import annotations

from typing import Any

import pytest

from bot.configured import elsewhere, fetchers, rooms, set_up, setups
from bot.errors import ConfigurationError
from bot.settings import Settings

SLACK = {"slack_bot_token": "xoxb-1"}
TELEGRAM = {"telegram_token": "1234:abc"}
HOOK = {"telegram_webhook_secret": "s", "http": "localhost:80"}
MAIL = {"smtp_url": "smtps://mail.example.org", "mail_address": "carrel@example.org"}


def of(**given: Any) -> Settings:
    """Settings of these and nothing else."""
    return Settings(_env_file=None, **given)


def on(settings: Settings, *, listening: bool) -> list[str]:
    """The names of the channels that are on."""
    return [setup.name for setup in set_up(settings, listening=listening)]


def test_without_any_channel_every_setting_that_would_help_is_named() -> None:
    with pytest.raises(ConfigurationError) as caught:
        set_up(of(), listening=True)

    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SMTP_URL"):
        assert f"CARREL_{name}" in str(caught.value)
    for name in ("TELEGRAM_TOKEN", "MAIL_ADDRESS"):
        assert f"CARREL_{name}" in str(caught.value)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"slack_app_token": "xapp-1"}, "by Socket Mode"),
        ({"slack_signing_secret": "s", "http": "localhost:80"}, "by signed requests"),
        (
            {"slack_app_token": "xapp-1", "slack_signing_secret": "s", "http": "localhost:80"},
            "by Socket Mode and signed requests",
        ),
    ],
)
def test_slack_listens_by_either_way_or_both(more: dict[str, str], told: str) -> None:
    (setup,) = set_up(of(**SLACK, **more), listening=True)

    assert setup.name == "slack"
    assert setup.told.startswith(told)


def test_a_process_that_only_sends_needs_no_way_to_hear() -> None:
    deaf = of(**SLACK, slack_signing_secret="s")

    assert on(deaf, listening=False) == ["slack"]
    with pytest.raises(ConfigurationError):
        set_up(deaf, listening=True)


def test_mail_alone_is_enough() -> None:
    assert on(of(**MAIL), listening=True) == ["email"]


def test_a_channel_that_is_half_set_up_tells_what_it_wants() -> None:
    half = of(slack_app_token="xapp-1", mail_address="a@b.c")
    found = {setup.name: setup for setup in setups(half)}

    touched = {name: setup.touched for name, setup in found.items()}
    assert touched == {"slack": True, "telegram": False, "email": True}
    assert found["slack"].wanted == "CARREL_SLACK_BOT_TOKEN"
    assert found["email"].wanted == "CARREL_SMTP_URL"


def test_it_is_told_where_cards_go() -> None:
    slack = {**SLACK, "slack_app_token": "xapp-1"}
    (without,) = set_up(of(**slack), listening=True)
    (with_room,) = set_up(of(**slack, slack_staff_channel="C1"), listening=True)

    assert "no CARREL_SLACK_STAFF_CHANNEL" in without.told
    assert "cards go to C1" in with_room.told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "by polling; "),
        (HOOK, "by polling; "),
        ({**HOOK, "public_url": "https://carrel.example.org"}, "by webhook; "),
    ],
)
def test_telegram_needs_its_token_alone_and_a_webhook_all_three(
    more: dict[str, str], told: str
) -> None:
    (setup,) = set_up(of(**TELEGRAM, **more), listening=True)

    assert setup.name == "telegram"
    assert setup.told.startswith(told)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ""),
        (HOOK, "needs CARREL_HTTP and CARREL_PUBLIC_URL beside it"),
        ({**HOOK, "public_url": "https://carrel.example.org"}, ""),
        ({**HOOK, "public_url": "https://carrel.example.org:8443/bot"}, ""),
        ({**HOOK, "public_url": "https://carrel.example.org:8080"}, "443, 80, 88 or 8443"),
        ({**HOOK, "public_url": "http://carrel.example.org"}, "begin with https://"),
        ({"public_url": "https://carrel.example.org:8080"}, ""),
        (
            {
                **HOOK,
                "public_url": "http://127.0.0.1:8080",
                "telegram_api_url": "http://localhost:8081",
            },
            "",
        ),
    ],
)
def test_a_webhook_that_telegram_would_not_call_is_told(more: dict[str, str], told: str) -> None:
    (setup,) = set_up(of(**TELEGRAM, **more), listening=True)

    assert bool(setup.wrong) is bool(told)
    assert told in " ".join(setup.wrong)


def test_telegram_lets_one_process_poll_and_any_number_be_called() -> None:
    hooked = {**HOOK, "public_url": "https://carrel.example.org"}
    (polls,) = set_up(of(**TELEGRAM), listening=True)
    (called,) = set_up(of(**TELEGRAM, **hooked), listening=True)
    (slack,) = set_up(of(**SLACK, slack_app_token="xapp-1"), listening=True)

    assert [polls.one_listener, called.one_listener, slack.one_listener] == [True, False, False]


def test_telegram_without_its_token_tells_that_it_wants_it() -> None:
    found = {setup.name: setup for setup in setups(of(telegram_staff_chat="-1001"))}

    assert found["telegram"].touched
    assert found["telegram"].wanted == "CARREL_TELEGRAM_TOKEN"


def test_staff_s_cards_may_go_to_a_topic_of_a_group() -> None:
    (without,) = set_up(of(**TELEGRAM), listening=True)
    (topic,) = set_up(of(**TELEGRAM, telegram_staff_chat="-1001/77"), listening=True)

    assert "cards go to -1001/77" in topic.told

    assert "no CARREL_TELEGRAM_STAFF_CHAT" in without.told
    assert topic.room
    assert (topic.room.channel, topic.room.value) == ("telegram", "-1001#77")


def test_mail_is_read_where_a_mailbox_is_set_and_staff_decide_there() -> None:
    imap = {"imap_url": "imaps://carrel:KEEP@mail.example.org/Inbox2", "mail_staff": "Staff@x.org"}
    (only_sends,) = set_up(of(**MAIL), listening=True)
    (reads,) = set_up(of(**MAIL, **imap), listening=True)
    (unheard,) = set_up(of(**MAIL, mail_staff="staff@x.org"), listening=True)

    assert "does not read" in only_sends.told
    assert (only_sends.one_listener, only_sends.room) == (False, None)
    assert "reads Inbox2 at mail.example.org, sends as " in reads.told
    assert "KEEP" not in reads.told
    assert reads.one_listener
    assert reads.room
    assert (reads.room.channel, reads.room.value) == ("email", "staff@x.org")
    assert (unheard.room, len(unheard.wrong)) == (None, 1)
    assert elsewhere(of(**MAIL, **imap, **SLACK), "slack") == "by e-mail to carrel@example.org"


def test_only_a_channel_with_files_of_its_own_has_them_fetched() -> None:
    assert set(fetchers(of(**SLACK, **MAIL, **TELEGRAM))) == {"slack", "telegram", "email"}


def test_a_file_that_is_too_large_may_go_where_else_files_are_taken() -> None:
    assert elsewhere(of(**SLACK, **TELEGRAM, **MAIL), "telegram") == "on Slack"
    assert elsewhere(of(**SLACK, **TELEGRAM, **MAIL), "slack") == "on Telegram"
    assert elsewhere(of(**TELEGRAM, **MAIL), "telegram") == ""


def test_only_a_channel_that_is_on_has_a_room() -> None:
    room = {"slack_staff_channel": "C7"}

    assert [one.value for one in rooms(of(**SLACK, **room))] == ["C7"]
    assert rooms(of(**room)) == ()
