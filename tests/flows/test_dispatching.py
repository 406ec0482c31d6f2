"""Messages leave one after the other, at the pace that a vendor wants, and none stays in hand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, select

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.errors import DeliveryFailed, StorageFailed
from bot.ports import Limits, UnitOfWork
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.endings import Lost, nobody_lost
from scheduler.rests import Rests
from storage.tables import outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.desk import LEASE, House, MemoryChannel

PATIENCE = 20.0  # seconds
LIMITS = Limits(person=1.0, room=3.0)
ROOM = Address(channel="memory", value="room")
HALL = Address(channel="memory", value="hall")


def go_on() -> bool:
    """Nobody wants it to end."""
    return False


def message(key: str, who: str = "ada", *, conversation: str = "") -> OutboundMessage:
    """Words for somebody."""
    to = Address(channel="memory", value=who)
    reply = Reply(blocks=(Paragraph(text=f"message {key}"),))
    return OutboundMessage(key=key, to=to, conversation=conversation or str(to), reply=reply)


def card(key: str) -> OutboundMessage:
    """A card in the room."""
    return replace(message(key), to=ROOM, conversation=str(ROOM), card="question:7")


def waits(home: House, *messages: OutboundMessage) -> None:
    """They are to be sent."""
    with home.transaction() as uow:
        for each in messages:
            uow.outbox.add(each, due=home.clock())
        uow.commit()


def sends(
    home: House,
    channel: MemoryChannel | None = None,
    *,
    transaction: Callable[[], UnitOfWork] | None = None,
    limits: Limits | None = None,
    rests: Rests | None = None,
    lost: Lost = nobody_lost,
) -> Dispatcher:
    """One that sends for the channel."""
    served = channel or home.channel
    own = Rests(limits={served.name: limits} if limits else {})
    return Dispatcher(
        {served.name: served},
        transaction or home.transaction,
        clock=home.clock,
        lease_seconds=LEASE,
        lost=lost,
        silence=Silence(rests=rests or own),
    )


def states(home: House) -> dict[str, int]:
    """How many messages are in each state, states without any left out."""
    with home.transaction() as uow:
        return {state: count for state, count in uow.outbox.counts().items() if count}


def keys(home: House) -> list[str]:
    """What was sent, in order."""
    return [one.key for one in home.channel.sent]


async def test_everything_that_waits_is_sent_in_order(home: House) -> None:
    waits(home, message("1"), message("2", "bea"), message("3"), message("4"))

    assert await sends(home).send_waiting(go_on) is None
    assert keys(home) == ["1", "2", "3", "4"]
    assert states(home) == {"sent": 4}


async def test_one_that_is_told_to_end_finishes_what_it_has_and_takes_no_more(home: House) -> None:
    waits(home, message("1"), message("2"), message("3", "bea"))

    await sends(home).send_waiting(lambda: bool(home.channel.sent))

    assert keys(home) == ["1"]
    assert states(home) == {"sent": 1, "waiting": 2}


ELSEWHERE = Address(channel="memory", value="elsewhere")
ENDS = {  # how sending may end, and how and where the message stands then
    "sent": (None, ("sent", 1, "memory:ada")),
    "busy": (DeliveryFailed("busy"), ("waiting", 1, "memory:ada")),
    "blocked": (DeliveryFailed("blocked", permanent=True), ("given-up", 1, "memory:ada")),
    "limited": (DeliveryFailed("flood wait", retry_after=30), ("waiting", 0, "memory:ada")),
    "away": (DeliveryFailed("away", ours=True), ("waiting", 0, "memory:ada")),
    "moved": (DeliveryFailed("upgraded", moved_to=HALL), ("waiting", 0, f"{HALL}/moved-7")),
    "gone": (DeliveryFailed("left", gone=True), ("waiting", 1, str(ELSEWHERE))),
}


class Torn(SqlUnitOfWork):
    """Its second commit fails; where it `arrives` nobody hears of it."""

    def __init__(self, engine: Engine, *, arrives: bool) -> None:
        super().__init__(engine)
        self._arrives = arrives
        self._commits = 0

    def commit(self) -> None:
        """Unless it is the second."""
        self._commits += 1
        if self._commits != 2 or self._arrives:
            super().commit()
        if self._commits == 2:
            raise StorageFailed("the connection broke")


def follow(uow: UnitOfWork, address: Address, _why: str, _now: datetime) -> bool:
    """Somebody is elsewhere now; nobody knows the address a second time."""
    known = uow.people.at(address)
    uow.people.disconnect(address)
    return known is not None and uow.outbox.redirect(address, ELSEWHERE) == 1


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("how", ENDS)
async def test_how_it_ended_is_written_once_although_the_commit_failed(
    home: House, how: str, arrives: bool
) -> None:
    failure, stands = ENDS[how]
    home.channel.failures = [failure] if failure else []
    waits(home, message("1", conversation=f"{ROOM}/7" if how == "moved" else ""))
    with home.transaction() as uow:
        someone = uow.people.add("Ada", email="a@example.org", time_zone="UTC")
        uow.people.connect(someone, message("1").to, at=home.clock())
        uow.commit()
    torn = partial(Torn, home.database.engine, arrives=arrives)

    with pytest.raises(StorageFailed):
        await sends(home, transaction=torn, lost=follow).send_one()
    with home.database.engine.connect() as connection:
        found = connection.execute(
            select(outbox.c.state, outbox.c.attempts, outbox.c.conversation)
        ).all()
    assert [tuple(row) for row in found] == [stands]


async def test_what_was_sent_is_marked_although_the_next_cannot_be_had(home: House) -> None:
    waits(home, message("1"), message("2"))
    torn = partial(Torn, home.database.engine, arrives=False)

    with pytest.raises(StorageFailed):
        await sends(home, transaction=torn).send_waiting(go_on)
    assert states(home) == {"sent": 1, "waiting": 1}


async def test_a_room_that_its_vendor_wants_silent_is_silent_in_all_its_threads(
    home: House,
) -> None:
    home.channel.failures = [DeliveryFailed("flood wait", retry_after=30)] * 20
    waits(
        home,
        *(message(f"{n}", conversation=f"{ROOM}#{n % 3}/{n}") for n in range(9)),
        card("card"),
        message("alone"),
    )
    sender = sends(home)
    for _ in range(20):
        await sender.send_waiting(go_on)
        home.clock.forward(timedelta(seconds=29))
        await sender.send_waiting(go_on)
        home.clock.forward(timedelta(seconds=1))

    assert home.channel.failures == []
    await sender.send_waiting(go_on)
    assert states(home) == {"sent": 11}


async def test_no_rest_of_one_channel_is_looked_for_on_another(home: House) -> None:
    other = Rests(limits={"telegram": LIMITS})
    sender = sends(home, rests=other)
    with home.transaction() as uow:
        uow.outbox.add(message("1"), due=home.clock() + timedelta(hours=1))
        uow.commit()

    assert await sender.send_waiting(go_on) is None
    assert await sends(home, limits=LIMITS).send_waiting(go_on) == 3600.0


async def test_the_log_tells_why_nothing_was_sent_and_what_comes_next(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    home.channel.failures = [DeliveryFailed("the room is shut")]
    waits(home, message("1"))

    await sends(home).send_waiting(go_on)

    told = "Could not send a message, it is tried again in 10 seconds: the room is shut"
    assert told in caplog.text
    assert "message 1" not in caplog.text


async def test_what_fails_is_tried_later_and_the_next_goes_on(home: House) -> None:
    home.channel.failures = [DeliveryFailed("busy"), DeliveryFailed("no", permanent=True)]
    waits(home, message("1"), message("2", "bea"), message("3", "cy"))

    await sends(home).send_waiting(go_on)

    assert keys(home) == ["3"]
    assert states(home) == {"sent": 1, "waiting": 1, "given-up": 1}


@dataclass(slots=True)
class Stuck(MemoryChannel):
    """A channel that takes one message and never says so."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Until it is cancelled."""
        self.begun.set()
        await asyncio.Event().wait()
        return await MemoryChannel.send(self, message)


