"""The composition of a process that serves channels; the only part that knows their vendors."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.app import Knowledge, Store, open_desk, utc_now
from bot.configured import VENDORS, elsewhere, fetchers, rooms_of
from bot.domain.channel_state import State
from bot.domain.messages import Address, InboundMessage
from bot.duties import Duties
from bot.errors import StorageFailed
from bot.ports import Channel, UnitOfWork, Window
from bot.settings import Settings
from bot.usecases.desk import Desk
from bot.usecases.feed_calendar import Feeding
from bot.usecases.note_bounce import note_refused
from bot.usecases.say_again import asking
from bot.vendors.vendor import Makings, Setup
from channels.feed import PATH as CALENDARS
from channels.feed import Feed
from channels.http import Watch, http_app, serve_http
from channels.measures import Counted, Measures
from handlers.pipeline import Pipeline
from handlers.window import DeskWindow
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.pace import Pace
from scheduler.pauses import Pauses
from scheduler.receiver import Receiver
from scheduler.rests import Rests
from scheduler.service import Service, Side
from scheduler.states import States
from scheduler.timely import Timely
from scheduler.watching import Watching
from scheduler.workers import Senders, Workers

SENDERS = 4  # for each channel: one large file does not hold up everybody's answers
Tell = Callable[[str], None]


class Serving:
    """One process: its parts, and how they wake each other. Made on the event loop it runs on."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        knowledge: Knowledge,
        *,
        on: Sequence[Setup],
        heard: Collection[str] | None,
        web: socket.socket | None = None,
    ) -> None:
        """`on` are the channels, and `heard` the names of those that it listens to.

        With None it is one that only handles and sends, for others that listen. `web` is where the
        HTTP side listens; without it there is none.
        """
        self._listening = heard is not None
        self._heard = frozenset(heard or ())
        self._web = web
        self._settings = settings
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._measures = Measures()
        self._rooms = rooms_of(on)
        self._desk = _desk(settings, store, knowledge, self._rooms)
        self._beside = Duties(store=store, desk=self._desk, said=self._wake_senders)
        self._hourly = {setup.name: setup.hourly for setup in on if setup.hourly}
        self._workers = Workers(self._duties, count=settings.workers, worked=self._wake_senders)
        self._receiver = Receiver(store.uow, clock=utc_now, told=self._workers.wake)
        self._states = States(store.uow, clock=utc_now, told=self._workers.wake)
        self._watching = Watching(store.uow, clock=utc_now)
        window = DeskWindow(self._desk, store.uow, rooms=self._rooms)
        self._made = {
            setup.name: VENDORS[setup.name].make(self._makings(setup.name, window)) for setup in on
        }
        self._pauses = Pauses()
        self._senders = [
            Senders([self._dispatcher(name, made.channel).send_waiting for _ in range(SENDERS)])
            for name, made in self._made.items()
        ]

    def _makings(self, name: str, window: Window) -> Makings:
        limits = VENDORS[name].limits
        return Makings(
            settings=self._settings,
            store=self._store,
            window=window,
            turns=Pace(self._store.uow, name, limits=limits, clock=utc_now),
            report=partial(self._report, name),
            elsewhere=elsewhere(self._settings, name),
        )

    async def run(self, *, tell: Tell, told_to_stop: asyncio.Event) -> None:
        """Until it is told to stop. `tell` hears where the HTTP side is, and when all is ready.

        Raises `SideShut` when the HTTP side ends by itself.
        """
        listening = self._listening
        service = Service(
            listeners=[made.channel for name, made in self._made.items() if name in self._heard],
            channels=[made.channel for made in self._made.values()],
            sides=self._sides(tell),
            receiver=self._receiver,
            deliver=self._deliver,
            workers=self._workers,
            senders=self._senders,
        )
        if listening:
            await asyncio.to_thread(self._note_unserved)
        tell(f"Running with {self._settings.workers} workers; Ctrl-C ends it.")
        try:
            await service.run(told_to_stop)
        finally:
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
        pipeline = Pipeline(self._desk, self._store.uow, lease_seconds=seconds, hourly=self._hourly)
        yield partial(self._handle, pipeline)
        yield from self._beside.in_turns()
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
            {name: Timely(Counted(channel, self._measures), clock=utc_now)},
            self._store.uow,
            clock=utc_now,
            lease_seconds=self._settings.lease_seconds,
            lost=self._lost,
            silence=Silence(
                pauses=self._pauses,
                rests=Rests(limits={name: VENDORS[name].limits}),
                still_due=asking(lambda: self._desk.program),
            ),
        )

    def _lost(self, uow: UnitOfWork, address: Address, why: str, now: datetime) -> bool:
        return note_refused(uow, self._desk.program, address, why=why, rooms=self._rooms, now=now)

    def _sides(self, tell: Tell) -> Sequence[Side]:
        clock = self._beside.clock()
        if self._web is None:
            return (clock.run,)
        mounts = {path: app for made in self._made.values() for path, app in made.mounts.items()}
        mounts[CALENDARS] = Feed(Feeding(self._store.uow, self._desk))
        watch = Watch(
            vitals=self._watching.vitals, channels=self._states.now, measures=self._measures
        )
        host, port, *_ = self._web.getsockname()
        paths = ", ".join(("/health", "/metrics", *(_shown(path) for path in mounts)))
        tell(f"http: at {host}:{port} ({paths})")
        return (clock.run, partial(serve_http, http_app(mounts, watch), self._web))

    def _report(self, name: str, state: State, told: str) -> None:
        """Whoever listens to a channel knows how it is doing."""
        if name in self._heard or not self._listening:
            self._states.report(name, state, told)

    def _note_unserved(self) -> None:
        """Channels that only an earlier process served; it may have been killed."""
        with self._store.uow() as uow:
            for known in uow.channels.all():
                if known.channel not in self._made and known.state is not State.STOPPED:
                    stopped = replace(known, state=State.STOPPED, told="", since=utc_now())
                    uow.channels.note(stopped)
            uow.commit()

    def _note_end(self) -> None:
        for name in self._heard:
            self._states.report(name, State.STOPPED, "")
        with suppress(StorageFailed):
            self._states.note()


def _desk(
    settings: Settings, store: Store, knowledge: Knowledge, rooms: tuple[Address, ...]
) -> Desk:
    web = settings.on_the_web
    return open_desk(store, knowledge, fetchers(settings), rooms=rooms, public_url=web)


def _shown(path: str) -> str:
    """A place as people read it: what may stand behind it is left open."""
    start, _, rest = path.partition("{")
    return f"{start}..." if rest else path
