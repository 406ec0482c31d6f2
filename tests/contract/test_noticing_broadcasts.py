"""A broadcast and how far it is."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Address
from bot.domain.notices.broadcast import Broadcast, BroadcastState, message_key
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, outbound

DRAFT = Broadcast(id=0, by=7, group="set A", text="Hello all.", made_at=NOW, total=3)


def test_a_broadcast_is_kept_as_a_draft_under_a_number(unit: UnitOfWork) -> None:
    with unit:
        first, second = unit.broadcasts.add(DRAFT, [1, 2, 2]), unit.broadcasts.add(DRAFT, [])

        assert first == replace(DRAFT, id=first.id)
        assert second.id > first.id
        assert unit.broadcasts.get(first.id) == first
        assert unit.broadcasts.get(second.id + 1) is None
        assert unit.broadcasts.get(10**12) is None
        assert unit.broadcasts.newest(limit=1) == (second,)
        assert unit.broadcasts.newest(limit=9) == (second, first)
        assert unit.broadcasts.sending() is None


def test_only_who_knows_how_it_stands_changes_it(unit: UnitOfWork) -> None:
    with unit:
        first, second = unit.broadcasts.add(DRAFT, [1]), unit.broadcasts.add(DRAFT, [2])
        sending = replace(first, state=BroadcastState.SENDING)
        sent = replace(sending, state=BroadcastState.SENT, queued=1, ended_at=later(9))

        assert unit.broadcasts.save(replace(second, state=BroadcastState.SENDING), was=second)
        assert unit.broadcasts.save(sending, was=first)
        assert unit.broadcasts.sending() == sending
        assert not unit.broadcasts.save(replace(first, state=BroadcastState.CANCELLED), was=first)
        assert unit.broadcasts.save(sent, was=sending)
        assert unit.broadcasts.get(first.id) == sent
        assert unit.broadcasts.sending() == replace(second, state=BroadcastState.SENDING)
        assert unit.broadcasts.save(replace(sent, ended_at=later(10)), was=sent)


def test_everybody_of_it_is_taken_once_and_nobody_of_another(unit: UnitOfWork) -> None:
    with unit:
        one, other = unit.broadcasts.add(DRAFT, [3, 1, 2]), unit.broadcasts.add(DRAFT, [1, 9])

        assert unit.broadcasts.next_people(one.id, limit=2) == (1, 2)
        assert unit.broadcasts.next_people(one.id, limit=2) == (3,)
        assert unit.broadcasts.next_people(one.id, limit=2) == ()
        assert unit.broadcasts.next_people(other.id, limit=9) == (1, 9)


def test_what_became_of_its_messages_is_counted(unit: UnitOfWork) -> None:
    with unit:
        one, other = unit.broadcasts.add(DRAFT, [1, 2, 3]), unit.broadcasts.add(DRAFT, [1])
        for number, who in ((one.id, 1), (one.id, 2), (one.id, 3), (other.id, 1)):
            to = Address(channel=f"c{who}", value="x")
            message = replace(outbound(message_key(number, who)), to=to, conversation=str(to))
            unit.outbox.add(message, due=NOW)
        for channel in ("c2", "c3"):
            claimed = unit.outbox.claim(now=NOW, lease_seconds=9, channels=[channel])
            assert claimed is not None
            if channel == "c2":
                unit.outbox.sent(claimed, at=NOW, receipt="r")
            else:
                unit.outbox.give_up(claimed, at=NOW, reason="nobody is there")

        assert unit.broadcasts.outcomes(one.id) == {"waiting": 1, "sent": 1, "given-up": 1}
        assert unit.broadcasts.outcomes(other.id) == {"waiting": 1}
        assert unit.broadcasts.unreached(one.id, limit=9) == ((3, "nobody is there"),)
        assert unit.broadcasts.unreached(other.id, limit=9) == ()


def test_all_that_are_being_sent_are_found_the_newest_first(unit: UnitOfWork) -> None:
    with unit:
        kept = [unit.broadcasts.add(DRAFT, [1]) for _ in range(3)]
        going = [replace(one, state=BroadcastState.SENDING) for one in kept[:2]]
        for one, was in zip(going, kept, strict=False):
            assert unit.broadcasts.save(one, was=was)

        assert unit.broadcasts.running() == (going[1], going[0])


def test_people_of_what_is_never_sent_are_forgotten_a_few_at_a_time(unit: UnitOfWork) -> None:
    def left() -> list[int]:
        return [len(unit.broadcasts.people(one.id)) for one in (old, new, over)]

    with unit:
        old = unit.broadcasts.add(DRAFT, [1, 2, 3])
        new = unit.broadcasts.add(replace(DRAFT, made_at=later(9)), [1, 2])
        over = unit.broadcasts.add(replace(DRAFT, made_at=later(9)), [1, 2, 3])
        unit.broadcasts.next_people(over.id, limit=1)
        cancelled = replace(over, state=BroadcastState.CANCELLED)
        assert unit.broadcasts.save(cancelled, was=over)

        assert unit.broadcasts.forget_people(until=later(5), limit=2) == 2
        assert left() == [1, 2, 3]
        gone = [unit.broadcasts.forget_people(until=later(5), limit=2) for _ in range(3)]
        assert gone == [1, 2, 0]
        assert left() == [0, 2, 1]
