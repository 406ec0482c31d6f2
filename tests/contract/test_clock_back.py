"""What a clock that was ahead wrote into the books and the queues is taken back from there."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.notices.broadcast import BroadcastState, message_key
from bot.domain.notices.notice import Ending
from bot.domain.notices.wishes import Hush
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, inbound, later, outbound, person
from tests.contract.test_noticing_broadcasts import DRAFT
from tests.contract.test_noticing_own import news, noted
from tests.exporting import small_program

LEASE = 60.0


def test_what_was_missed_later_leaves_the_books(unit: UnitOfWork) -> None:
    said = replace(noted("said", seconds=9), due=later(8))
    missed = noted("missed", seconds=9, ending=Ending.MISSED)
    before = noted("before", seconds=4, ending=Ending.MISSED)
    with unit as uow:
        uow.notices.note([said, missed, before])

        assert uow.notices.forget(missed_after=later(5), due_after=later(500)) == 1
        assert uow.notices.known(["said", "missed", "before"]) == {"said", "before"}


def test_news_of_later_are_of_now_and_what_was_dropped_later_waits(unit: UnitOfWork) -> None:
    with unit as uow:
        ada = person(uow)
        for key, seconds in (("early", 1), ("late", 9), ("dropped", 1), ("told", 9)):
            uow.gathered.add(news(ada, key, seconds=seconds))
        uow.gathered.take(["early"], message="unsaid: old", at=later(4))
        uow.gathered.take(["dropped"], message="unsaid: old", at=later(99))
        uow.gathered.take(["told"], message="digest:1", at=later(99))

        assert uow.gathered.bring_back(now=later(5), dropped=("unsaid: old",)) == 2

        (found,) = uow.situations.of([ada.id], now=NOW, program=small_program())
        waiting = {one.key: one.at for one in found.gathered}
        assert waiting == {"dropped": later(1), "late": later(5)}
        assert [one.at for one in uow.gathered.told_by("digest:1")] == [later(5)]
        assert uow.gathered.forget(until=later(5)) == 2  # by when they were told, too


def test_what_was_hushed_later_is_hushed_now_and_for_as_long(unit: UnitOfWork) -> None:
    before = Hush(matter="a", at=NOW, until=later(99))
    with unit as uow:
        ada = person(uow)
        snoozed, done = (
            Hush(matter="b", at=later(9), until=later(12)),
            Hush(matter="c", at=later(9), until=None),
        )
        for one in (before, snoozed, done):
            uow.wishes.hush(ada, one)

        assert uow.wishes.bring_back(now=later(5)) == 2

        moved = replace(snoozed, at=later(5), until=later(8)), replace(done, at=later(5))
        assert uow.wishes.of(ada).hushed == (before, *moved)


def test_messages_of_a_broadcast_that_are_due_much_later_leave_now_at_its_rate(
    unit: UnitOfWork,
) -> None:
    with unit as uow:
        kept = uow.broadcasts.add(DRAFT, [1, 2, 3])
        ended = replace(
            kept,
            state=BroadcastState.SENT,
            ended_at=later(9_999),
            spread_until=later(9_999),
            told_at=later(9_999),
        )
        uow.broadcasts.save(ended, was=kept)
        for who, due in ((1, 50), (2, 9_999), (3, 9_999)):
            message = outbound(message_key(kept.id, who), conversation=f"talk:{who}")
            uow.outbox.add_many([(message, later(due))])

        assert uow.broadcasts.bring_back(now=NOW, latest=later(100), rate=2)

        back = replace(ended, ended_at=NOW, told_at=None, spread_until=later(1))
        assert uow.broadcasts.get(kept.id) == back
        assert uow.broadcasts.untold(limit=9) == (back,)
        behind = [uow.broadcasts.behind(kept.id, now=later(at)) for at in (0, 0.5, 50)]
        assert behind == [{"talk": 1}, {"talk": 2}, {"talk": 3}]
        assert not uow.broadcasts.bring_back(now=NOW, latest=later(100), rate=2)


def test_what_waits_in_the_queues_waits_no_longer_but_for_broadcasts(unit: UnitOfWork) -> None:
    with unit as uow:
        uow.outbox.add(outbound("late"), due=later(9_999))
        uow.outbox.add(outbound(message_key(1, 2), conversation="talk:bea"), due=later(9_999))
        uow.inbox.add(inbound(), at=later(9_999))

        assert uow.outbox.bring_forward(now=NOW) == 1
        assert uow.inbox.bring_forward(now=NOW) == 1

        claimed = uow.outbox.claim(now=NOW, lease_seconds=LEASE, channels=("talk",))
        assert claimed is not None
        assert claimed.item.key == "late"
        assert uow.outbox.claim(now=NOW, lease_seconds=LEASE, channels=("talk",)) is None
        assert uow.inbox.claim(now=NOW, lease_seconds=LEASE) is not None
        assert uow.outbox.bring_forward(now=NOW) == 0  # what is with a worker stays there
