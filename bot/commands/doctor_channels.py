"""What `carrel doctor` finds where a channel is set up: how it was last, and how it is now."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bot.app import Store
from bot.configured import VENDORS, moved, setups
from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import ON_RECORD
from bot.errors import CarrelError
from bot.processes import is_served
from bot.settings import Settings
from bot.vendors.vendor import Finding, Setup

LOOK_SECONDS = 30.0  # for one channel's vendor, however it is reached
FINE = frozenset({State.STARTING, State.CONNECTED, State.REFRESHING, State.RATE_LIMITED})


Findings = Sequence[Finding]


def channel_findings(settings: Settings, store: Store | None) -> Iterator[Finding]:
    """Of every channel that some setting is for; without a store only as it is now."""
    for setup in setups(settings):
        if not setup.touched:
            yield from _untouched(setup)
            continue
        if not setup.is_on(listening=True):
            yield Finding(what=setup.name, ok=False, told=f"it is off; set {setup.wanted}")
        elif store:
            yield _seen(setup, store)
        yield from _set(setup, store)
        if not setup.missing:
            vendor = VENDORS[setup.name]
            yield from _in_time(vendor.looked_at, partial(vendor.look, settings, store))


def _untouched(setup: Setup) -> Iterator[Finding]:
    """E-mail alone is missed where nobody set it up: many people have no other address."""
    if setup.name == ON_RECORD:
        told = (
            "it is off, so whoever is known by their address on record alone hears of nothing; to "
            f"send mail, set {setup.wanted}, and to read it CARREL_IMAP_URL too"
        )
        yield Finding(what="e-mail", ok=True, told=told)


def _set(setup: Setup, store: Store | None) -> Iterator[Finding]:
    """What is to be set otherwise, and what may be."""
    what = f"{setup.name}'s settings"
    if setup.wrong:
        yield Finding(what=what, ok=False, told=f"{'. '.join(setup.wrong)}.")
    if store and (told := moved(setup, store)):
        yield Finding(what=f"{setup.name}'s room", ok=True, told=told)


def _seen(setup: Setup, store: Store) -> Finding:
    """As the process that serves it noted it."""
    with store.uow() as uow:
        known = {one.channel: one for one in uow.channels.all()}.get(setup.name)
    if known is None:
        return Finding(what=setup.name, ok=True, told="it was not served yet: run carrel serve")
    if known.state is State.STOPPED:
        return Finding(what=setup.name, ok=True, told=f"{_since(known)}; run carrel serve")
    if not is_served(store):
        told = f"{_since(known)}, but its process has ended by force: run carrel serve"
        return Finding(what=setup.name, ok=False, told=told)
    told = f"{_since(known)}. {known.told}".removesuffix(". ")
    return Finding(what=setup.name, ok=known.state in FINE, told=told)


def _since(known: ChannelState) -> str:
    return f"{known.state.value} since {known.since:%Y-%m-%d %H:%M} UTC"


def _in_time(what: str, look: Callable[[], Findings]) -> Findings:
    """What the look found, or that it failed or took too long; then its thread is left behind."""
    found: queue.SimpleQueue[Findings] = queue.SimpleQueue()

    def run() -> None:
        try:
            found.put(look())
        except CarrelError as error:
            found.put([Finding(what=what, ok=False, told=str(error))])
        except Exception as error:  # a vendor's library may fail in its own ways
            found.put([Finding(what=what, ok=False, told=f"it failed: {type(error).__name__}")])

    threading.Thread(target=run, name=f"look-at-{what}", daemon=True).start()
    try:
        return found.get(timeout=LOOK_SECONDS)
    except queue.Empty:
        told = f"no answer within {LOOK_SECONDS:.0f} seconds: is this machine online?"
        return [Finding(what=what, ok=False, told=told)]
