"""A channel that takes nothing for days, one that takes long: nothing is lost or sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.errors import DeliveryFailed
from bot.ports import UnitOfWork
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.pauses import Pauses
from scheduler.retry import LONGEST_PAUSE, MOST_ATTEMPTS
from tests.cast import ADA, BEA, DOT
from tests.desk import LEASE, House, MemoryChannel

REVOKED = DeliveryFailed("the app was removed", ours=True)
GONE = DeliveryFailed("the account was switched off", permanent=True, gone=True)
PATIENCE = 20.0  # seconds
SHORT = 0.06  # seconds


def sends(house: House, *channels: MemoryChannel, pauses: Pauses | None = None) -> Dispatcher:
    """One that sends for these channels."""
    return Dispatcher(
        {channel.name: channel for channel in channels},
        house.transaction,
        clock=house.clock,
        lease_seconds=LEASE,
        silence=Silence(pauses=pauses or Pauses()),
    )


def says(house: House, who: str, text: str) -> None:
    """Something is said and handled; its answer waits."""
    house.pipeline.receive(house.message(who, text))
    assert house.pipeline.handle_one()


def later(house: House, **by: float) -> int:
    """Lets time pass and does what is due then; how often the channel was asked in vain."""
    before = len(house.channel.failures)
    house.clock.forward(timedelta(**by))
    house.drain()
    return before - len(house.channel.failures)


def outbox(house: House) -> dict[str, int]:
    """How many answers are in each state, states without any left out."""
    with house.transaction() as uow:
        return {state: count for state, count in uow.outbox.counts().items() if count}


def test_after_two_days_without_the_channel_everything_is_sent_in_order(home: House) -> None:
    home.channel.failures = [REVOKED] * 999
    for text in ("hello", "thanks", "bye"):
        for who in (ADA.email, BEA.email):
            says(home, who, text)
    for _ in range(48):
        assert later(home, hours=1) >= 1
    assert outbox(home) == {"waiting": 6}

    home.channel.failures.clear()
    later(home, minutes=5)

    for who in (ADA.email, BEA.email):
        assert [text.split()[0] for text in home.heard(who)] == ["Hello", "You", "Goodbye."]
    assert outbox(home) == {"sent": 6}


def test_an_outage_leaves_a_message_all_its_attempts(home: House) -> None:
    busy = DeliveryFailed("busy")
    home.channel.failures = [REVOKED] * 50 + [busy] * (MOST_ATTEMPTS - 1)
    says(home, ADA.email, "thanks")

    for _ in range(50 + MOST_ATTEMPTS):
        later(home, hours=1)

    assert home.heard(ADA.email) == ["You are welcome."]


def test_a_channel_in_trouble_is_asked_ever_more_seldom(home: House) -> None:
    home.channel.failures = [REVOKED] * 999
    for who in (ADA.email, BEA.email):
        says(home, who, "thanks")

    assert later(home) == 1
    assert later(home, seconds=9) == 0
    assert later(home, seconds=1) == 1
    assert later(home, seconds=19) == 0
    assert later(home, seconds=1) == 1
    for _ in range(20):
        later(home, seconds=LONGEST_PAUSE.total_seconds())
    assert later(home, seconds=LONGEST_PAUSE.total_seconds() - 1) == 0
    assert later(home, seconds=1) == 1


@pytest.mark.parametrize("asked", [1, 30, 900])
def test_the_channel_is_left_alone_as_long_as_its_vendor_asks(home: House, asked: float) -> None:
    home.channel.failures = [DeliveryFailed("too much", ours=True, retry_after=asked)]
    says(home, ADA.email, "thanks")
    says(home, BEA.email, "thanks")

    assert later(home) == 1
    later(home, seconds=asked - 0.001)
    assert home.channel.sent == []
    later(home, seconds=0.001)
    assert len(home.channel.sent) == 2


def test_trouble_of_one_channel_holds_up_no_other(home: House) -> None:
    home.channel.failures = [REVOKED] * 9
    says(home, ADA.email, "thanks")
    later(home)
    to = Address(channel=home.mail.name, value=BEA.email)
    news = Reply(blocks=(Paragraph(text="Here is news."),))
    mail = OutboundMessage(key="m", to=to, conversation=str(to), reply=news)
    with home.transaction() as uow:
        uow.outbox.add(mail, due=home.clock())
        uow.commit()

    assert later(home) == 0
    assert [one.reply for one in home.mail.sent] == [news]


async def test_all_that_send_for_a_channel_leave_it_alone(home: House) -> None:
    home.channel.failures = [REVOKED, REVOKED, REVOKED]
    for who in (ADA.email, BEA.email, DOT):
        says(home, who, "thanks")
    pauses = Pauses()
    senders = [sends(home, home.channel, pauses=pauses) for _ in range(3)]

    assert await senders[0].send_one()
    assert [await sender.send_one() for sender in senders] == [False, False, False]
    assert len(home.channel.failures) == 2

    home.clock.forward(timedelta(seconds=10))
    home.channel.failures.clear()
    assert [await sender.send_one() for sender in senders] == [True, True, True]
    assert len(home.channel.sent) == 3


async def test_senders_that_fail_at_the_same_time_tell_of_one_trouble(home: House) -> None:
    home.channel.failures = [REVOKED, REVOKED]
    for who in (ADA.email, BEA.email):
        says(home, who, "thanks")
    pauses = Pauses()
    failing = Together(failures=home.channel.failures)
    both = [sends(home, failing, pauses=pauses) for _ in range(2)]

    assert await asyncio.gather(*(sender.send_one() for sender in both)) == [True, True]

    home.clock.forward(timedelta(seconds=10))
    assert await sends(home, home.channel, pauses=pauses).send_one()


def test_whoever_lost_an_address_is_told_once_of_each_failure(home: House) -> None:
    calls: list[str] = []

    def lost(_uow: UnitOfWork, address: Address, _why: str, _now: datetime) -> bool:
        calls.append(address.value)
        return False

    home.dispatcher = Dispatcher(
        {home.channel.name: home.channel},
        home.transaction,
        clock=home.clock,
        lease_seconds=LEASE,
        lost=lost,
    )
    home.channel.failures = [GONE]
    home.say(DOT, "thanks")

    assert calls == [DOT]
    assert outbox(home) == {"given-up": 1}


@dataclass(slots=True)
class Together(MemoryChannel):
    """Takes two messages at the same time."""

    both: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(2))

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Waits for the other one."""
        async with asyncio.timeout(PATIENCE):
            await self.both.wait()
        return await MemoryChannel.send(self, message)


