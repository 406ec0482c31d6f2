"""Telegram, as far as the composition knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import pasted
from bot.app import Store, utc_now
from bot.domain.messages import Address
from bot.ports import Fetcher, Limits, UnitOfWork
from bot.settings import TELEGRAM_API, Settings
from bot.vendors.vendor import Finding, Made, Makings, Setup, Vendor

if TYPE_CHECKING:
    from channels.telegram.access import TelegramAccess

NAME = "telegram"
PATH = "/telegram/updates"
ASIDE = "set-aside"  # below the data folder: what people said and Carrel can never keep
# Telegram's are 30 a second, one a second to one chat and 20 a minute to one group:
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
# At 29.5 a second the 31st message comes 17 ms after the first one's second is over, and by that
# much the way to Telegram may take longer for one message than for another.
LIMITS = Limits(anywhere=1 / 29.5, person=1.0, room=3.0)
# https://core.telegram.org/bots/api#setwebhook
PORTS = {443, 80, 88, 8443}
HALF = (
    "CARREL_TELEGRAM_WEBHOOK_SECRET needs CARREL_HTTP and CARREL_PUBLIC_URL beside it: set them, or"
    " leave it out. Until then Carrel polls"
)
UNCALLED = (
    "Telegram calls only addresses that begin with https:// and have no port but 443, 80, 88 or"
    " 8443: set CARREL_PUBLIC_URL to such a one, or leave out CARREL_TELEGRAM_WEBHOOK_SECRET to"
    " poll"
)


def _setup(settings: Settings) -> Setup:
    speaks = bool(settings.telegram_token.get_secret_value())
    secret = bool(settings.telegram_webhook_secret.get_secret_value())
    room = settings.telegram_staff_chat
    called = _is_called(settings)
    cards = f"staff's cards go to {pasted.written_chat(room)}"
    without = "no CARREL_TELEGRAM_STAFF_CHAT, so no cards"
    return Setup(
        name=NAME,
        touched=speaks or secret or bool(room),
        missing=() if speaks else ("CARREL_TELEGRAM_TOKEN",),
        deaf=(),
        told=f"by {'webhook' if called else 'polling'}; {cards if room else without}",
        wrong=tuple(_wrong(settings)) if speaks else (),
        room=Address(channel=NAME, value=room) if room else None,
        one_listener=not called,
        files_given="on Telegram",
    )


def _is_called(settings: Settings) -> bool:
    """Whether Telegram calls Carrel; all three are needed for that."""
    secret = settings.telegram_webhook_secret.get_secret_value()
    return bool(secret and settings.http and settings.public_url)


def _wrong(settings: Settings) -> Iterator[str]:
    if settings.telegram_webhook_secret.get_secret_value() and not _is_called(settings):
        yield HALF
    url = urlsplit(settings.public_url)
    port = url.port or {"http": 80}.get(url.scheme, 443)
    fits = url.scheme == "https" and port in PORTS
    # A server of one's own may call any address.
    if _is_called(settings) and settings.telegram_api_url == TELEGRAM_API and not fits:
        yield UNCALLED


def _room_setting(room: Address) -> str:
    return f"CARREL_TELEGRAM_STAFF_CHAT={pasted.written_chat(room.value)}"


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
        aside=settings.data / ASIDE,
    )


def _make(makings: Makings) -> Made:
    from channels.telegram.adapter import Telegram, Timing

    access = _access(makings.settings, makings.elsewhere)
    channel = Telegram(
        access,
        makings.window,
        timing=Timing(clock=utc_now, turns=makings.turns),
        report=makings.report,
        home=partial(settle, makings.store.uow),
    )
    return Made(channel=channel, mounts={PATH: channel.http} if access.is_called else {})


def settle(transaction: Callable[[], UnitOfWork], bot: str, invitation: str) -> str:
    """The bot that was served first, or this one where none was; only its invitation is kept."""
    with transaction() as uow:
        home = uow.channels.settle(NAME, bot)
        if home == bot:
            uow.channels.keep_invitation(NAME, invitation)
        uow.commit()
    return home


def _fetcher(settings: Settings, elsewhere: str) -> Fetcher:
    from channels.telegram.files import TelegramFiles

    return TelegramFiles(_access(settings, elsewhere))


def _look(settings: Settings, store: Store | None) -> Sequence[Finding]:
    from channels.telegram.aside import lying
    from channels.telegram.check import check
    from channels.telegram.words import set_aside

    home, room = "", settings.telegram_staff_chat
    if store:
        with store.uow() as uow:
            home = uow.channels.home(NAME)
            if room:
                room = uow.channels.place_of(Address(channel=NAME, value=room)).value
    found = check(_access(settings), staff_chat=room, home=home)
    findings = [Finding(what=one.what, ok=one.ok, told=one.told) for one in found]
    told = set_aside(lying(settings.data / ASIDE))
    return [*findings, Finding(what="what people said", ok=False, told=told)] if told else findings


TELEGRAM = Vendor(
    name=NAME,
    setup=_setup,
    make=_make,
    looked_at="Telegram itself",
    look=_look,
    fetcher=_fetcher,
    limits=LIMITS,
    room_setting=_room_setting,
)
