"""What became of the messages of a broadcast, and senders who work at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.app import Knowledge
from bot.domain.messages import Address, OutboundMessage
from bot.domain.notices.broadcast import Broadcast, BroadcastState, message_key
from bot.errors import Overtaken
from bot.phrases.talk import plain
from bot.ports import UnitOfWork
from bot.usecases.send_broadcast import send_some
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import NOON

LATER = NOON + timedelta(hours=1)
LEASE = 60.0


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


def test_who_takes_people_meanwhile_is_passed_over(server_url: str) -> None:
    with open_database(server_url) as opened:
        both_take(SqlUnitOfWork(opened.engine), SqlUnitOfWork(opened.engine))


def both_take(one: UnitOfWork, other: UnitOfWork) -> None:
    """Two transactions that are open at the same time take people of the same broadcast."""
    number = draft(one, 4)
    with one as first, other as second:
        mine = first.broadcasts.next_people(number, limit=2)
        theirs = second.broadcasts.next_people(number, limit=4)
        second.commit()
        first.commit()

    assert len(mine) == len(theirs) == 2
    assert not set(mine) & set(theirs)
