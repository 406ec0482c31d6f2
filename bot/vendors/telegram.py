"""Telegram, as far as the composition knows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.app import Store, utc_now
from bot.domain.messages import Address
from bot.ports import Fetcher, Limits
from bot.settings import Settings
from bot.vendors.vendor import Finding, Made, Makings, Setup, Vendor

if TYPE_CHECKING:
    from channels.telegram.access import TelegramAccess

NAME = "telegram"
PATH = "/telegram/updates"
# Telegram's are 30 a second, one a second to one chat and 20 a minute to one group:
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
LIMITS = Limits(anywhere=1 / 29.5, person=1.0, room=3.0)
WEBHOOK = "CARREL_TELEGRAM_WEBHOOK_SECRET needs CARREL_HTTP and CARREL_PUBLIC_URL beside it"


def _setup(settings: Settings) -> Setup:
    speaks = bool(settings.telegram_token.get_secret_value())
    secret = bool(settings.telegram_webhook_secret.get_secret_value())
    room = settings.telegram_staff_chat
    by = "webhook" if _is_called(settings) else f"polling ({WEBHOOK})" if secret else "polling"
    staff = f"staff's cards go to {room}" if room else "no CARREL_TELEGRAM_STAFF_CHAT, so no cards"
    return Setup(
        name=NAME,
        touched=speaks or secret or bool(room),
        missing=() if speaks else ("CARREL_TELEGRAM_TOKEN",),
        deaf=(),
        told=f"by {by}; {staff}",
        room=Address(channel=NAME, value=room) if room else None,
    )


def _is_called(settings: Settings) -> bool:
    """Whether Telegram calls Carrel; all three are needed for that."""
    secret = settings.telegram_webhook_secret.get_secret_value()
    return bool(secret and settings.http and settings.public_url)


# Telegram's library takes seconds to load, and most commands do not need it.


def _access(settings: Settings, elsewhere: str = "") -> TelegramAccess:
    from channels.telegram.access import TelegramAccess

    called = _is_called(settings)
    return TelegramAccess(
        token=settings.telegram_token.get_secret_value(),
        webhook_secret=settings.telegram_webhook_secret.get_secret_value() if called else "",
        api_url=settings.telegram_api_url,
        public_url=f"{settings.public_url.rstrip('/')}{PATH}" if called else "",
        files=settings.telegram_files,
        elsewhere=elsewhere,
        ca=settings.ca_file,
    )


def _make(makings: Makings) -> Made:
    from channels.telegram.adapter import Telegram

    access = _access(makings.settings, makings.elsewhere)
    channel = Telegram(
        access,
        makings.window,
        clock=utc_now,
        turns=makings.turns,
        limits=LIMITS,
        report=makings.report,
        home=partial(_settle, makings.store),
    )
    return Made(channel=channel, mounts={PATH: channel.http} if access.is_called else {})


def _settle(store: Store, bot: str, door: str) -> str:
    """The bot that was served first, which is this one where none was; only its door is kept."""
    with store.uow() as uow:
        home = uow.channels.settle(NAME, bot)
        if home == bot:
            uow.channels.open_door(NAME, door)
        uow.commit()
    return home


def _fetcher(settings: Settings, elsewhere: str) -> Fetcher:
    from channels.telegram.files import TelegramFiles

    return TelegramFiles(_access(settings, elsewhere))


def _look(settings: Settings, store: Store | None) -> Sequence[Finding]:
    from channels.telegram.check import check

    home, room = "", settings.telegram_staff_chat
    if store:
        with store.uow() as uow:
            home = uow.channels.home(NAME)
            if room:
                room = uow.channels.place_of(Address(channel=NAME, value=room)).value
    found = check(_access(settings), staff_chat=room, home=home)
    return [Finding(what=one.what, ok=one.ok, told=one.told) for one in found]


TELEGRAM = Vendor(
    name=NAME,
    setup=_setup,
    make=_make,
    looked_at="Telegram itself",
    look=_look,
    fetcher=_fetcher,
    files_given="on Telegram",
    limits=LIMITS,
)
