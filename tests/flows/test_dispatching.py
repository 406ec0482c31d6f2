"""Messages leave one after the other, at the pace that a vendor wants, and none stays in hand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.errors import DeliveryFailed
from bot.ports import Limits, UnitOfWork
from scheduler.dispatcher import Dispatcher
from scheduler.pauses import Pauses
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
) -> Dispatcher:
    """One that sends for the channel."""
    served = channel or home.channel
    return Dispatcher(
        {served.name: served},
        transaction or home.transaction,
        clock=home.clock,
        lease_seconds=LEASE,
        pauses=Pauses({served.name: limits} if limits else {}),
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


async def test_what_was_sent_is_marked_although_the_next_cannot_be_had(home: House) -> None:
    waits(home, message("1"), message("2"))

    def broken() -> bool:
        if home.channel.sent:
            raise ValueError("no answer")
        return False

    with pytest.raises(ValueError, match="no answer"):
        await sends(home).send_waiting(broken)
    assert states(home) == {"sent": 1, "waiting": 1}


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

    async def send(self, message: OutboundMessage) -> str:
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
    assert keys(home) == ["1", "3", "5", "2", "4"]


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
    home.channel.failures = [DeliveryFailed("upgraded", moved_to=str(HALL))]
    waits(home, card("1"), message("2", conversation=f"{ROOM}/7"), message("3"))

    await sends(home).send_waiting(go_on)

    places = {one.key: one.conversation for one in home.channel.sent}
    assert places == {"1": str(HALL), "2": f"{HALL}/moved-7", "3": "memory:ada"}
    with home.transaction() as uow:
        assert uow.channels.place_of(ROOM) == HALL


async def test_a_room_may_move_any_number_of_times(home: House) -> None:
    halls = [Address(channel="memory", value=f"hall {n}") for n in range(20)]
    home.channel.failures = [DeliveryFailed("upgraded", moved_to=str(hall)) for hall in halls]
    waits(home, card("1"))

    await sends(home).send_waiting(go_on)

    assert [one.to for one in home.channel.sent] == [halls[-1]]


@pytest.mark.parametrize("rooms", [[HALL, ROOM] * 20, [ROOM] * 20])
async def test_rooms_that_are_each_said_to_be_the_other_are_a_failure(
    home: House, rooms: list[Address]
) -> None:
    home.channel.failures = [DeliveryFailed("upgraded", moved_to=str(room)) for room in rooms]
    waits(home, card("1"))

    await sends(home).send_waiting(go_on)

    assert len(home.channel.failures) >= len(rooms) - 2
    assert states(home) == {"waiting": 1}
