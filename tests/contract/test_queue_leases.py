"""What an operator's programs may ask of both queues: free what dead ones hold, and what waits."""

from __future__ import annotations

from bot.ports import UnitOfWork
from tests.contract.examples import NOW, inbound, later, outbound

LEASE = 3600.0


def test_every_lease_ends_at_once(unit: UnitOfWork) -> None:
    with unit as uow:
        for name in ("ada", "bea"):
            uow.inbox.add(inbound(name, conversation=name), at=NOW)
        uow.outbox.add(outbound(), due=NOW)
        held = [uow.inbox.claim(now=NOW, lease_seconds=LEASE) for _ in range(2)]
        uow.outbox.claim(now=NOW, lease_seconds=LEASE, channels=("talk",))
        assert uow.inbox.claim(now=later(0), lease_seconds=LEASE) is None

        assert uow.inbox.release_all(at=NOW) == 2
        assert uow.outbox.release_all(at=NOW) == 1

        again = [uow.inbox.claim(now=NOW, lease_seconds=LEASE) for _ in range(2)]
        assert [one.item for one in again if one] == [one.item for one in held if one]
        assert uow.outbox.claim(now=NOW, lease_seconds=LEASE, channels=("talk",)) is not None
        assert not uow.inbox.done(held[0], at=NOW) if held[0] else False


def test_nothing_to_free_is_no_trouble(unit: UnitOfWork) -> None:
    with unit as uow:
        uow.inbox.add(inbound(), at=NOW)

        assert uow.inbox.release_all(at=NOW) == 0
        assert uow.inbox.counts()["waiting"] == 1


def test_the_longest_wait_is_told_of_what_is_due_alone(unit: UnitOfWork) -> None:
    with unit as uow:
        assert uow.inbox.due_since(now=later(9)) is None
        for name, hour in (("ada", 2), ("bea", 1), ("cy", 7)):
            uow.inbox.add(inbound(name, conversation=name), at=later(hour))
        uow.outbox.add(outbound(), due=later(3))

        assert uow.inbox.due_since(now=later(5)) == later(1)
        assert uow.outbox.due_since(now=later(5)) == later(3)
        assert uow.outbox.due_since(now=later(2)) is None
        claimed = uow.inbox.claim(now=later(5), lease_seconds=LEASE * 9)
        assert claimed is not None
        assert uow.inbox.due_since(now=later(5)) == later(2)
