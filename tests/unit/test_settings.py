"""Settings from the environment, from a file and from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def test_without_any_setting_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings()

    assert settings.database == f"sqlite:///{tmp_path / 'var' / 'carrel.db'}"
    assert settings.files == Path("var/files")
    assert settings.vectors == tmp_path / "home" / ".cache" / "carrel"
    assert settings.program.is_dir()


def test_the_environment_wins_over_the_file_and_arguments_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CARREL_DATABASE_URL=file\nCARREL_LOG=json\n", encoding="utf-8")
    monkeypatch.setenv("CARREL_DATABASE_URL", "environment")
    monkeypatch.setenv("CARREL_UNHEARD_OF", "x")

    assert read_settings().database == "environment"
    assert read_settings().log == "json"


def test_places_may_be_named_apart_from_the_data() -> None:
    settings = Settings(
        database_url="postgresql://db/carrel", files_url="file:///srv/files", cache=Path("/c")
    )

    assert settings.database == "postgresql://db/carrel"
    assert settings.files == Path("/srv/files")
    assert settings.vectors == Path("/c")


def test_a_file_store_of_another_kind_is_refused_with_the_remedy() -> None:
    with pytest.raises(ConfigurationError, match="use file:///FOLDER"):
        _ = Settings(files_url="s3://bucket").files


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARREL_LOG", "loud")
    monkeypatch.setenv("CARREL_LEASE_SECONDS", "soon")

    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["CARREL_LOG", "CARREL_LEASE_SECONDS"]


def wrong(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    """What is said of a setting."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_an_empty_setting_is_unset(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CARREL_HTTP=\nCARREL_WORKERS=\nCARREL_SLACK_API_URL=\n")

    settings = read_settings()

    assert settings.listens_at is None
    assert settings.workers == 4
    assert settings.slack_api_url == "https://slack.com/api/"


def test_what_was_pasted_with_spaces_is_used_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARREL_SLACK_BOT_TOKEN", " xoxb-1-abc \n")
    monkeypatch.setenv("CARREL_HTTP", " [::1]:8080 ")
    monkeypatch.setenv("CARREL_PUBLIC_URL", "https://carrel.example.org")

    settings = read_settings()

    assert settings.slack_bot_token.get_secret_value() == "xoxb-1-abc"
    assert settings.listens_at == ("::1", 8080)
    assert settings.public_url == "https://carrel.example.org/"


@pytest.mark.parametrize("host", ["slack.example.org", "10.0.0.7", "127.0.0.1.example.org"])
def test_slack_s_tokens_go_to_no_other_machine_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    said = wrong(monkeypatch, "CARREL_SLACK_API_URL", f"http://{host}/api/")

    assert said.startswith("CARREL_SLACK_API_URL: tokens go there")
    assert "http:// is only for a server on this machine" in said
    assert "https://" in said


@pytest.mark.parametrize("place", ["http://127.0.0.1:8/api", "http://[::1]/", "https://s.example/"])
def test_another_slack_may_be_here_or_anywhere_behind_tls(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("CARREL_SLACK_API_URL", place)

    assert read_settings().slack_api_url == f"{place.rstrip('/')}/"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("-1001234567890", "-1001234567890"),
        (" -4711 ", "-4711"),
        ("-1001234567890/77", "-1001234567890#77"),
        ("-1001234567890#77", "-1001234567890#77"),
        ("-1001234567890/1", "-1001234567890"),
    ],
)
def test_a_group_of_telegram_is_named_by_its_id_and_a_topic_s(
    monkeypatch: pytest.MonkeyPatch, given: str, meant: str
) -> None:
    monkeypatch.setenv("CARREL_TELEGRAM_STAFF_CHAT", given)

    assert read_settings().telegram_staff_chat == meant


def test_telegram_s_own_is_asked_unless_another_server_is_named(tmp_path: Path) -> None:
    own = Settings(telegram_api_url="http://127.0.0.1:8081", telegram_files=tmp_path)

    assert Settings().telegram_api_url == "https://api.telegram.org/"
    assert own.telegram_api_url == "http://127.0.0.1:8081/"
    assert own.telegram_files == tmp_path


def test_no_secret_is_shown() -> None:
    settings = Settings(
        secret="KEEP-secret-KEEP",
        database_url="postgresql://carrel:KEEP@db/carrel",
        slack_bot_token="xoxb-KEEP",
        slack_app_token="xapp-KEEP",
        slack_signing_secret="KEEP",
        smtp_url="smtps://carrel:KEEP@mail",
        telegram_token="1234:KEEP",
        telegram_webhook_secret="KEEP",
    )

    assert "KEEP" not in f"{settings!r}{settings}"
    assert settings.smtp_url.get_secret_value() == "smtps://carrel:KEEP@mail"


