"""Settings, read once from the environment and `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError

PROGRAMS = Path(__file__).parent / "programs"
UNSET = SecretStr("")
# What Slack's secrets begin with, and where each is found at https://api.slack.com/apps
TOKENS = {
    "xoxb-": "a bot token (xoxb-, under OAuth & Permissions, Bot User OAuth Token)",
    "xapp-": "an app-level token (xapp-, under Basic Information, App-Level Tokens)",
    "xoxp-": "a user token (xoxp-), which Carrel never needs",
    "xoxe": "a token that expires (xoxe): switch token rotation off for the app",
}
SIGNING = "the signing secret (under Basic Information, App Credentials, Signing Secret)"
# Settings that people copy from elsewhere, often with a space at the end.
PASTED = (
    "http",
    "public_url",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_staff_channel",
    "slack_api_url",
    "smtp_url",
    "mail_address",
)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})  # what never leaves this machine
SMTP_SCHEMES = frozenset({"smtp", "smtp+starttls", "smtps"})


class HostPort(NamedTuple):
    """Where to listen; port 0 lets the system choose one."""

    host: str
    port: int


class Settings(BaseSettings):
    """What an operator may set; every name has the prefix CARREL_. Empty means unset."""

    model_config = SettingsConfigDict(
        env_prefix="CARREL_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    data: Path = Path("var")
    database_url: str = Field(default="", repr=False)  # may hold a password
    files_url: str = ""
    program: Path = PROGRAMS / "lssc"
    secret: SecretStr = UNSET
    encoder: Path | None = None
    cache: Path | None = None
    log: Literal["text", "json"] = "text"
    lease_seconds: float = Field(default=120.0, ge=1, le=86_400, allow_inf_nan=False)
    workers: int = Field(default=4, ge=1, le=8)
    http: str = ""
    public_url: str = ""
    ca_file: Path | None = None
    slack_bot_token: SecretStr = UNSET
    slack_app_token: SecretStr = UNSET
    slack_signing_secret: SecretStr = UNSET
    slack_staff_channel: str = ""
    slack_api_url: str = "https://slack.com/api/"
    smtp_url: SecretStr = UNSET
    mail_address: str = ""

    @property
    def database(self) -> str:
        """The database's URL; an SQLite file in the data folder unless another is named."""
        return self.database_url or f"sqlite:///{(self.data / 'carrel.db').resolve()}"

    @property
    def files(self) -> Path:
        """The folder of stored files."""
        if not self.files_url:
            return self.data / "files"
        if self.files_url.startswith("file://"):
            return Path(self.files_url.removeprefix("file://"))
        raise ConfigurationError(
            f"CARREL_FILES_URL {self.files_url!r} is not supported: use file:///FOLDER."
        )

    @property
    def vectors(self) -> Path:
        """The folder where encoded documents are remembered; safe to delete at any time."""
        return self.cache or Path.home() / ".cache" / "carrel"

    @property
    def terminals(self) -> Path:
        """Where open terminals hold their locks."""
        return self.data / "terminals"

    @property
    def listens_at(self) -> HostPort | None:
        """Host and port of the HTTP side; None when there is none."""
        return _host_port(self.http) if self.http else None

    @field_validator(*PASTED, mode="before")
    @classmethod
    def _without_spaces(cls, given: object) -> object:
        return given.strip() if isinstance(given, str) else given

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, given: SecretStr) -> SecretStr:
        return _of_kind(given, "xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, given: SecretStr) -> SecretStr:
        return _of_kind(given, "xapp-")

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_signing_secret(cls, given: SecretStr) -> SecretStr:
        if kind := _kind(given):
            raise ValueError(f"this is {kind}; give {SIGNING}.")
        return given

    @field_validator("slack_staff_channel")
    @classmethod
    def _is_channel(cls, given: str) -> str:
        if given and not re.fullmatch("[CG][A-Z0-9]+", given):
            raise ValueError(
                "give the channel's ID, like C0123456789; Slack shows it at the bottom of the "
                "channel's details."
            )
        return given

    @field_validator("slack_api_url", "public_url")
    @classmethod
    def _is_url(cls, given: str) -> str:
        if given and not re.match(r"https?://[^/\s@]+(?:/\S*)?$", given):
            raise ValueError("give an address that begins with https:// and has no password.")
        return given and f"{given.rstrip('/')}/"

    @field_validator("slack_api_url")
    @classmethod
    def _is_private(cls, given: str) -> str:
        if given.startswith("http://") and urlsplit(given).hostname not in LOOPBACK:
            raise ValueError("tokens go there: give an address that begins with https://.")
        return given

    @field_validator("http")
    @classmethod
    def _is_host_port(cls, given: str) -> str:
        if given:
            _host_port(given)
        return given

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp_url(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value() and not _is_mail_server(given.get_secret_value()):
            raise ValueError(
                "give it as smtp+starttls://USER:PASSWORD@HOST:PORT (or smtps://, or smtp:// for "
                "a server on this machine), with special characters in the password as %XX."
            )
        return given

    @field_validator("mail_address")
    @classmethod
    def _is_mail_address(cls, given: str) -> str:
        if given and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>]*<[^@\s<>]+@[^@\s<>]+>", given):
            raise ValueError("give one address, like Carrel <carrel@example.org>.")
        return given


def read_settings() -> Settings:
    """The settings; ConfigurationError names each wrong one and never tells a value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "\n".join(
            f"CARREL_{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors(include_input=False)
        )
    except UnicodeDecodeError:
        wrong = ".env is not UTF-8: save it with UTF-8 encoding."
    raise ConfigurationError(wrong)  # without its cause, which may hold a secret


def _kind(given: SecretStr) -> str | None:
    """What kind of Slack's tokens it is; None when it is none of them."""
    value = given.get_secret_value()
    return next((kind for start, kind in TOKENS.items() if value.startswith(start)), None)


def _of_kind(given: SecretStr, start: str) -> SecretStr:
    value = given.get_secret_value()
    if not value or value.startswith(start):
        return given
    raise ValueError(f"this is {_kind(given) or 'no token of Slack'}; give {TOKENS[start]}.")


def _host_port(given: str) -> HostPort:
    host, colon, port = given.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise ValueError("give it as HOST:PORT, for example 127.0.0.1:8080.")
    return HostPort(host.removeprefix("[").removesuffix("]"), int(port))


def _is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in SMTP_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
