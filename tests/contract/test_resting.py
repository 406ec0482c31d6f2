"""Pauses between messages to one person or room, as a vendor wants them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot.domain.messages import Address, OutboundMessage
from bot.domain.rooms import in_room
from bot.ports import Claimed, UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
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


def let_rest(unit: UnitOfWork, claimed: Claimed[OutboundMessage], since: float, to: float) -> None:
    """The vendor wants nothing more there between these moments."""
    with unit:
        assert unit.outbox.let_rest(claimed, at=later(since), until=later(to), reason="flood wait")
        unit.commit()


def test_where_a_vendor_wants_silence_all_of_the_room_is_silent(unit: UnitOfWork) -> None:
    waits(
        unit,
        outbound("1", conversation="talk:room/7"),
        outbound("2", conversation="talk:room#9/8"),
        card("3"),
        outbound("4"),
    )
    first = claim(unit, 0)
    assert first is not None
    let_rest(unit, first, 0.5, 30.5)

    assert sent(unit, claim(unit, 1), 1) == "4"
    waits(unit, outbound("5", conversation="talk:room/5"), since=2)
    assert [claim(unit, seconds) for seconds in (2, 10, 30.4)] == [None] * 3
    with unit:
        assert unit.outbox.due_next(now=later(20), channels=["talk"]) == later(30.5)
    told = [sent(unit, claim(unit, seconds), seconds) for seconds in (30.5, 33.5, 36.5, 39.5)]
    assert sorted(told) == ["1", "2", "3", "5"]


def test_a_vendor_s_silence_uses_up_no_attempt(unit: UnitOfWork) -> None:
    waits(unit, outbound("1"), outbound("2"))
    for turn in range(20):
        held = claim(unit, 10 * turn)
        assert held is not None
        assert (held.item.key, held.attempts) == ("1", 1)
        let_rest(unit, held, 10 * turn, 10 * turn + 10)


def test_whoever_lost_the_lease_lets_nobody_rest(unit: UnitOfWork) -> None:
    waits(unit, outbound("1", conversation="talk:room/1"))
    slow = claim(unit, 0)
    assert slow is not None
    other = claim(unit, LEASE)
    with unit:
        assert not unit.outbox.retry(slow, at=later(LEASE), reason="late")
        assert not unit.outbox.let_rest(
            slow, at=later(LEASE), until=later(9 * LEASE), reason="late"
        )
        unit.commit()
    waits(unit, outbound("2", conversation="talk:room/2"), since=LEASE)

    assert claim(unit, LEASE + 1) is None  # the other one speaks there
    assert sent(unit, other, LEASE + 2) == "1"
    assert sent(unit, claim(unit, LEASE + 5), LEASE + 5) == "2"


def test_a_silence_that_was_asked_for_outlasts_another_failure_there(unit: UnitOfWork) -> None:
    """Where a vendor wants no rests, several may be on their way to one room."""
    waits(unit, *(outbound(f"{n}", conversation=f"talk:room/{n}") for n in (1, 2, 3)))
    with unit:
        one, two = (
            unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"]) for _ in range(2)
        )
        assert one is not None
        assert two is not None
        unit.outbox.let_rest(one, at=NOW, until=later(30), reason="too many")
        unit.outbox.retry(two, at=later(1), reason="busy")
        unit.outbox.release("talk:room/3", at=NOW)

        claimed = [
            unit.outbox.claim(now=later(s), lease_seconds=LEASE, channels=["talk"])
            for s in (29, 30)
        ]
    assert [one is not None for one in claimed] == [False, True]


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


def test_a_thread_s_lease_that_is_ended_frees_the_room(unit: UnitOfWork) -> None:
    waits(unit, *(outbound(f"{n}", conversation=f"talk:room#5/{n}") for n in (1, 2)))
    assert claim(unit, 0) is not None
    with unit:
        unit.outbox.release("talk:room#5/1", at=later(1))
        unit.commit()

    assert sent(unit, claim(unit, 1), 1) == "2"


def test_what_a_clock_noted_that_was_ahead_silences_nobody(unit: UnitOfWork) -> None:
    hour = 3600.0
    waits(unit, outbound("1", conversation="talk:room/1"), outbound("2"))
    sent(unit, claim(unit, hour), hour)
    sent(unit, claim(unit, hour), hour)
    waits(unit, outbound("3"), outbound("4", conversation="talk:room/4"))

    found = [claim(unit, 0), claim(unit, 0)]
    assert [one and one.item.key for one in found] == ["3", "4"]
    assert claim(unit, 1) is None


def test_a_lease_of_a_clock_that_was_ahead_is_over(unit: UnitOfWork) -> None:
    waits(unit, outbound("1", conversation="talk:room/1"))
    lost = claim(unit, 3600)
    assert lost is not None

    again = claim(unit, 0)
    assert again is not None
    assert (again.item.key, again.attempts) == ("1", 2)
    with unit:
        assert not unit.outbox.extend(lost, until=later(3700))


def test_a_thousand_threads_that_wait_for_a_room_are_not_touched(database: Database) -> None:
    unit = SqlUnitOfWork(database.engine)
    waits(unit, *(outbound(f"{n}", conversation=f"talk:room/{n}") for n in range(1_000)))
    waits(unit, outbound("other"), since=0.1)
    with counted(database) as done:
        first = claim(unit, 1)  # nobody is there yet
        assert sent(unit, claim(unit, 1), 1) == "other"  # the room is held
        sent(unit, first, 1)
        assert claim(unit, 2) is None  # the room rests
        assert sent(unit, claim(unit, 4), 4) == "1"

    assert done.statements < 60
    assert done.rows < 30


@dataclass
class Done:
    """How many statements the database was asked, and how many rows they changed."""

    statements: int = 0
    rows: int = 0


@contextmanager
def counted(database: Database) -> Iterator[Done]:
    """What is done in the meantime."""
    done = Done()

    def note(_c: Any, cursor: Any, statement: str, *_: Any) -> None:
        done.statements += 1
        done.rows += max(cursor.rowcount, 0) if not statement.startswith("SELECT") else 0

    event.listen(database.engine, "after_cursor_execute", note)
    yield done
    event.remove(database.engine, "after_cursor_execute", note)


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
