"""A whole Carrel with a vendor: every word goes over the wire, and so does every reply.

The adapter runs on an event loop of its own, as it does in a serving process. Handling and sending
are done by the test (`drain`), so that it knows when all is done.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from starlette.types import ASGIApp

from bot.app import Knowledge
from bot.domain.channel_state import State
from bot.domain.messages import Address, OutboundMessage
from bot.ports import Channel, Deliver, Limits, TextReader
from bot.usecases.announce import announce
from bot.usecases.lose_address import lose_address
from channels.http import serve_http
from handlers.pipeline import Pipeline
from handlers.window import DeskWindow
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.receiver import Receiver
from scheduler.rests import Rests
from tests.desk import LEASE, House
from tests.line import Line

T = TypeVar("T")
Json = dict[str, Any]


class Wired(Channel, Protocol):
    """An adapter that a vendor may call."""

    http: Any  # an ASGI app


class Pushed(Protocol):
    """What came of one thing that somebody did at the vendor."""

    @property
    def acked(self) -> bool:
        """Whether the vendor may forget it."""
        ...


@dataclass(slots=True)
class OnLine:
    """The adapter, as those see it who are on another event loop."""

    adapter: Channel
    line: Line
    name: str

    async def listen(self, deliver: Deliver) -> None:
        """Until it is cancelled."""
        await self.line.elsewhere(self.adapter.listen(deliver))

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """The vendor's id of what was sent."""
        return await self.line.elsewhere(self.adapter.send(message))

    async def close(self) -> None:
        """Lets go of connections."""
        await self.line.elsewhere(self.adapter.close())


class WiredHouse(House):
    """Carrel at a vendor whose people those of the cast are; who inherits says which.

    `room` is the staff's; `states` is what the adapter reported.
    """

    vendor: str  # the channel's name
    limits = Limits()

    def __init__(self, knowledge: Knowledge, folder: Path, *, room: str) -> None:
        super().__init__(knowledge, folder, url=f"sqlite:///{folder / 'carrel.db'}")
        self.room = room
        self.states: list[tuple[State, str]] = []
        self.window = DeskWindow(self.desk, self.transaction)

    # --- what each vendor has its own way for

    def make(self) -> Wired:
        """An adapter that does not listen yet."""
        raise NotImplementedError

    def wait(self, condition: Callable[[], T]) -> T:
        """What the condition gives once it is true."""
        raise NotImplementedError

    def member(self, who: str) -> str:
        """The vendor's id of somebody; whoever was never seen comes to be there."""
        raise NotImplementedError

    def people(self) -> Mapping[str, str]:
        """The e-mail address of everybody there, by the vendor's id."""
        raise NotImplementedError

    def told(self, member: str) -> Sequence[Json]:
        """Carrel's messages to them alone, oldest first."""
        raise NotImplementedError

    def order(self, message: Json) -> float:
        """When it was posted, among all."""
        raise NotImplementedError

    def read(self, message: Json) -> str:
        """What they read."""
        raise NotImplementedError

    def utter(self, member: str, text: str, *paths: Path) -> Pushed:
        """They say it to Carrel alone, in the way of this house."""
        raise NotImplementedError

    # --- its life

    def close(self) -> None:
        """Ends everything, also the database."""
        self.stop()
        self.database.close()

    def stop(self) -> None:
        """The process that serves the vendor ends."""
        for task in self._tasks:
            self.line.end(task)
        self.line.do(self.adapter.close())
        self.line.do(self.receiver.close())
        self.line.close()

    def begin(self) -> None:
        """One begins, which may be another one on the same database."""
        self.states.clear()
        self.line = Line("carrel")
        self.adapter = self.make()
        self.pipeline = self.worker()
        self.dispatcher = self.sender()
        self.receiver = Receiver(self.transaction, clock=self.clock)
        self._tasks = [self.line.begin(self.adapter.listen(self.receiver.receive))]

    def restart(self) -> None:
        """It ends, and another one begins."""
        self.stop()
        self.begin()
        self.reach()

    def serve(self, listening: socket.socket) -> None:
        """Lets the vendor call the adapter there."""
        http: ASGIApp = self.adapter.http
        self._tasks.append(self.line.begin(serve_http(http, listening)))

    def read_with(self, reader: TextReader) -> None:
        """Reads texts of files with that reader from now on."""
        self.desk = replace(self.desk, reader=reader)
        self.pipeline = self.worker()

    def worker(self) -> Pipeline:
        """One more worker."""
        return Pipeline(self.desk, self.transaction, lease_seconds=LEASE)

    def sender(self) -> Dispatcher:
        """One more that sends what waits."""
        return Dispatcher(
            {self.vendor: self.wire(), self.mail.name: self.mail},
            self.transaction,
            clock=self.clock,
            lease_seconds=LEASE,
            lost=lambda uow, address, why, now: lose_address(uow, address, why=why, now=now),
            silence=Silence(rests=Rests(limits={self.vendor: self.limits})),
        )

    def wire(self) -> Channel:
        """The adapter, as whoever sends has it."""
        return OnLine(self.adapter, self.line, self.vendor)

    def reported(self, state: State, told: str) -> None:
        """The adapter's report."""
        self.states.append((state, told))

    @property
    def state(self) -> State:
        """How the adapter says that it is."""
        return self.states[-1][0]

    def reach(self, state: State = State.CONNECTED) -> str:
        """Waits until the adapter is in that state; what it tells then."""
        self.wait(lambda: self.states and self.state is state)
        return self.states[-1][1]

    # --- what happens in it

    def address(self, who: str) -> Address:
        """Where somebody is; whoever was never seen comes to be there."""
        return Address(channel=self.vendor, value=self.member(who))

    def drain(self) -> None:
        """Handles, announces and sends until nothing is due."""
        while self.pipeline.handle_one() or self.announce_one():
            pass
        super().drain()

    def announce_one(self) -> bool:
        """Puts one changed matter onto its card in the staff's room."""
        rooms = (Address(channel=self.vendor, value=self.room),) if self.room else ()
        with self.transaction() as uow:
            told = announce(uow, self.desk.program, rooms, now=self.clock())
            uow.commit()
        return told

    def settle(self, push: Pushed) -> None:
        """What comes of something that somebody did: kept, acknowledged, handled and answered."""
        self.wait(lambda: push.acked)
        self.drain()

    def converse(
        self, who: str, text: str, *paths: Path, width: int = 0
    ) -> Sequence[tuple[str, str]]:
        """What is read by whom when somebody says that to Carrel alone."""
        del width  # vendors break lines themselves
        before = {one: len(self.told(one)) for one in self.people()}
        self.settle(self.utter(self.member(who), text, *paths))
        people = self.people()
        fresh = [(one, self.told(one)[before.get(one, 0) :]) for one in people]
        spoken = sorted((self.order(m[0]), one, m) for one, m in fresh if m)
        return [(people[one], "\n\n".join(map(self.read, messages))) for _, one, messages in spoken]

    def say(self, who: str, text: str) -> str:
        """What somebody reads in private once they said that."""
        return "\n\n".join(told for to, told in self.converse(who, text) if to == who)

    def read_by(self, who: str) -> list[str]:
        """All that somebody can read of Carrel's in private."""
        return [self.read(message) for message in self.told(self.member(who))]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        with self.database.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]


def url_of(listening: socket.socket) -> str:
    """Where it listens."""
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
