"""Settings, read once from the environment and `.env`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import pasted
from bot.errors import ConfigurationError

PROGRAMS = Path(__file__).parent / "programs"
UNSET = SecretStr("")
TELEGRAM_API = "https://api.telegram.org/"
# Settings that people copy from elsewhere, often with a space at the end.
PASTED = (
    "http",
    "public_url",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_staff_channel",
    "slack_api_url",
    "telegram_token",
    "telegram_webhook_secret",
    "telegram_staff_chat",
    "telegram_api_url",
    "smtp_url",
    "imap_url",
    "mail_address",
    "mail_authserv_id",
    "mail_staff",
    "mail_dkim_selector",
    "dns",
)


_NUMBERS: Mapping[type, str] = MappingProxyType({int: "whole number", float: "number"})


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
    telegram_token: SecretStr = UNSET
    telegram_webhook_secret: SecretStr = UNSET
    telegram_staff_chat: str = ""
    telegram_api_url: str = TELEGRAM_API
    telegram_files: Path | None = None
    smtp_url: SecretStr = UNSET
    imap_url: SecretStr = UNSET
    mail_address: str = ""
    mail_token_file: Path | None = None
    mail_authserv_id: str = ""
    mail_staff: str = ""
    mail_hourly: int = Field(default=40, ge=1, le=10_000)
    mail_dkim_key: Path | None = None
    mail_dkim_selector: str = ""
    dns: str = ""

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
    def listens_at(self) -> pasted.HostPort | None:
        """Host and port of the HTTP side; None when there is none."""
        return pasted.host_port(self.http) if self.http else None

    @property
    def on_the_web(self) -> str:
        """The address by which the world reaches the HTTP side; empty where it cannot."""
        return self.public_url if self.http else ""

    @field_validator(*PASTED, mode="before")
    @classmethod
    def _without_spaces(cls, given: object) -> object:
        return given.strip() if isinstance(given, str) else given

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, given: SecretStr) -> SecretStr:
        return _secret(given, partial(pasted.slack_token, start="xoxb-"))

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, given: SecretStr) -> SecretStr:
        return _secret(given, partial(pasted.slack_token, start="xapp-"))

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_signing_secret(cls, given: SecretStr) -> SecretStr:
        return _secret(given, pasted.signing_secret)

    @field_validator("slack_staff_channel")
    @classmethod
    def _is_channel(cls, given: str) -> str:
        return given and pasted.slack_channel(given)

    @field_validator("telegram_token")
    @classmethod
    def _is_telegram_token(cls, given: SecretStr) -> SecretStr:
        return _secret(given, pasted.telegram_token)

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _is_webhook_secret(cls, given: SecretStr) -> SecretStr:
        return _secret(given, pasted.webhook_secret)

    @field_validator("telegram_staff_chat")
    @classmethod
    def _is_chat(cls, given: str) -> str:
        return given and pasted.telegram_chat(given)

    @field_validator("slack_api_url", "telegram_api_url", "public_url")
    @classmethod
    def _is_url(cls, given: str) -> str:
        return given and pasted.web_address(given)

    @field_validator("slack_api_url", "telegram_api_url")
    @classmethod
    def _is_private(cls, given: str) -> str:
        return pasted.private(given)

    @field_validator("http")
    @classmethod
    def _is_host_port(cls, given: str) -> str:
        if given:
            pasted.host_port(given)
        return given

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp_url(cls, given: SecretStr) -> SecretStr:
        return _secret(given, pasted.mail_server)

    @field_validator("imap_url")
    @classmethod
    def _is_imap_url(cls, given: SecretStr) -> SecretStr:
        return _secret(given, pasted.mailbox)

    @field_validator("dns")
    @classmethod
    def _is_resolver(cls, given: str) -> str:
        return given and pasted.resolver(given)

    @field_validator("mail_authserv_id")
    @classmethod
    def _is_authserv_id(cls, given: str) -> str:
        return given and pasted.authserv_id(given)

    @field_validator("mail_staff")
    @classmethod
    def _is_staff_address(cls, given: str, info: ValidationInfo) -> str:
        return given and pasted.staff_address(given, info.data.get("mail_address", ""))

    @field_validator("mail_dkim_selector")
    @classmethod
    def _is_selector(cls, given: str) -> str:
        return given and pasted.selector(given)

    @field_validator("mail_address")
    @classmethod
    def _is_mail_address(cls, given: str) -> str:
        return given and pasted.mail_address(given)


def read_settings() -> Settings:
    """The settings; ConfigurationError names each wrong one and never tells a value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "\n".join(_told(one) for one in error.errors(include_input=False))
    except UnicodeDecodeError:
        wrong = ".env is not UTF-8: save it with UTF-8 encoding."
    raise ConfigurationError(wrong)  # without its cause, which may hold a secret


def _told(error: Mapping[str, Any]) -> str:
    """What is wrong with one setting, in our own words where the library has others."""
    name = str(error["loc"][0])
    told = error["msg"].removeprefix("Value error, ")
    kind = Settings.model_fields[name].annotation if name in Settings.model_fields else None
    if kind in (int, float) and error["type"] != "value_error":
        bounds = Settings.model_fields[name].metadata
        least = next(one.ge for one in bounds if hasattr(one, "ge"))
        most = next(one.le for one in bounds if hasattr(one, "le"))
        told = f"it is no {_NUMBERS[kind]} from {least} to {most}: write one, or leave it unset"
    elif error["type"] == "literal_error":
        told = f"it can be {error['ctx']['expected']}"
    return f"CARREL_{name.upper()}: {told}"


def _secret(given: SecretStr, checked: Callable[[str], str]) -> SecretStr:
    value = given.get_secret_value()
    return SecretStr(checked(value)) if value else given
