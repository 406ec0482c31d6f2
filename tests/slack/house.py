"""A whole Carrel whose people are on Slack: every word goes over the wire, and so does every reply.

The adapter runs on an event loop of its own, as it does in a serving process. Handling and sending
are done by the test (`drain`), so that it knows when all is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from bot.app import Knowledge
from bot.domain.channel_state import State
from bot.domain.messages import Address, OutboundMessage
from bot.ports import Channel, Deliver, TextReader
from bot.usecases.announce import announce
from bot.usecases.lose_address import lose_address
from channels.http import listen_at, serve_http
from channels.slack.adapter import Slack, SlackAccess
from channels.slack.files import SlackFiles
from channels.slack.patience import Patience
from handlers.pipeline import Pipeline
from handlers.window import DeskWindow
from scheduler.dispatcher import Dispatcher
from scheduler.receiver import Receiver
from tests.desk import LEASE, House
from tests.slack.delivery import Push
from tests.slack.doing import options_of
from tests.slack.line import Line
from tests.slack.reading import read
from tests.slack.server import SlackServer
from tests.slack.workspace import Json

QUICK = Patience(first=0.02, longest=0.2, mending=0.2, settling=0.05)


class Ways(Enum):
    """How people say what they say where Slack has more than one way."""

    TYPED = auto()
    PRESSED = auto()  # whatever is offered as a choice
    COMMANDED = auto()  # /car for everything but files


@dataclass(slots=True)
class OnLine:
    """The adapter, as those see it who are on another event loop."""

    adapter: Channel
    line: Line
    name: str = "slack"

    async def listen(self, deliver: Deliver) -> None:
        """Until it is cancelled."""
        await self.line.elsewhere(self.adapter.listen(deliver))

    async def send(self, message: OutboundMessage) -> str:
        """Slack's id of what was sent."""
        return await self.line.elsewhere(self.adapter.send(message))

    async def close(self) -> None:
        """Lets go of connections."""
        await self.line.elsewhere(self.adapter.close())


