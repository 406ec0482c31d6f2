"""Pauses between messages to one person or room, as a vendor wants them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.messages import Address, OutboundMessage
from bot.domain.rooms import in_room
from bot.ports import Claimed, UnitOfWork
from tests.contract.examples import NOW, later, outbound
from tests.contract.work import LEASE

PERSON, ROOM = timedelta(seconds=1), timedelta(seconds=3)


def rest(message: OutboundMessage) -> timedelta:
    """Three seconds in rooms, one elsewhere."""
    return ROOM if in_room(message) else PERSON


def card(key: str) -> OutboundMessage:
    """A card in the room."""
    room = Address(channel="talk", value="room")
    return replace(outbound(key), to=room, conversation=str(room), card=f"question:{key}")


def claim(unit: UnitOfWork, seconds: float) -> Claimed[OutboundMessage] | None:
    """What may be sent at that moment."""
    with unit:
        claimed = unit.outbox.claim(
            now=later(seconds), lease_seconds=LEASE, channels=["talk"], rest=rest
        )
        unit.commit()
    return claimed


def sent(unit: UnitOfWork, claimed: Claimed[OutboundMessage] | None, seconds: float) -> str:
    """It is sent at that moment; its key."""
    assert claimed is not None
    with unit:
        wanted = rest(claimed.item)
        unit.outbox.sent(claimed, at=later(seconds), receipt=claimed.item.key, rest=wanted)
        unit.commit()
    return claimed.item.key


def waits(unit: UnitOfWork, *messages: OutboundMessage, since: float = 0) -> None:
    """Messages are to be sent."""
    with unit:
        for message in messages:
            unit.outbox.add(message, due=later(since))
        unit.commit()


def test_a_person_s_next_message_waits_for_the_rest_and_others_do_not(unit: UnitOfWork) -> None:
    bea = Address(channel="talk", value="bea")
    hers = replace(outbound("3"), to=bea, conversation=str(bea))
    waits(unit, outbound("1"), outbound("2"), hers)
    assert sent(unit, claim(unit, 0), 0.2) == "1"

    assert sent(unit, claim(unit, 0.2), 0.3) == "3"
    assert claim(unit, 1.19) is None
    assert sent(unit, claim(unit, 1.2), 1.2) == "2"


def test_what_is_said_during_the_rest_waits_too(unit: UnitOfWork) -> None:
    waits(unit, outbound("1"))
    sent(unit, claim(unit, 0), 0.2)
    waits(unit, outbound("2"), since=0.3)

    assert claim(unit, 0.3) is None
    assert claim(unit, 1.19) is None
    again = claim(unit, 1.2)
    assert again is not None
    assert (again.item.key, again.attempts) == ("2", 1)


def test_a_room_rests_as_a_whole_with_threads_cards_and_topics(unit: UnitOfWork) -> None:
    other = replace(card("5"), to=Address(channel="talk", value="room-2"))
    waits(
        unit,
        outbound("1", conversation="talk:room/7"),
        outbound("2", conversation="talk:room/8"),
        card("3"),
        outbound("4", conversation="talk:room#9/8"),
        replace(other, conversation="talk:room-2"),
        outbound("6"),
    )
    sent(unit, claim(unit, 0), 0)

    assert [sent(unit, claim(unit, 0.1), 0.1) for _ in range(2)] == ["5", "6"]
    for place, key in enumerate(("2", "3", "4"), start=1):
        assert claim(unit, 3 * place - 0.01) is None
        assert sent(unit, claim(unit, 3 * place), 3 * place) == key


def test_a_room_in_which_something_is_being_said_is_left_alone(unit: UnitOfWork) -> None:
    waits(unit, *(outbound(f"{n}", conversation=f"talk:room/{n}") for n in (1, 2, 3)))
    slow = claim(unit, 0)

    assert [claim(unit, seconds) for seconds in (0, 3, 6, 20)] == [None] * 4
    sent(unit, slow, 20.5)
    assert claim(unit, 23.4) is None
    assert sent(unit, claim(unit, 23.5), 23.5) == "2"


def test_a_slow_message_whose_lease_is_prolonged_keeps_its_room(unit: UnitOfWork) -> None:
    waits(unit, outbound("1", conversation="talk:room/1"))
    slow = claim(unit, 0)
    assert slow is not None
    with unit:
        assert unit.outbox.extend(slow, until=later(2 * LEASE))
        unit.commit()
    waits(unit, outbound("2", conversation="talk:room/2"))

    assert claim(unit, 1.5 * LEASE) is None


def test_a_room_is_free_at_once_when_what_was_to_be_said_there_failed(unit: UnitOfWork) -> None:
    waits(unit, *(outbound(f"{n}", conversation=f"talk:room/{n}") for n in (1, 2, 3)))
    first = claim(unit, 0)
    assert first is not None
    with unit:
        unit.outbox.retry(first, at=later(60), reason="busy")
        unit.commit()
    second = claim(unit, 1)
    assert second is not None
    assert second.item.key == "2"
    with unit:
        unit.outbox.give_up(second, at=later(1), reason="blocked")
        unit.commit()

    third = claim(unit, 1)
    assert third is not None
    assert third.item.key == "3"


def test_a_room_whose_sender_died_is_free_when_the_lease_ends(unit: UnitOfWork) -> None:
    waits(unit, *(outbound(f"{n}", conversation=f"talk:room/{n}") for n in (1, 2)))
    assert claim(unit, 0) is not None

    assert claim(unit, LEASE - 0.1) is None
    assert claim(unit, LEASE) is not None


def test_leases_that_end_all_at_once_leave_no_place_held(unit: UnitOfWork) -> None:
    waits(unit, outbound("1", conversation="talk:room/1"), outbound("2"))
    assert claim(unit, 0) is not None
    assert claim(unit, 0) is not None
    with unit:
        assert unit.outbox.release_all(at=later(1)) == 2
        unit.commit()

    assert claim(unit, 1) is not None
    with unit:
        unit.outbox.release("talk:room/1", at=later(1))
        unit.outbox.release("talk:ada", at=later(1))
        unit.commit()
    assert claim(unit, 1) is not None


def test_it_is_known_when_more_is_due(unit: UnitOfWork) -> None:
    waits(unit, outbound("1"), outbound("2"), outbound("3", channel="mail", conversation="mail:x"))
    sent(unit, claim(unit, 0), 0.5)

    with unit:
        assert unit.outbox.due_next(now=later(0.6), channels=["talk"]) == later(1.5)
        assert unit.outbox.due_next(now=later(-1), channels=["talk", "mail"]) == NOW
        assert unit.outbox.due_next(now=later(1.5), channels=["talk", "mail"]) is None


def test_of_two_who_send_only_one_speaks_in_a_room(shared: Callable[[], UnitOfWork]) -> None:
    waits(shared(), *(outbound(f"{n}", conversation=f"talk:room/{n}") for n in range(12)))
    together, found = threading.Barrier(4), list[Claimed[OutboundMessage]]()

    def take() -> None:
        unit = shared()
        together.wait()
        claimed = claim(unit, 0)
        found.extend([claimed] if claimed else [])

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 1
