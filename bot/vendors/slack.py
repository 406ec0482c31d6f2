"""Slack, as far as the composition knows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.app import Store, utc_now
from bot.domain.messages import Address
from bot.ports import Fetcher
from bot.settings import Settings
from bot.vendors.vendor import Finding, Made, Makings, Setup, Vendor

if TYPE_CHECKING:
    from channels.slack.access import SlackAccess

NAME = "slack"
PATH = "/slack/events"


def _setup(settings: Settings) -> Setup:
    signed = bool(settings.slack_signing_secret.get_secret_value())
    calls = bool(settings.slack_app_token.get_secret_value())
    speaks = bool(settings.slack_bot_token.get_secret_value())
    deaf = "CARREL_SLACK_APP_TOKEN (or else CARREL_SLACK_SIGNING_SECRET with CARREL_HTTP)"
    heard_by = (("Socket Mode", calls), ("signed requests", signed and bool(settings.http)))
    by = [name for name, on in heard_by if on]
    room = settings.slack_staff_channel
    told = f"by {' and '.join(by)}; " if by else ""
    staff = f"staff's cards go to {room}" if room else "no CARREL_SLACK_STAFF_CHANNEL, so no cards"
    return Setup(
        name=NAME,
        touched=signed or calls or speaks,
        missing=() if speaks else ("CARREL_SLACK_BOT_TOKEN",),
        deaf=() if by else (deaf,),
        told=f"{told}{staff}",
        room=Address(channel=NAME, value=room) if room else None,
        files_given="on Slack",
    )


# Slack's libraries take a while to load, and most commands need none of them.


def _access(settings: Settings) -> SlackAccess:
    from channels.slack.access import SlackAccess

    return SlackAccess(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
        ca=settings.ca_file,
    )


def _make(makings: Makings) -> Made:
    from channels.slack.adapter import Slack

    access = _access(makings.settings)
    channel = Slack(
        access,
        makings.window,
        clock=utc_now,
        report=makings.report,
        home=partial(_settle, makings.store),
    )
    return Made(channel=channel, mounts={PATH: channel.http} if access.signing_secret else {})


def _settle(store: Store, team: str) -> str:
    """The workspace that was served first, which is this one where none was."""
    with store.uow() as uow:
        home = uow.channels.settle(NAME, team)
        uow.commit()
    return home


def _fetcher(settings: Settings, _elsewhere: str) -> Fetcher:
    # Slack hands out whatever Carrel takes: what is too large there is so on every channel.
    from channels.slack.files import SlackFiles

    return SlackFiles(_access(settings))


def _look(settings: Settings, store: Store | None) -> Sequence[Finding]:
    from channels.slack.check import check

    home = ""
    if store:
        with store.uow() as uow:
            home = uow.channels.home(NAME)
    found = check(_access(settings), staff_channel=settings.slack_staff_channel, home=home)
    return [
        *(Finding(what=one.what, ok=one.ok, told=one.told) for one in found),
        *_request_url(settings),
    ]


def _request_url(settings: Settings) -> Sequence[Finding]:
    """Where Slack has to send its requests, where it is to send any."""
    if not settings.slack_signing_secret.get_secret_value() or not settings.http:
        return ()
    url = f"{settings.public_url.rstrip('/')}{PATH}" if settings.public_url else ""
    told = url or "set CARREL_PUBLIC_URL, where the world reaches CARREL_HTTP, to be told it here"
    return [Finding(what="Slack's Request URL", ok=True, told=told)]


SLACK = Vendor(
    name=NAME,
    setup=_setup,
    make=_make,
    looked_at="Slack itself",
    look=_look,
    fetcher=_fetcher,
)
