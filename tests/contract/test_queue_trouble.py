"""What the queues know of work that takes long, that is not at fault, or that is for others."""

from __future__ import annotations

import pytest

from bot.domain.messages import Address, OutboundMessage
from bot.ports import Claimed, UnitOfWork
from tests.contract.examples import NOW, inbound, later, outbound
from tests.contract.work import LEASE, sent_order

ADA = Address(channel="talk", value="ada")


def _claim(unit: UnitOfWork, seconds: float = 0) -> Claimed[OutboundMessage] | None:
    return unit.outbox.claim(now=later(seconds), lease_seconds=LEASE, channels=["talk"])


def _must_claim(unit: UnitOfWork, seconds: float = 0) -> Claimed[OutboundMessage]:
    claimed = _claim(unit, seconds)
    assert claimed is not None
    return claimed


def test_what_takes_longer_to_send_is_kept_from_others(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound(), due=NOW)
        ours = _must_claim(unit)

        assert unit.outbox.extend(ours, until=later(5 * LEASE))
        assert _claim(unit, 4 * LEASE) is None
        theirs = _must_claim(unit, 5 * LEASE)
        assert not unit.outbox.extend(ours, until=later(9 * LEASE))
        unit.outbox.sent(theirs, at=later(5 * LEASE), receipt="r")
        assert not unit.outbox.extend(theirs, until=later(9 * LEASE))


def test_an_attempt_that_does_not_count_is_forgotten_and_the_order_stays(
    unit: UnitOfWork,
) -> None:
    with unit:
        for key in "123":
            unit.outbox.add(outbound(key), due=NOW)
        for n in range(30):
            claimed = _must_claim(unit, n / 30)
            assert (claimed.item.key, claimed.attempts) == ("1", 1)
            if n == 20:
                unit.outbox.add(outbound("4"), due=later(n / 30))
            unit.outbox.retry(claimed, at=later(n / 30), reason="away", counts=False)
        unit.commit()

    assert sent_order(unit) == ["1", "2", "3", "4"]


def test_what_was_not_at_fault_waits_its_turn_behind_others(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1"), due=NOW)
        unit.outbox.add(outbound("2", conversation="talk:bea"), due=later(1))
        unit.outbox.retry(_must_claim(unit), at=later(2), reason="away", counts=False)

        assert [_must_claim(unit, 3).item.key for _ in range(2)] == ["2", "1"]


def test_a_message_just_given_back_can_still_be_given_up(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound(), due=NOW)
        claimed = _must_claim(unit)
        unit.outbox.retry(claimed, at=NOW, reason="gone")
        unit.outbox.give_up(claimed, at=NOW, reason="gone")

        assert unit.outbox.counts()["given-up"] == 1
        assert _claim(unit, 9 * LEASE) is None


def test_what_another_worker_took_since_is_not_given_up(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound(), due=NOW)
        slow = _must_claim(unit)
        unit.outbox.retry(slow, at=NOW, reason="gone")
        theirs = _must_claim(unit)
        unit.outbox.give_up(slow, at=NOW, reason="gone")
        unit.outbox.sent(theirs, at=NOW, receipt="r")
        unit.outbox.give_up(slow, at=NOW, reason="gone")

        assert unit.outbox.counts() == {"waiting": 0, "claimed": 0, "sent": 1, "given-up": 0}


@pytest.mark.parametrize(
    ("channels", "found"),
    [
        (None, ["1", "2", "3"]),
        (["mail"], ["2"]),
        (["mail", "talk"], ["1", "2", "3"]),
        (["chat"], []),
        ([], []),
    ],
)
def test_who_serves_some_channels_is_given_only_their_messages(
    unit: UnitOfWork, channels: list[str] | None, found: list[str]
) -> None:
    with unit:
        for n, channel in enumerate(("talk", "mail", "talk"), start=1):
            message = inbound(f"{n}", conversation=f"{channel}:{n}", channel=channel)
            unit.inbox.add(message, at=later(n))

        claimed = []
        while one := unit.inbox.claim(now=later(9), lease_seconds=LEASE, channels=channels):
            claimed.append(one.item.id)
    assert claimed == found


def test_it_is_known_whose_message_waits_where(unit: UnitOfWork) -> None:
    bea = Address(channel="talk", value="bea")
    with unit:
        assert not unit.inbox.waits(ADA, "talk:room/7")
        unit.inbox.add(inbound(conversation="talk:room/7"), at=NOW)
        assert unit.inbox.waits(ADA, "talk:room/7")
        assert not unit.inbox.waits(bea, "talk:room/7")
        assert not unit.inbox.waits(ADA, "talk:room/8")

        claimed = unit.inbox.claim(now=NOW, lease_seconds=LEASE)
        assert claimed is not None
        assert unit.inbox.waits(ADA, "talk:room/7")
        unit.inbox.done(claimed, at=NOW)
        assert not unit.inbox.waits(ADA, "talk:room/7")
