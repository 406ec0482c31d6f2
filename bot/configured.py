"""Which channels the settings switch on, and what is missing for the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import SecretStr

from bot.errors import ConfigurationError
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A channel as the settings have it.

    `missing` names the settings without which it cannot send, `deaf` those without which it cannot
    listen; `touched` says that some setting of it is set, `told` how it is used.
    """

    name: str
    touched: bool
    missing: tuple[str, ...]
    deaf: tuple[str, ...]
    told: str

    def is_on(self, *, listening: bool) -> bool:
        """Whether a process that listens, or one that only sends, can serve it."""
        return not self.missing and not (listening and self.deaf)


def ways(settings: Settings) -> tuple[Way, ...]:
    """Every kind of channel but the terminal."""
    return tuple(way(settings) for way in WAYS)


def ways_on(settings: Settings, *, listening: bool) -> tuple[Way, ...]:
    """Those that are on; `ConfigurationError` says what to set when none is."""
    found = ways(settings)
    on = tuple(way for way in found if way.is_on(listening=listening))
    if on:
        return on
    lines = [f"  {way.name}: {wanted(way)}" for way in found]
    raise ConfigurationError(
        "\n".join(["No channel is set up. Set in the environment or in .env:", *lines])
    )


def wanted(way: Way) -> str:
    """What is to be set for a channel that is off."""
    return " and ".join((*way.missing, *way.deaf))


def _slack(settings: Settings) -> Way:
    called = _given(settings.slack_signing_secret) and bool(settings.http)
    calls = _given(settings.slack_app_token)
    deaf = "CARREL_SLACK_APP_TOKEN (or else CARREL_SLACK_SIGNING_SECRET with CARREL_HTTP)"
    by = [name for name, on in (("Socket Mode", calls), ("signed requests", called)) if on]
    room = settings.slack_staff_channel
    told = f"by {' and '.join(by)}; " if by else ""
    staff = f"staff's cards go to {room}" if room else "no CARREL_SLACK_STAFF_CHANNEL, so no cards"
    secrets = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
    )
    return Way(
        name="slack",
        touched=any(map(_given, secrets)),
        missing=() if _given(settings.slack_bot_token) else ("CARREL_SLACK_BOT_TOKEN",),
        deaf=() if by else (deaf,),
        told=f"{told}{staff}",
    )


def _email(settings: Settings) -> Way:
    needed = {
        "CARREL_SMTP_URL": _given(settings.smtp_url),
        "CARREL_MAIL_ADDRESS": bool(settings.mail_address),
    }
    return Way(
        name="email",
        touched=any(needed.values()),
        missing=tuple(name for name, given in needed.items() if not given),
        deaf=(),
        told=f"sends as {settings.mail_address}, and does not read",
    )


def _given(secret: SecretStr) -> bool:
    return bool(secret.get_secret_value())


WAYS: tuple[Callable[[Settings], Way], ...] = (_slack, _email)