@dataclass(slots=True)
class Ticks:
    """A clock that tells its event loop whenever somebody looks at it."""

    house: House
    looked: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    def __call__(self) -> datetime:
        """The house's time."""
        self.loop.call_soon_threadsafe(self.looked.put_nowait, None)
        return self.house.clock()


@dataclass(slots=True, kw_only=True)
class SlowChannel(MemoryChannel):
    """Takes several leases to send, during which another sender looks for work."""

    house: House
    ticks: Ticks
    other: Dispatcher
    found: list[bool] = field(default_factory=list)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Sends one large file."""
        for _ in range(4):
            self.house.clock.forward(timedelta(seconds=SHORT * 0.75))
            await self._prolonged()
            self.found.append(await self.other.send_one())
        return await MemoryChannel.send(self, message)

    async def _prolonged(self) -> None:
        """Once the clock was looked at twice, what followed the first look is done."""
        while not self.ticks.looked.empty():
            self.ticks.looked.get_nowait()
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):
                await self.ticks.looked.get()


@pytest.fixture
def shared_home(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel on a database that several can use at once."""
    made = House(knowledge, tmp_path, url=f"sqlite:///{tmp_path}/carrel.db")
    made.enrol(ADA)
    yield made
    made.database.close()


async def test_a_file_that_takes_several_leases_is_sent_once(shared_home: House) -> None:
    says(shared_home, ADA.email, "thanks")
    other = sends(shared_home, shared_home.channel)
    ticks = Ticks(shared_home)
    slow = SlowChannel(house=shared_home, ticks=ticks, other=other)
    sender = Dispatcher(
        {slow.name: slow}, shared_home.transaction, clock=ticks, lease_seconds=SHORT
    )

    assert await sender.send_one()

    assert slow.found == [False] * 4
    assert (len(slow.sent), shared_home.channel.sent) == (1, [])
    assert outbox(shared_home) == {"sent": 1}