class SlackHouse(House):
    """Carrel, in a workspace where everybody of the cast is a member.

    With `http` Slack calls Carrel by signed requests, otherwise Carrel calls Slack (Socket Mode).
    `room` is the staff's channel; `states` is what the adapter reported.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        slack: SlackServer,
        *,
        http: bool = False,
        room: str = "",
        ways: Ways = Ways.TYPED,
    ) -> None:
        super().__init__(knowledge, folder, url=f"sqlite:///{folder / 'carrel.db'}")
        self.slack = slack
        self.ways = ways
        self.room = room
        self.states: list[tuple[State, str]] = []
        slack.workspace.clock = self.clock
        self._http = http
        self._access = SlackAccess(
            bot_token=slack.token,
            app_token="" if http else slack.app_token,
            signing_secret=slack.signing_secret if http else "",
            api_url=slack.api_url,
        )
        self.desk = replace(self.desk, fetchers={"slack": SlackFiles(self._access)})
        self.window = DeskWindow(self.desk, self.transaction)
        self.pipeline = self.worker()
        self._begin()
        self.reach()

    def close(self) -> None:
        """Ends everything, also the database."""
        self.stop()
        self.database.close()

    def stop(self) -> None:
        """The process that serves Slack ends."""
        for task in self._tasks:
            self.line.end(task)
        self.line.do(self.adapter.close())
        self.line.do(self.receiver.close())
        self.line.close()

    def begin(self) -> None:
        """Another one begins on the same database."""
        self.states.clear()
        self._begin()

    def restart(self) -> None:
        """It ends, and another one begins."""
        self.stop()
        self.begin()
        self.reach()

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
            {"slack": OnLine(self.adapter, self.line), self.mail.name: self.mail},
            self.transaction,
            clock=self.clock,
            lease_seconds=LEASE,
            lost=lambda uow, address, why, now: lose_address(uow, address, why=why, now=now),
        )

    @property
    def state(self) -> State:
        """How the adapter says that it is."""
        return self.states[-1][0]

    def reach(self, state: State = State.CONNECTED) -> str:
        """Waits until the adapter is in that state; what it tells then."""
        self.slack.wait(lambda: self.states and self.state is state)
        return self.states[-1][1]

    def address(self, who: str) -> Address:
        """Where somebody is on Slack; whoever was never seen becomes a member."""
        return Address(channel="slack", value=self.member(who))

    def member(self, who: str) -> str:
        """The id of a member, given by e-mail address."""
        user = f"U0{who.partition('@')[0].upper()}"
        if user not in self.slack.workspace.users:
            self.slack.add_person(user, email=who)
        return user

    def drain(self) -> None:
        """Handles, announces and sends until nothing is due."""
        while self._step():
            pass
        super().drain()

    def announce_one(self) -> bool:
        """Puts one changed matter onto its card in the staff's room."""
        rooms = (Address(channel="slack", value=self.room),) if self.room else ()
        with self.transaction() as uow:
            told = announce(uow, self.desk.program, rooms, now=self.clock())
            uow.commit()
        return told

    def settle(self, push: Push) -> None:
        """What comes of something that somebody did: kept, acknowledged, handled and answered."""
        self.slack.wait(lambda: push.acked)
        self.drain()

    def converse(
        self, who: str, text: str, *paths: Path, width: int = 0
    ) -> Sequence[tuple[str, str]]:
        """What is read by whom when somebody says that in their direct messages."""
        del width  # Slack breaks lines itself
        before = self._shown()
        self.settle(self._say(self.member(who), text, *paths))
        return [
            (self.slack.workspace.users[user].email, "\n\n".join(read(m) for m in messages))
            for user, messages in self._fresh(before)
        ]

    def say(self, who: str, text: str) -> str:
        """What somebody reads in their direct messages once they said that."""
        return "\n\n".join(told for to, told in self.converse(who, text) if to == who)

    def read_by(self, who: str) -> list[str]:
        """All that somebody can read of Carrel's in their direct messages."""
        return [read(message) for message in self.slack.posted(self.member(who))]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        with self.database.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def _begin(self) -> None:
        self.line = Line("carrel")
        self.adapter = Slack(
            self._access,
            self.window,
            clock=self.clock,
            report=lambda state, told: self.states.append((state, told)),
            patience=QUICK,
        )
        self.dispatcher = self.sender()
        self.receiver = Receiver(self.transaction, clock=self.clock)
        self._tasks = [self.line.begin(self.adapter.listen(self.receiver.receive))]
        if self._http:
            listening = listen_at("127.0.0.1", 0)
            self.slack.request_url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
            self._tasks.append(self.line.begin(serve_http(self.adapter.http, listening)))

    def _step(self) -> bool:
        return self.pipeline.handle_one() or self.announce_one()

    def _say(self, user: str, text: str, *paths: Path) -> Push:
        if paths:
            files = (self.slack.add_file(user, path.name, path.read_bytes()) for path in paths)
            return self.slack.say(user, text, *files)
        if self.ways is Ways.TYPED or self.window.form(Address(channel="slack", value=user), text):
            return self.slack.say(user, text)
        if self.ways is Ways.COMMANDED:
            return self.slack.command(user, text)
        for message in reversed(self.slack.posted(user)):
            for option in options_of(message.get("blocks", ())):
                if option["value"] == text:
                    return self.slack.press(user, option["text"]["text"], ts=message["ts"])
        return self.slack.say(user, text)

    def _shown(self) -> dict[str, int]:
        return {user: len(self.slack.posted(user)) for user in self.slack.workspace.users}

    def _fresh(self, before: dict[str, int]) -> list[tuple[str, list[Json]]]:
        """New messages by member, in the order in which each was first spoken to."""
        fresh = [
            (user, self.slack.posted(user)[before.get(user, 0) :])
            for user in self.slack.workspace.users
        ]
        spoken = [(user, messages) for user, messages in fresh if messages]
        return sorted(spoken, key=lambda one: float(one[1][0]["ts"].replace(".", "")))
