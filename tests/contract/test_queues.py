"""The two queues: nothing lost, nothing twice, in order within a conversation."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.domain.messages import Choice
from bot.ports import UnitOfWork
from storage.database import Database
from storage.tables import inbox
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, inbound, later, outbound
from tests.contract.work import LEASE, claim, done, must_claim, receive, retry, sent_order


def test_the_same_message_twice_is_kept_once(unit: UnitOfWork) -> None:
    with unit:
        assert unit.inbox.add(inbound("7"), at=NOW)
        assert not unit.inbox.add(inbound("7", text="again"), at=NOW)
        unit.commit()

    assert must_claim(unit).item.text == "hello"
    assert claim(unit) is None


def test_the_same_id_on_another_channel_is_another_message(unit: UnitOfWork) -> None:
    with unit:
        assert unit.inbox.add(inbound("7"), at=NOW)
        assert unit.inbox.add(inbound("7", channel="mail"), at=NOW)


def test_a_message_that_was_handled_is_not_taken_in_again(unit: UnitOfWork) -> None:
    receive(unit, inbound("7"))
    done(unit, must_claim(unit))

    with unit:
        assert not unit.inbox.add(inbound("7"), at=later(1))


def test_messages_of_a_conversation_are_handled_one_after_the_other(unit: UnitOfWork) -> None:
    receive(unit, inbound("1"), inbound("2"))
    first = must_claim(unit)

    assert first.item.id == "1"
    assert claim(unit) is None
    assert done(unit, first)
    assert must_claim(unit).item.id == "2"


def test_conversations_are_handled_side_by_side_oldest_first(unit: UnitOfWork) -> None:
    receive(
        unit,
        inbound("1", conversation="b"),
        inbound("2", conversation="b"),
        inbound("3", conversation="a"),
    )

    assert [must_claim(unit).item.id, must_claim(unit).item.id] == ["1", "3"]
    assert claim(unit) is None


def test_a_message_is_not_claimed_before_it_is_due(unit: UnitOfWork) -> None:
    with unit:
        unit.inbox.add(inbound(), at=later(5))
        unit.commit()

    assert claim(unit, 4.999999) is None
    assert must_claim(unit, 5).attempts == 1


def test_an_expired_lease_gives_the_message_to_another_worker(unit: UnitOfWork) -> None:
    receive(unit, inbound())
    lost = must_claim(unit)

    assert claim(unit, LEASE - 1) is None
    second = must_claim(unit, LEASE)
    assert second.item == lost.item
    assert second.token != lost.token
    assert second.attempts == 2


def test_a_worker_whose_lease_went_to_another_cannot_finish(unit: UnitOfWork) -> None:
    receive(unit, inbound())
    lost = must_claim(unit)
    ours = must_claim(unit, LEASE)

    assert not done(unit, lost)
    retry(unit, lost, seconds=999)
    with unit:
        assert not unit.inbox.give_up(lost, at=NOW, reason="too late")
    assert done(unit, ours)


def test_finishing_twice_counts_once(unit: UnitOfWork) -> None:
    receive(unit, inbound())
    claimed = must_claim(unit)

    assert done(unit, claimed)
    assert not done(unit, claimed)


def test_a_retry_holds_up_its_own_conversation_only(unit: UnitOfWork) -> None:
    receive(unit, inbound("1"), inbound("2"), inbound("3", conversation="other"))
    retry(unit, must_claim(unit), seconds=30)

    assert must_claim(unit, 1).item.id == "3"
    assert claim(unit, 29) is None
    again = must_claim(unit, 30)
    assert (again.item.id, again.attempts) == ("1", 2)
    done(unit, again)
    assert must_claim(unit, 30).item.id == "2"


def test_a_message_that_arrives_behind_a_retry_waits_for_it(unit: UnitOfWork) -> None:
    receive(unit, inbound("1"))
    retry(unit, must_claim(unit), seconds=30)
    receive(unit, inbound("2"))

    assert claim(unit, 29) is None
    first = must_claim(unit, 30)
    assert first.item.id == "1"
    done(unit, first)
    assert must_claim(unit, 30).item.id == "2"


def test_giving_up_lets_the_conversation_go_on(unit: UnitOfWork) -> None:
    receive(unit, inbound("1"), inbound("2"))
    with unit:
        claimed = unit.inbox.claim(now=NOW, lease_seconds=LEASE)
        assert claimed is not None
        assert unit.inbox.give_up(claimed, at=NOW, reason="poison")
        unit.commit()

    assert must_claim(unit).item.id == "2"
    with unit:
        assert unit.inbox.counts() == {"waiting": 0, "claimed": 1, "done": 0, "given-up": 1}


def test_a_claim_that_was_rolled_back_did_not_happen(unit: UnitOfWork) -> None:
    receive(unit, inbound())
    with unit:
        unit.inbox.claim(now=NOW, lease_seconds=LEASE)

    assert must_claim(unit).attempts == 1


def test_handling_that_is_rolled_back_leaves_the_lease_as_it_was(unit: UnitOfWork) -> None:
    receive(unit, inbound())
    claimed = must_claim(unit)
    with unit:
        unit.inbox.done(claimed, at=NOW)
        unit.outbox.add(outbound(), due=NOW)

    with unit:
        assert unit.inbox.counts()["claimed"] == 1
        assert unit.outbox.counts()["waiting"] == 0
    assert done(unit, claimed)


def test_a_row_nobody_can_read_is_given_up_and_holds_up_nothing(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    unit = SqlUnitOfWork(database.engine)
    receive(unit, inbound("1", text="private words"), inbound("2"))
    with database.engine.begin() as connection:
        connection.execute(
            update(inbox).where(inbox.c.vendor_id == "1").values(message='{"text": "private"}')
        )

    assert must_claim(unit).item.id == "2"
    with unit:
        assert unit.inbox.counts()["given-up"] == 1
    assert "could not be read" in caplog.text
    assert "private" not in caplog.text


def test_a_message_for_a_later_day_does_not_hold_up_a_reply(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("reminder"), due=later(100))
        unit.outbox.add(outbound("reply"), due=NOW)
        reply = unit.outbox.claim(now=later(99), lease_seconds=LEASE, channels=["talk"])
        assert reply is not None
        assert reply.item.key == "reply"
        assert unit.outbox.claim(now=later(100), lease_seconds=LEASE, channels=["talk"]) is None
        unit.outbox.sent(reply, at=later(101), receipt="r")
        reminder = unit.outbox.claim(now=later(101), lease_seconds=LEASE, channels=["talk"])
        assert reminder is not None
        assert reminder.item.key == "reminder"


def test_outbox_keeps_a_key_once_and_sends_in_order(unit: UnitOfWork) -> None:
    with unit:
        assert unit.outbox.add(outbound("1"), due=NOW)
        assert unit.outbox.add(outbound("2"), due=NOW)
        assert not unit.outbox.add(outbound("1", conversation="elsewhere"), due=NOW)
        unit.commit()

    assert sent_order(unit) == ["1", "2"]
    with unit:
        assert not unit.outbox.add(outbound("1"), due=NOW)
        assert unit.outbox.counts() == {"waiting": 0, "claimed": 0, "sent": 2, "given-up": 0}


def test_messages_are_sent_only_for_the_channels_asked_for_oldest_first(unit: UnitOfWork) -> None:
    with unit:
        for n, channel in enumerate(("mail", "talk", "mail", "talk")):
            message = outbound(f"{n}", conversation=f"{channel}:{n}", channel=channel)
            unit.outbox.add(message, due=later(-n))

        keys = []
        for channels in ([], ["other"], ["talk"], ["talk", "mail"], ["mail"], ["mail"]):
            claimed = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=channels)
            keys.append(claimed.item.key if claimed else None)

    assert keys == [None, None, "3", "2", "0", None]


def test_an_unsent_message_is_tried_again_or_given_up(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1"), due=NOW)
        first = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
        assert first is not None
        unit.outbox.retry(first, at=later(10), reason="vendor down")
        assert unit.outbox.claim(now=later(9), lease_seconds=LEASE, channels=["talk"]) is None
        second = unit.outbox.claim(now=later(10), lease_seconds=LEASE, channels=["talk"])
        assert second is not None
        assert second.attempts == 2
        unit.outbox.give_up(second, at=later(11), reason="blocked")
        assert unit.outbox.claim(now=later(9999), lease_seconds=LEASE, channels=["talk"]) is None
        assert unit.outbox.counts()["given-up"] == 1


def test_the_last_choices_are_those_of_the_newest_message(unit: UnitOfWork) -> None:
    with unit:
        assert unit.outbox.last_choices("talk:ada") == ()
        unit.outbox.add(outbound("1", choices=("old",)), due=NOW)
        unit.outbox.add(outbound("2", choices=("yes", "no")), due=NOW)
        unit.outbox.add(outbound("4", conversation="talk:bea", choices=("hers",)), due=NOW)
        choices = unit.outbox.last_choices("talk:ada")

        unit.outbox.add(outbound("3"), due=NOW)
        assert unit.outbox.last_choices("talk:ada") == ()
    assert choices == (Choice(label="yes", says="pick yes"), Choice(label="no", says="pick no"))
