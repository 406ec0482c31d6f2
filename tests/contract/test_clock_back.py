"""What a clock that was ahead wrote into the books and the queues is taken back from there."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.notices.broadcast import message_key
from bot.domain.notices.notice import Ending
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, inbound, later, outbound
from tests.contract.test_noticing_own import noted

LEASE = 60.0


def test_what_is_due_later_and_what_was_missed_later_leaves_the_books(unit: UnitOfWork) -> None:
    said = replace(noted("said", seconds=9), due=later(1))
    early = replace(noted("early", seconds=9), due=later(8))
    missed = noted("missed", seconds=9, ending=Ending.MISSED)
    before = noted("before", seconds=4, ending=Ending.MISSED)
    with unit as uow:
        uow.notices.note([said, early, missed, before])

        assert uow.notices.forget_after(later(5)) == 2
        assert uow.notices.known(["said", "early", "missed", "before"]) == {"said", "before"}


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
