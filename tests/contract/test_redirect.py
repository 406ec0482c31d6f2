"""Messages that wait for an address that somebody left go where the person is now."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Address, OutboundMessage
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, outbound
from tests.contract.work import LEASE

OLD = Address(channel="talk", value="ada")
NEW = Address(channel="mail", value="ada@example.org")


def _sent_to(unit: UnitOfWork, channel: str) -> list[OutboundMessage]:
    found = []
    while claimed := unit.outbox.claim(now=later(1), lease_seconds=LEASE, channels=[channel]):
        found.append(claimed.item)
        unit.outbox.sent(claimed, at=later(1), receipt="r")
    return found


def test_waiting_messages_go_to_the_new_address_in_their_order(unit: UnitOfWork) -> None:
    with unit:
        for key in "123":
            unit.outbox.add(outbound(key), due=NOW)

        assert unit.outbox.redirect(OLD, NEW) == 3
        assert _sent_to(unit, "talk") == []
        assert _sent_to(unit, "mail") == [
            replace(outbound(key), to=NEW, conversation=str(NEW)) for key in "123"
        ]


def test_a_message_leaves_its_thread_and_card_behind(unit: UnitOfWork) -> None:
    below = replace(outbound(), thread="7", card="question:3", replaces="m1")
    with unit:
        unit.outbox.add(below, due=NOW)

        assert unit.outbox.redirect(OLD, NEW) == 1
        assert _sent_to(unit, "mail") == [replace(outbound(), to=NEW, conversation=str(NEW))]
        assert unit.outbox.receipt_of("question:3", str(NEW)) == ""


def test_what_others_read_along_with_goes_nowhere_else(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound(conversation="talk:room/7"), due=NOW)

        assert unit.outbox.redirect(OLD, NEW) == 0
        assert [one.conversation for one in _sent_to(unit, "talk")] == ["talk:room/7"]


def test_messages_to_others_stay_where_they_are(unit: UnitOfWork) -> None:
    other = replace(OLD, value="adam")
    with unit:
        unit.outbox.add(replace(outbound("1"), to=other, conversation=str(other)), due=NOW)
        unit.outbox.add(outbound("2", channel="chat", conversation="chat:ada"), due=NOW)

        assert unit.outbox.redirect(OLD, NEW) == 0
        assert len(_sent_to(unit, "talk")) == 1


def test_what_was_sent_stays_as_it_is(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1"), due=NOW)
        _sent_to(unit, "talk")
        unit.outbox.add(outbound("2"), due=NOW)

        assert unit.outbox.redirect(OLD, NEW) == 1
        assert [one.key for one in _sent_to(unit, "mail")] == ["2"]


def test_what_is_being_sent_and_comes_back_goes_to_the_new_address(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1"), due=NOW)
        held = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
        assert held is not None
        assert unit.outbox.redirect(OLD, NEW) == 1
        unit.outbox.retry(held, at=NOW, reason="the network was away")

        assert _sent_to(unit, "talk") == []
        assert [one.key for one in _sent_to(unit, "mail")] == ["1"]


def test_what_is_being_sent_and_arrives_is_sent_once(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1"), due=NOW)
        held = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
        assert held is not None
        unit.outbox.redirect(OLD, NEW)
        unit.outbox.sent(held, at=NOW, receipt="r")

        assert _sent_to(unit, "mail") == []


def test_a_redirected_message_keeps_its_choices(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound(choices=("yes", "no")), due=NOW)
        unit.outbox.redirect(OLD, NEW)

        assert [one.label for one in unit.outbox.last_choices(str(NEW))] == ["yes", "no"]
        assert unit.outbox.last_choices(str(OLD)) == ()


def test_one_message_goes_alone_by_its_key(unit: UnitOfWork) -> None:
    with unit:
        for key in "12":
            unit.outbox.add(outbound(key), due=NOW)

        assert unit.outbox.redirect(OLD, NEW, only="2") == 1
        assert [one.key for one in _sent_to(unit, "talk")] == ["1"]
        assert [one.key for one in _sent_to(unit, "mail")] == ["2"]
