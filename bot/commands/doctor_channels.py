"""What `carrel doctor` finds where a channel is set up: how it was last, and how it is now."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.app import Store
from bot.configured import Way, wanted, ways
from bot.domain.channel_state import ChannelState, State
from bot.errors import CarrelError
from bot.processes import is_served
from bot.settings import Settings

LOOK_SECONDS = 30.0  # for one channel's vendor, however it is reached
FINE = frozenset({State.STARTING, State.CONNECTED, State.REFRESHING, State.RATE_LIMITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `told` says what to do when it is not as it should be."""

    what: str
    ok: bool
    told: str


Findings = Sequence[Finding]


def channel_findings(settings: Settings, store: Store | None) -> Iterator[Finding]:
    """Of every channel that some setting is for; without a store only as it is now."""
    for way in ways(settings):
        if not way.touched:
            continue
        if not way.is_on(listening=True):
            yield Finding(what=way.name, ok=False, told=f"it is off; set {wanted(way)}")
        elif store:
            yield _seen(way, store)
        if not way.missing:
            what, look = LOOKS[way.name]
            yield from _in_time(what, partial(look, settings))


def _seen(way: Way, store: Store) -> Finding:
    """As the process that serves it noted it."""
    with store.uow() as uow:
        known = {one.channel: one for one in uow.channels.all()}.get(way.name)
    if known is None:
        return Finding(what=way.name, ok=True, told="it was not served yet: run carrel serve")
    if known.state is State.STOPPED:
        return Finding(what=way.name, ok=True, told=f"{_since(known)}; run carrel serve")
    if not is_served(store):
        told = f"{_since(known)}, but its process has ended by force: run carrel serve"
        return Finding(what=way.name, ok=False, told=told)
    told = f"{_since(known)}. {known.told}".removesuffix(". ")
    return Finding(what=way.name, ok=known.state in FINE, told=told)


def _since(known: ChannelState) -> str:
    return f"{known.state.value} since {known.since:%Y-%m-%d %H:%M} UTC"


def _slack(settings: Settings) -> Findings:
    # Vendors' libraries take a while to load, and without Slack nobody needs this one.
    from bot.serving import slack_access
    from channels.slack.check import check

    found = check(slack_access(settings), staff_channel=settings.slack_staff_channel)
    return [
        *(Finding(what=one.what, ok=one.ok, told=one.told) for one in found),
        *_request_url(settings),
    ]


def _request_url(settings: Settings) -> Findings:
    """Where Slack has to send its requests, where it is to send any."""
    if not settings.slack_signing_secret.get_secret_value() or not settings.http:
        return ()
    url = f"{settings.public_url}slack/events" if settings.public_url else ""
    told = url or "set CARREL_PUBLIC_URL, where the world reaches CARREL_HTTP, to be told it here"
    return [Finding(what="Slack's Request URL", ok=True, told=told)]


def _email(settings: Settings) -> Findings:
    from channels.email.access import parse
    from channels.email.check import check

    access = parse(settings.smtp_url.get_secret_value(), ca=settings.ca_file)
    return [Finding(what="mail server", ok=True, told=check(access))]


LOOKS: Mapping[str, tuple[str, Callable[[Settings], Findings]]] = {
    "slack": ("Slack itself", _slack),
    "email": ("mail server", _email),
}


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
