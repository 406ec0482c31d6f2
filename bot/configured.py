"""Which channels there are, which of them the settings switch on, and what the others want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.app import Store
from bot.domain.messages import Address
from bot.errors import ConfigurationError
from bot.ports import Fetcher
from bot.settings import Settings
from bot.vendors.email import EMAIL
from bot.vendors.slack import SLACK
from bot.vendors.telegram import TELEGRAM
from bot.vendors.vendor import Setup, Vendor

# Every kind of channel but the terminal, by its name; a new one is a new row.
VENDORS: Mapping[str, Vendor] = MappingProxyType(
    {one.name: one for one in (SLACK, TELEGRAM, EMAIL)}
)


def setups(settings: Settings) -> tuple[Setup, ...]:
    """Every channel as the settings have it."""
    return tuple(vendor.setup(settings) for vendor in VENDORS.values())


def set_up(settings: Settings, *, listening: bool) -> tuple[Setup, ...]:
    """Those that are on; `ConfigurationError` says what to set when none is."""
    found = setups(settings)
    on = tuple(setup for setup in found if setup.is_on(listening=listening))
    if on:
        return on
    lines = [f"  {setup.name}: {setup.wanted}" for setup in found]
    raise ConfigurationError(
        "\n".join(["No channel is set up. Set in the environment or in .env:", *lines])
    )


def rooms_of(on: Iterable[Setup]) -> tuple[Address, ...]:
    """Where those channels show the staff's cards."""
    return tuple(setup.room for setup in on if setup.room)


def rooms(settings: Settings) -> tuple[Address, ...]:
    """Those of every channel that is on, whichever process has to know of them."""
    return rooms_of(one for one in setups(settings) if one.is_on(listening=False))


def moved(setup: Setup, store: Store) -> str:
    """What to set where the vendor has moved the room of the settings; empty where it has not."""
    written = VENDORS[setup.name].room_setting
    if setup.room is None or written is None:
        return ""
    with store.uow() as uow:
        now = uow.channels.place_of(setup.room)
    if now == setup.room:
        return ""
    return f"The group of staff's cards has another ID now, and they go there: set {written(now)}"


def fetchers(settings: Settings) -> Mapping[str, Fetcher]:
    """What brings files that wait at the channels that are on, by the channel's name.

    Any process that handles messages needs all of them: others may have received the files.
    """
    vendors = (VENDORS[one.name] for one in setups(settings) if one.is_on(listening=False))
    return {
        vendor.name: vendor.fetcher(settings, elsewhere(settings, vendor.name))
        for vendor in vendors
        if vendor.fetcher
    }


def elsewhere(settings: Settings, name: str) -> str:
    """How files can be given on other channels that are on than the one of that name."""
    others = (one for one in setups(settings) if one.name != name and one.is_on(listening=False))
    return " or ".join(one.files_given for one in others if one.files_given)