@pytest.mark.parametrize(
    ("name", "value", "is_one", "wanted"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-KEEP", "an app-level token", "give a bot token (xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxp-1-KEEP", "a user token", "give a bot token (xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxe.xoxb-KEEP", "a token that expires", "token rotation"),
        ("SLACK_APP_TOKEN", "xoxb-1-KEEP", "a bot token", "give an app-level token (xapp-"),
        ("SLACK_APP_TOKEN", "KEEP", "no token of Slack", "under Basic Information"),
        ("SLACK_SIGNING_SECRET", "xoxb-KEEP", "a bot token", "give the signing secret"),
        ("SLACK_BOT_TOKEN", "1234:KEEP", "no token of Slack", "give a bot token (xoxb-"),
        ("TELEGRAM_TOKEN", "xoxb-1-KEEP", "a token of Slack", "@BotFather"),
        ("TELEGRAM_TOKEN", "@KEEP_bot", "no token of Telegram", "digits, a colon, and letters"),
        ("TELEGRAM_TOKEN", "bot1234:KEEP", "no token of Telegram", "@BotFather"),
        ("TELEGRAM_TOKEN", "1234:KEEP/x", "no token of Telegram", "@BotFather"),
    ],
)
def test_a_token_of_the_wrong_kind_is_named_and_not_told(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, is_one: str, wanted: str
) -> None:
    said = wrong(monkeypatch, f"CARREL_{name}", value)

    assert said.startswith(f"CARREL_{name}: this is {is_one}")
    assert wanted in said
    assert "KEEP" not in said


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("HTTP", "8080", "HOST:PORT"),
        ("HTTP", "localhost:http", "HOST:PORT"),
        ("HTTP", "localhost:70000", "HOST:PORT"),
        ("PUBLIC_URL", "https://me:KEEP@carrel.example.org", "has no password"),
        ("PUBLIC_URL", "https://carrel.example.org:KEEP", "begins with https://"),
        ("SLACK_API_URL", "slack.com/api", "begins with https://"),
        ("SLACK_STAFF_CHANNEL", "#staff", "the channel's ID"),
        ("TELEGRAM_API_URL", "api.telegram.org", "begins with https://"),
        ("TELEGRAM_API_URL", "http://bots.example.org:8081", "tokens go there"),
        ("TELEGRAM_WEBHOOK_SECRET", "KEEP this", "1 to 256 letters"),
        ("TELEGRAM_WEBHOOK_SECRET", "x" * 257, "1 to 256 letters"),
        ("TELEGRAM_STAFF_CHAT", "@staff", "a name can change; give the ID"),
        ("TELEGRAM_STAFF_CHAT", "4711", "no ID of a group"),
        ("TELEGRAM_STAFF_CHAT", "https://t.me/+KEEP", "web.telegram.org"),
        ("SMTP_URL", "mail.example.org", "smtp+starttls://"),
        ("SMTP_URL", "smtp://me:KEEP@mail.example.org:port", "smtp+starttls://"),
        ("SMTP_URL", "smtp://[KEEP", "smtp+starttls://"),
        ("MAIL_ADDRESS", "carrel", "give one address"),
        ("IMAP_URL", "smtp://me:KEEP@mail.example.org", "imaps://USER"),
        ("IMAP_URL", "imaps://me:KEEP/2@mail.example.org", "as %XX"),
        ("MAIL_STAFF", "Staff <staff@example.org>", "without a name"),
        ("MAIL_DKIM_SELECTOR", "a b", "the selector alone"),
        ("MAIL_HOURLY", "0", "no whole number from 1 to 10000"),
        ("MAIL_HOURLY", "forty", "no whole number from 1 to 10000"),
        ("MAIL_AUTHSERV_ID", "mx.example.org;", "up to the semicolon"),
        ("MAIL_AUTHSERV_ID", "mx.example.org above", "the word below"),
        ("MAIL_AUTHSERV_ID", "mx.example.org below it", "the word below"),
        ("DNS", "192.0.2.1", "HOST:PORT"),
        ("DNS", "ns.example.org:53", "the IP address of a resolver"),
        ("WORKERS", "0", "no whole number from 1 to 8"),
        ("LEASE_SECONDS", "nan", "no number from 1 to 86400"),
    ],
)
def test_a_wrong_setting_tells_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str
) -> None:
    said = wrong(monkeypatch, f"CARREL_{name}", value)

    assert said.startswith(f"CARREL_{name}: ")
    assert remedy in said
    assert "KEEP" not in said


@pytest.mark.parametrize(
    "staff", ["carrel@example.org", "Carrel+staff@example.org", "submit@example.org"]
)
def test_staffs_cards_cannot_go_to_carrels_own_address(
    monkeypatch: pytest.MonkeyPatch, staff: str
) -> None:
    monkeypatch.setenv("CARREL_MAIL_ADDRESS", "Carrel <carrel@example.org>")

    assert "Carrel's own address" in wrong(monkeypatch, "CARREL_MAIL_STAFF", staff)


def test_a_server_that_writes_what_it_found_below_is_named_with_any_blanks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CARREL_MAIL_AUTHSERV_ID", " mx.example.org  Below ")

    assert read_settings().mail_authserv_id == "mx.example.org below"


def test_settings_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("CARREL_LOG=télégramme".encode("utf-16"))

    with pytest.raises(ConfigurationError, match="save it with UTF-8"):
        read_settings()
