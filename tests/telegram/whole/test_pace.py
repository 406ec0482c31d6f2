"""However much there is to say, it is said at the pace that Telegram wants, and all of it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import OutboundMessage
from bot.domain.rights import Role
from bot.domain.rooms import in_room
from bot.ports import Channel, Turns
from bot.vendors.telegram import LIMITS
from scheduler.pace import Pace
from tests.cast import ADA, BEA, DOT, SAL
from tests.telegram.house import TelegramHouse
from tests.telegram.reading import read
from tests.telegram.server import TelegramServer
from tests.telegram.whole.conftest import ROOM
from tests.wired import OnLine

ASKED = ("Is there parking?", "Is there lunch?", "Is there a coat rack?")


@dataclass(slots=True)
class Noting(OnLine):
    """Notes when what was sent, by the house's clock."""

    house: Paced
    sent: list[tuple[datetime, OutboundMessage]] = field(default_factory=list)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Sends it."""
        posts = await OnLine.send(self, message)
        self.sent.append((self.house.clock(), message))
        return posts


class Paced(TelegramHouse):
    """Keeps to Telegram's limits; waiting moves the clock, and nothing else does."""

    limits = LIMITS

    def turns(self) -> Turns:
        """Telegram's own, from the database."""
        return Pace(
            self.transaction, self.vendor, limits=LIMITS, clock=self.clock, sleep=self._passed
        )

    def wire(self) -> Channel:
        """The adapter, and what it sent."""
        self.noting = Noting(self.adapter, self.line, self.vendor, house=self)
        return self.noting

    async def _passed(self, seconds: float) -> None:
        self.clock.forward(timedelta(seconds=seconds))

    async def _dispatch(self) -> None:
        while (due_in := await self.dispatcher.send_waiting(lambda: False)) is not None:
            await self._passed(due_in)


@pytest.fixture
def paced(knowledge: Knowledge, tmp_path: Path, empty_telegram: TelegramServer) -> Iterator[Paced]:
    """Staff have a group, and two are candidates."""
    house = Paced(knowledge, tmp_path, empty_telegram, room=str(ROOM))
    for candidate in (ADA, BEA):
        house.enrol(candidate)
    house.appoint(*SAL, Role.STAFF)
    house.member(DOT)
    empty_telegram.add_group(ROOM, *empty_telegram.world.people, title="Staff")
    yield house
    house.close()


def gaps(times: list[datetime]) -> list[float]:
    """Seconds between each and the next."""
    return [(later - earlier).total_seconds() for earlier, later in pairwise(sorted(times))]


def test_several_people_and_a_group_are_told_everything_and_nothing_too_fast(
    paced: Paced,
) -> None:
    people = (ADA.email, BEA.email, SAL[1], DOT)
    said = [
        paced.telegram.say(paced.user(who), f"ask staff: {words}")
        for words in ASKED
        for who in people
    ]
    paced.wait(lambda: all(one.acked for one in said))
    paced.drain()

    sent = paced.noting.sent
    places: dict[tuple[str, bool], list[datetime]] = defaultdict(list)
    for at, message in sent:
        places[message.conversation, in_room(message)].append(at)
    assert min(gaps([at for at, _ in sent])) >= LIMITS.anywhere - 1e-5
    for (_, is_room), times in places.items():
        assert min(gaps(times)) >= (LIMITS.room if is_room else LIMITS.person)
    assert len(places) == len(people) + 1
    for who in people:
        assert " ".join(paced.read_by(who)).count("Kept for the staff") == len(ASKED)
    cards = " ".join(read(post) for post in paced.telegram.posted(ROOM))
    assert [words for words in ASKED if cards.count(words) != len(people)] == []
    assert len(paced.telegram.called("sendMessage")) == len(sent)