async def test_a_message_whose_sender_is_cancelled_is_free_for_the_next_one(home: House) -> None:
    waits(home, message("1"))
    stuck = Stuck()
    task = asyncio.create_task(sends(home, stuck).send_waiting(go_on))
    async with asyncio.timeout(PATIENCE):
        await stuck.begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert states(home) == {"waiting": 1}
    assert await sends(home).send_one()
    assert keys(home) == ["1"]


async def test_one_cancelled_while_the_database_answers_leaves_nothing_in_hand(
    home: House,
) -> None:
    waits(home, message("1"), message("2", "bea"))
    reached, free, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

    class Slow(SqlUnitOfWork):
        """Waits before it commits."""

        def commit(self) -> None:
            """When it is let go."""
            loop.call_soon_threadsafe(reached.set)
            assert free.wait(PATIENCE)
            super().commit()

    slow = sends(home, transaction=lambda: Slow(home.database.engine))
    task = asyncio.create_task(slow.send_waiting(go_on))
    async with asyncio.timeout(PATIENCE):
        await reached.wait()
        task.cancel()
        await asyncio.sleep(0)
        free.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert keys(home) == []
    assert states(home) == {"waiting": 2}


async def test_a_person_hears_one_message_a_second_and_others_meanwhile(home: House) -> None:
    waits(home, message("1"), message("2"), message("3", "bea"))
    sender = sends(home, limits=LIMITS)

    assert await sender.send_waiting(go_on) == 1.0
    assert keys(home) == ["1", "3"]
    home.clock.forward(timedelta(seconds=0.9))
    waits(home, message("4", "bea"), message("5", "cy"))
    assert await sender.send_waiting(go_on) == pytest.approx(0.1)
    assert keys(home) == ["1", "3", "5"]
    home.clock.forward(timedelta(seconds=0.1))
    await sender.send_waiting(go_on)
    assert sorted(keys(home)[3:]) == ["2", "4"]


