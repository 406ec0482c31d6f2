"""Cards in the outbox: one message on the channel, however often it changes."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Address, OutboundMessage
from bot.ports import Change, Claimed, UnitOfWork
from tests.contract.examples import NOW, later, outbound
from tests.contract.work import LEASE

ROOM = Address(channel="talk", value="room")
OTHER = Address(channel="talk", value="other room")
CARD = "question:7"


def _card(key: str, *, room: Address = ROOM, card: str = CARD) -> OutboundMessage:
    return replace(outbound(key, choices=("take",)), to=room, conversation=str(room), card=card)


def _claim(unit: UnitOfWork) -> Claimed[OutboundMessage]:
    """What is next."""
    claimed = unit.outbox.claim(now=later(1), lease_seconds=LEASE, channels=["talk"])
    assert claimed is not None
    return claimed


def _send(unit: UnitOfWork, receipt: str) -> OutboundMessage:
    """Sends what is next."""
    claimed = _claim(unit)
    unit.outbox.sent(claimed, at=later(1), receipt=receipt)
    return claimed.item


def test_a_newer_card_replaces_the_one_that_was_sent(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(_card("1"), due=NOW)
        first = _send(unit, "m1")
        unit.outbox.add(_card("2"), due=NOW)
        second = _send(unit, "m1")

    assert (first.replaces, second.replaces) == ("", "m1")


def test_a_card_that_had_to_be_made_anew_is_known_by_both_names(unit: UnitOfWork) -> None:
    with unit:
        for key, receipt in (("1", "m1"), ("2", "m2")):
            unit.outbox.add(_card(key), due=NOW)
            _send(unit, receipt)

        assert unit.outbox.receipt_of(CARD, str(ROOM)) == "m2"
        assert unit.outbox.card_at(str(ROOM), "m1") == CARD
        assert unit.outbox.card_at(str(ROOM), "m2") == CARD


def test_of_cards_that_wait_only_the_newest_is_sent(unit: UnitOfWork) -> None:
    with unit:
        for key in "123":
            unit.outbox.add(_card(key), due=NOW)
        unit.outbox.add(_card("4", card="question:8"), due=NOW)
        sent = [_send(unit, f"m{place}").key for place in range(2)]

        assert sent == ["3", "4"]
        assert unit.outbox.claim(now=later(1), lease_seconds=LEASE, channels=["talk"]) is None
        assert unit.outbox.counts()["sent"] == 4
        assert unit.outbox.receipt_of(CARD, str(ROOM)) == "m0"


def test_a_card_whose_channel_was_away_is_overtaken_by_the_newer_one(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(_card("1"), due=NOW)
        held = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
        assert held is not None
        unit.outbox.retry(held, at=later(1), reason="away")
        unit.outbox.add(_card("2"), due=NOW)

        assert _send(unit, "m1").key == "2"


def test_giving_a_card_up_marks_what_it_is_about(unit: UnitOfWork) -> None:
    with unit:
        for message in (_card("1"), outbound("2")):
            unit.outbox.add(message, due=NOW)
            claimed = _claim(unit)
            unit.outbox.give_up(claimed, at=later(2), reason="refused")
            unit.outbox.give_up(claimed, at=later(3), reason="too late")

        assert unit.announcements.take() == Change(subject=CARD, at=later(2))
        assert unit.announcements.take() is None


def test_a_card_that_was_given_up_hangs_nowhere(unit: UnitOfWork) -> None:
    with unit:
        assert unit.outbox.given_up_at(CARD, str(ROOM)) is None
        unit.outbox.add(_card("1"), due=NOW)
        assert unit.outbox.carded(CARD, str(ROOM))
        unit.outbox.add(_card("2"), due=NOW)  # the first counts as sent, but was not
        unit.outbox.give_up(_claim(unit), at=later(2), reason="refused")

        assert not unit.outbox.carded(CARD, str(ROOM))
        assert unit.outbox.given_up_at(CARD, str(ROOM)) == later(2)
        unit.outbox.add(_card("3"), due=NOW)
        assert unit.outbox.carded(CARD, str(ROOM))
        assert unit.outbox.given_up_at(CARD, str(ROOM)) is None


def test_a_card_that_hangs_still_does_when_a_newer_one_was_given_up(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(_card("1"), due=NOW)
        _send(unit, "m1")
        unit.outbox.add(_card("2"), due=NOW)
        unit.outbox.give_up(_claim(unit), at=later(2), reason="refused")

        assert unit.outbox.carded(CARD, str(ROOM))
        assert not unit.outbox.carded(CARD, str(OTHER))


def test_each_room_has_its_own_card(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(_card("1"), due=NOW)
        _send(unit, "m1")
        unit.outbox.add(_card("2", room=OTHER), due=NOW)
        assert _send(unit, "m2").replaces == ""

        assert unit.outbox.receipt_of(CARD, str(OTHER)) == "m2"
        assert unit.outbox.card_at(str(OTHER), "m1") == ""


def test_what_is_no_card_is_found_by_no_name(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1"), due=NOW)
        unit.outbox.add(_card("2"), due=NOW)
        _send(unit, "m1")

        assert unit.outbox.card_at("talk:ada", "m1") == ""
        assert unit.outbox.card_at(str(ROOM), "") == ""
        assert unit.outbox.receipt_of("", "talk:ada") == ""
        assert unit.outbox.receipt_of(CARD, str(ROOM)) == ""


def test_choices_of_a_card_are_not_picked_by_number(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1", conversation=str(ROOM), choices=("yes",)), due=NOW)
        unit.outbox.add(_card("2"), due=NOW)

        assert [one.label for one in unit.outbox.last_choices(str(ROOM))] == ["yes"]


def test_who_was_spoken_to_where_others_read_along_is_known(unit: UnitOfWork) -> None:
    ada, bea = (Address(channel="talk", value=name) for name in ("ada", "bea"))
    with unit:
        unit.outbox.add(outbound("1", conversation="talk:room/7"), due=NOW)
        unit.outbox.add(replace(outbound("2"), to=bea, conversation="talk:room/8"), due=NOW)

        assert unit.outbox.spoken_to(ada, "talk:room/7")
        assert not unit.outbox.spoken_to(bea, "talk:room/7")
        assert not unit.outbox.spoken_to(replace(ada, channel="chat"), "talk:room/7")
