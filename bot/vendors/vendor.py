"""The row of a vendor: everything that the composition knows of its channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.app import Store
from bot.domain.channel_state import State
from bot.domain.messages import Address
from bot.ports import Channel, Fetcher, Limits, Turns, Window
from bot.settings import Settings

Scope = MutableMapping[str, Any]
WebApp = Callable[  # an ASGI app; here no library of the web is known
    [Scope, Callable[[], Awaitable[Scope]], Callable[[Scope], Awaitable[None]]], Awaitable[None]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """A channel as the settings have it.

    `missing` names the settings without which it cannot send, `deaf` those without which it cannot
    listen; `touched` says that some setting of it is set, `told` how it is used, and `wrong` what
    is to be set otherwise although it is on. `room` is where staff's cards are shown there, if
    anywhere. Of a channel with `one_listener` two processes would take each other's messages.
    Where anybody can write in anybody's name, `hourly` is how many answers somebody gets in any
    hour; 0 is any number. `files_given` is how files can be given there, like "on Slack"; empty
    where they cannot.
    """

    name: str
    touched: bool
    missing: tuple[str, ...]
    deaf: tuple[str, ...]
    told: str
    wrong: tuple[str, ...] = ()
    room: Address | None = None
    one_listener: bool = False
    hourly: int = 0
    files_given: str = ""

    def is_on(self, *, listening: bool) -> bool:
        """Whether a process that listens, or one that only sends, can serve it."""
        return not self.missing and not (listening and self.deaf)

    @property
    def wanted(self) -> str:
        """What is to be set while the channel is off."""
        return " and ".join((*self.missing, *self.deaf))


@dataclass(frozen=True, slots=True, kw_only=True)
class Makings:
    """What a channel is made from; `report` hears how it is doing.

    `turns` are the channel's own, which every process waits for. `elsewhere` says how files can be
    given on other channels, like "on Slack"; it is empty where they cannot.
    """

    settings: Settings
    store: Store
    window: Window
    turns: Turns
    report: Callable[[State, str], None]
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A channel, and the apps that belong into the HTTP side, by path."""

    channel: Channel
    mounts: Mapping[str, WebApp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `told` says what to do when it is not as it should be."""

    what: str
    ok: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One kind of channel. All but `setup` load the vendor's library, and only when called.

    `look` asks the vendor how it is now, `looked_at` names that; it may raise anything, and it may
    have no store to read. `fetcher` makes what brings files that wait there, where files do; its
    second argument says where else people may give them, like `Makings.elsewhere`. `limits` are how
    often the vendor lets all processes together speak. `room_setting` writes a room as the settings
    name it, where the vendor moves rooms.
    """

    name: str
    setup: Callable[[Settings], Setup]
    make: Callable[[Makings], Made]
    looked_at: str
    look: Callable[[Settings, Store | None], Sequence[Finding]]
    fetcher: Callable[[Settings, str], Fetcher] | None = None
    limits: Limits = field(default_factory=Limits)
    room_setting: Callable[[Address], str] | None = None