async def test_a_room_hears_one_message_in_three_seconds_whatever_the_thread(home: House) -> None:
    waits(home, card("1"), message("2", conversation=f"{ROOM}/7"), message("3"))
    sender = sends(home, limits=LIMITS)

    assert await sender.send_waiting(go_on) == 3.0
    assert keys(home) == ["1", "3"]
    for seconds, heard in ((2.9, 2), (0.1, 3)):
        home.clock.forward(timedelta(seconds=seconds))
        await sender.send_waiting(go_on)
        assert len(keys(home)) == heard


async def test_four_who_send_for_one_room_keep_its_pace_together(home: House) -> None:
    waits(home, *(message(f"{n}", conversation=f"{ROOM}/{n}") for n in range(8)))
    senders = [sends(home, limits=LIMITS) for _ in range(4)]
    for second in range(1, 21):
        await asyncio.gather(*(sender.send_waiting(go_on) for sender in senders))
        home.clock.forward(timedelta(seconds=1))
        assert len(keys(home)) == min(8, 1 + (second - 1) // 3)


async def test_a_room_that_its_vendor_moved_is_followed_by_all_that_waits(home: House) -> None:
    home.channel.failures = [DeliveryFailed("upgraded", moved_to=HALL)]
    waits(home, card("1"), message("2", conversation=f"{ROOM}/7"), message("3"))

    await sends(home).send_waiting(go_on)

    places = {one.key: one.conversation for one in home.channel.sent}
    assert places == {"1": str(HALL), "2": f"{HALL}/moved-7", "3": "memory:ada"}
    with home.transaction() as uow:
        assert uow.channels.place_of(ROOM) == HALL


async def test_a_room_may_move_any_number_of_times(home: House) -> None:
    halls = [Address(channel="memory", value=f"hall {n}") for n in range(20)]
    home.channel.failures = [DeliveryFailed("upgraded", moved_to=hall) for hall in halls]
    waits(home, card("1"))

    await sends(home).send_waiting(go_on)

    assert [one.to for one in home.channel.sent] == [halls[-1]]


@pytest.mark.parametrize("rooms", [[HALL, ROOM] * 20, [ROOM] * 20])
async def test_rooms_that_are_each_said_to_be_the_other_are_a_failure(
    home: House, rooms: list[Address]
) -> None:
    home.channel.failures = [DeliveryFailed("upgraded", moved_to=room) for room in rooms]
    waits(home, card("1"))

    await sends(home).send_waiting(go_on)

    assert len(home.channel.failures) >= len(rooms) - 2
    assert states(home) == {"waiting": 1}


async def test_one_whom_the_vendor_limits_holds_up_nobody_else(home: House) -> None:
    waits(home, message("1", "ada"), message("2", "bea"), message("3", "cy"))
    home.channel.failures.append(DeliveryFailed("too many", retry_after=60))

    await sends(home).send_waiting(go_on)
    at_once = keys(home)
    home.clock.forward(timedelta(seconds=61))
    await sends(home).send_waiting(go_on)

    assert at_once == ["2", "3"]
    assert keys(home) == ["2", "3", "1"]


async def test_two_whom_the_vendor_limits_at_a_time_are_a_limit_of_all(home: House) -> None:
    waits(home, message("1", "ada"), message("2", "bea"), message("3", "cy"))
    home.channel.failures += [DeliveryFailed("too many", retry_after=60)] * 2
    dispatcher = sends(home)

    await dispatcher.send_waiting(go_on)
    at_once = keys(home)
    home.clock.forward(timedelta(seconds=61))
    await dispatcher.send_waiting(go_on)

    assert at_once == []
    assert sorted(keys(home)) == ["1", "2", "3"]
