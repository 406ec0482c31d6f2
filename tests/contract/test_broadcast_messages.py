"""What became of the messages of a broadcast, and senders who work at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta

from bot.app import Knowledge
from bot.domain.messages import Address, OutboundMessage
from bot.domain.notices.broadcast import Broadcast, BroadcastState, message_key
from bot.errors import Overtaken
from bot.phrases.talk import plain
from bot.ports import UnitOfWork
from bot.usecases.send_broadcast import send_some
from tests.clock import NOON

LATER = NOON + timedelta(hours=1)
LEASE = 60.0
A_WHILE = 0.5  # seconds in which whoever waits for nobody is done


def draft(unit: UnitOfWork, people: int, state: BroadcastState = BroadcastState.SENDING) -> int:
    """A broadcast to so many people; its number."""
    with unit as uow:
        known = [
            uow.people.add(f"Cal {n}", email=f"cal{n}@example.org", time_zone="UTC").id
            for n in range(people)
        ]
        new = Broadcast(id=0, by=known[0], group="everyone", text="Hello.", made_at=NOON)
        kept = uow.broadcasts.add(replace(new, state=state, total=people), known)
        uow.commit()
    return kept.id


def put(uow: UnitOfWork, number: int, person: int, *, channel: str = "email") -> None:
    """A message of it in the outbox."""
    to = Address(channel=channel, value=f"cal{person}")
    key = message_key(number, person)
    message = OutboundMessage(key=key, to=to, conversation=str(to), reply=plain("Hello."))
    assert uow.outbox.add(message, due=NOON)


def test_people_are_taken_once_and_those_without_a_message_are_left_out(unit: UnitOfWork) -> None:
    number = draft(unit, 3)
    with unit as uow:
        first, second = uow.broadcasts.next_people(number, limit=2)
        put(uow, number, first)
        assert uow.broadcasts.left_out(number, limit=5) == (second,)
        (third,) = uow.broadcasts.next_people(number, limit=2)
        assert uow.broadcasts.next_people(number, limit=2) == ()
        assert uow.broadcasts.left_out(number, limit=5) == (second, third)
        assert uow.broadcasts.left_out(number, limit=1) == (second,)


def test_who_was_taken_and_not_kept_is_taken_again(unit: UnitOfWork) -> None:
    number = draft(unit, 2)
    with unit as uow:
        taken = uow.broadcasts.next_people(number, limit=5)
    with unit as uow:
        assert uow.broadcasts.next_people(number, limit=5) == taken


def test_what_waits_is_counted_by_channel_once_it_is_due(unit: UnitOfWork) -> None:
    number, other = draft(unit, 3), 99
    with unit as uow:
        a, b, c = uow.broadcasts.next_people(number, limit=5)
        put(uow, number, a)
        put(uow, number, b)
        put(uow, number, c, channel="slack")
        put(uow, other, c)
        assert uow.broadcasts.behind(number, now=LATER) == {"email": 2, "slack": 1}
        assert uow.broadcasts.behind(number, now=NOON - timedelta(seconds=1)) == {}
        assert uow.broadcasts.outcomes(number) == {"waiting": 3}


def test_only_what_waits_of_that_broadcast_is_withdrawn(unit: UnitOfWork) -> None:
    number = draft(unit, 3)
    with unit as uow:
        people = uow.broadcasts.next_people(number, limit=5)
        for person in people:
            put(uow, number, person)
        put(uow, number + 1, people[0])
        sent = uow.outbox.claim(now=NOON, lease_seconds=LEASE, channels=["email"])
        assert sent
        uow.outbox.sent(sent, at=NOON, receipt="m1")
        assert uow.outbox.claim(now=NOON, lease_seconds=LEASE, channels=["email"])
        uow.commit()
    with unit as uow:
        assert uow.broadcasts.withdraw(number, at=LATER, reason="cancelled") == 1
        assert uow.broadcasts.withdraw(number, at=LATER, reason="cancelled") == 0
        found = uow.broadcasts.outcomes(number)
        assert found == {"sent": 1, "claimed": 1, "unsent": 1}


def test_two_senders_at_once_write_to_everybody_once(
    shared: Callable[[], UnitOfWork], knowledge: Knowledge
) -> None:
    program = knowledge.pack.program
    number = draft(shared(), 240)

    def work(unit: UnitOfWork) -> None:
        now = NOON
        while True:
            with unit as uow:
                running = uow.broadcasts.sending()
                if running is None:
                    return
                try:
                    if send_some(uow, program, now=now, rate=10):
                        uow.commit()
                except Overtaken:
                    continue
            now += timedelta(seconds=1)

    workers = [threading.Thread(target=work, args=(shared(),)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    with shared() as uow:
        done = uow.broadcasts.get(number)
        assert done
        assert (done.state, done.queued) == (BroadcastState.SENT, 240)
        assert uow.broadcasts.outcomes(number) == {"waiting": 240}
        assert uow.broadcasts.left_out(number, limit=5) == ()


def test_whoever_holds_it_keeps_others_waiting_who_then_see_what_became_of_it(
    shared: Callable[[], UnitOfWork],
) -> None:
    one, other = shared(), shared()
    number = draft(one, 2)

    def held() -> Broadcast | None:
        with other as uow:
            return uow.broadcasts.hold(number)

    with ThreadPoolExecutor(1) as pool:
        with one as uow:
            running = uow.broadcasts.hold(number)
            assert running
            going = pool.submit(held)
            wait([going], timeout=A_WHILE)
            after = replace(running, queued=2)
            assert not going.done()
            assert uow.broadcasts.save(after, was=running)
            uow.commit()
        assert going.result(60) == after


def test_there_is_nothing_to_hold_of_another_number(unit: UnitOfWork) -> None:
    number = draft(unit, 1)
    with unit as uow:
        assert uow.broadcasts.hold(number + 1) is None
        assert uow.broadcasts.hold(10**12) is None


def test_it_waits_as_long_as_one_of_its_messages_is_open(unit: UnitOfWork) -> None:
    number = draft(unit, 1)
    with unit as uow:
        (person,) = uow.broadcasts.next_people(number, limit=5)
        assert not uow.broadcasts.waits(number)
        put(uow, number, person)
        assert uow.broadcasts.waits(number)
        assert not uow.broadcasts.waits(number + 1)
        claimed = uow.outbox.claim(now=NOON, lease_seconds=LEASE, channels=["email"])
        assert claimed
        assert uow.broadcasts.waits(number)
        uow.outbox.sent(claimed, at=NOON, receipt="m1")
        assert not uow.broadcasts.waits(number)
