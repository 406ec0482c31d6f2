"""The composition of a process that serves channels; the only part that knows their vendors."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from starlette.types import ASGIApp

from bot.app import Knowledge, Store, open_desk, utc_now
from bot.configured import Way
from bot.domain.channel_state import State
from bot.domain.messages import Address, InboundMessage
from bot.errors import StorageFailed
from bot.ports import Channel, Fetcher, UnitOfWork, Window
from bot.settings import Settings
from bot.usecases.announce import announce
from bot.usecases.desk import Desk
from bot.usecases.lose_address import lose_address
from channels.email import access as smtp
from channels.email.adapter import Email
from channels.http import Watch, http_app, listen_at, serve_http
from channels.measures import Counted, Measures
from channels.slack.access import SlackAccess
from channels.slack.adapter import Slack
from channels.slack.files import SlackFiles
from handlers.pipeline import Pipeline
from handlers.window import DeskWindow
from scheduler.dispatcher import Dispatcher
from scheduler.receiver import Receiver
from scheduler.service import Door, Service
from scheduler.states import States
from scheduler.watching import Watching
from scheduler.workers import Sender, Workers

SENDERS = 4  # for each channel: one large file does not hold up everybody's answers
SLACK_PATH = "/slack/events"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What channels are made from."""

    settings: Settings
    store: Store
    window: Window
    states: States


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A channel, and the apps that belong into the HTTP side, by path."""

    channel: Channel
    mounts: Mapping[str, ASGIApp]


def slack_access(settings: Settings) -> SlackAccess:
    """The secrets of Slack."""
    return SlackAccess(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
    )


def _slack(place: Place) -> Made:
    access = slack_access(place.settings)
    report = partial(place.states.report, "slack")
    channel = Slack(access, place.window, clock=utc_now, report=report)
    return Made(channel=channel, mounts={SLACK_PATH: channel.http} if access.signing_secret else {})


def _email(place: Place) -> Made:
    settings = place.settings
    access = smtp.parse(settings.smtp_url.get_secret_value(), ca=settings.ca_file)
    sender = settings.mail_address
    place.states.report("email", State.CONNECTED, "")
    channel = Email(access, sender=sender, files=place.store.files, clock=utc_now)
    return Made(channel=channel, mounts={})


MAKERS: Mapping[str, Callable[[Place], Made]] = {"slack": _slack, "email": _email}


def fetchers(on: Sequence[Way], settings: Settings) -> Mapping[str, Fetcher]:
    """What brings files that wait at a channel, by the channel's name."""
    names = {way.name for way in on}
    return {"slack": SlackFiles(slack_access(settings))} if "slack" in names else {}


def rooms(on: Sequence[Way], settings: Settings) -> tuple[Address, ...]:
    """Where staff hear of submissions and questions."""
    room = settings.slack_staff_channel
    if not room or "slack" not in {way.name for way in on}:
        return ()
    return (Address(channel="slack", value=room),)


class Serving:
    """One process: its parts, and how they wake each other. Made on the event loop it runs on."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        knowledge: Knowledge,
        *,
        on: Sequence[Way],
        listening: bool,
    ) -> None:
        """`on` are the channels; without `listening` it only handles and sends."""
        self._listening = listening
        self._settings = settings
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._measures = Measures()
        self._desk = open_desk(store, knowledge, fetchers(on, settings))
        self._rooms = rooms(on, settings)
        self._workers = Workers(self._duties, count=settings.workers, worked=self._wake_senders)
        self._receiver = Receiver(store.uow, clock=utc_now, told=self._workers.wake)
        self._states = States(store.uow, clock=utc_now, told=self._workers.wake)
        self._watching = Watching(store.uow, clock=utc_now)
        window = DeskWindow(self._desk, store.uow)
        place = Place(settings=settings, store=store, window=window, states=self._states)
        self._made = {way.name: MAKERS[way.name](place) for way in on}
        self._senders = [
            Sender(self._dispatcher(name, made.channel).send_one)
            for name, made in self._made.items()
            for _ in range(SENDERS)
        ]

    async def run(self, *, tell: Tell, told_to_stop: asyncio.Event) -> None:
        """Until it is told to stop. `tell` hears where the HTTP side is, and when all is ready."""
        listening = self._listening
        channels = [made.channel for made in self._made.values()]
        service = Service(
            listeners=channels if listening else (),
            channels=channels,
            doors=self._doors(tell) if listening else (),
            receiver=self._receiver,
            deliver=self._deliver,
            workers=self._workers,
            senders=self._senders,
        )
        tell(f"Running with {self._settings.workers} workers; Ctrl-C ends it.")
        await service.run(told_to_stop)
        self._watching.close()
        if listening:
            await asyncio.to_thread(self._note_end)

    async def _deliver(self, message: InboundMessage) -> bool:
        fresh = await self._receiver.receive(message)
        if fresh:
            self._measures.received(message.sender.channel)
        return fresh

    def _duties(self) -> Iterable[Callable[[], bool]]:
        """What a worker's thread does, in turns."""
        seconds = self._settings.lease_seconds
        pipeline = Pipeline(self._desk, self._store.uow, lease_seconds=seconds)
        yield partial(self._handle, pipeline)
        if self._rooms:
            yield partial(_announce, self._store.uow(), self._desk, self._rooms)
        if self._listening:  # one that only sends does not know whether anybody listens
            yield self._states.note

    def _handle(self, pipeline: Pipeline) -> bool:
        if not pipeline.handle_one():
            return False
        self._measures.handled()
        return True

    def _wake_senders(self) -> None:
        """From a worker's thread."""
        with suppress(RuntimeError):  # the loop has ended, and this thread was left behind
            for sender in self._senders:
                self._loop.call_soon_threadsafe(sender.wake)

    def _dispatcher(self, name: str, channel: Channel) -> Dispatcher:
        return Dispatcher(
            {name: Counted(channel, self._measures)},
            self._store.uow,
            clock=utc_now,
            lease_seconds=self._settings.lease_seconds,
            lost=lambda uow, address, why, now: lose_address(uow, address, why=why, now=now),
        )

    def _doors(self, tell: Tell) -> Sequence[Door]:
        place = self._settings.listens_at
        if place is None:
            return ()
        mounts = {path: app for made in self._made.values() for path, app in made.mounts.items()}
        watch = Watch(
            vitals=self._watching.vitals, channels=self._states.now, measures=self._measures
        )
        listening = listen_at(place.host, place.port)
        host, port, *_ = listening.getsockname()
        tell(f"http: at {host}:{port} (/health, /metrics{''.join(f', {path}' for path in mounts)})")
        return (partial(serve_http, http_app(mounts, watch), listening),)

    def _note_end(self) -> None:
        for name in self._made:
            self._states.report(name, State.STOPPED, "")
        with suppress(StorageFailed):
            self._states.note()


def _announce(uow: UnitOfWork, desk: Desk, staff: Sequence[Address]) -> bool:
    with uow:
        told = announce(uow, desk.program, staff, now=utc_now())
        uow.commit()
    return told


@contextmanager
def until_signalled() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set; the second time they end the process as usual."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        told.set()
        for each in signals:
            loop.remove_signal_handler(each)

    for each in signals:
        loop.add_signal_handler(each, stop)
    try:
        yield told
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
