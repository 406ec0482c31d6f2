"""What was said is found by the vendor's id of it; rooms that a vendor moved."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, select

from bot.domain.messages import Address, OutboundMessage
from bot.ports import UnitOfWork
from storage.database import Database, open_database
from storage.tables import outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, later, outbound
from tests.contract.work import LEASE, counted_steps

ADA = Address(channel="talk", value="ada")
ROOM = Address(channel="talk", value="room")
NEW = Address(channel="talk", value="big room")
CARD = "question:7"


def card(key: str, *choices: str) -> OutboundMessage:
    """A card in the room."""
    message = replace(outbound(key, choices=choices), to=ROOM, conversation=str(ROOM))
    return replace(message, card=CARD)


def say(unit: UnitOfWork, message: OutboundMessage, receipt: str, *further: str) -> None:
    """It is sent, in one or more posts."""
    unit.outbox.add(message, due=NOW)
    claimed = unit.outbox.claim(now=later(1), lease_seconds=LEASE, channels=["talk"])
    assert claimed is not None
    unit.outbox.sent(claimed, at=later(1), receipt=receipt, further=further)


def test_a_message_is_found_by_the_vendor_s_id_in_its_conversation(unit: UnitOfWork) -> None:
    with unit:
        say(unit, outbound("1"), "17")
        say(unit, outbound("2", conversation="talk:bea"), "18")
        unit.outbox.add(outbound("3"), due=NOW)

        assert unit.outbox.said_at("talk:ada", "17") == outbound("1")
        assert unit.outbox.said_at("talk:ada", "18") is None
        assert unit.outbox.said_at("talk:ada", "") is None


def test_a_message_is_found_by_any_of_its_posts(unit: UnitOfWork) -> None:
    shared = outbound("2", conversation="talk:room/7")
    with unit:
        say(unit, outbound("1"), "1", "2", "3")
        say(unit, shared, "11", "12", "13", "13", "")
        say(unit, card("3"), "21", "22")
        say(unit, outbound("4", conversation="talk:bea"), "31", "12")

        for receipt in "123":
            assert unit.outbox.said_at("talk:ada", receipt) == outbound("1")
            assert unit.outbox.said_at("talk:room/7", receipt) is None
        for receipt in ("11", "12", "13"):
            assert unit.outbox.said_at("talk:room/7", receipt) == shared
            assert unit.outbox.said_in(str(ROOM), receipt) == "talk:room/7"
            assert unit.outbox.card_at("talk:room/7", receipt) == ""
        assert [unit.outbox.card_at(str(ROOM), each) for each in ("21", "22", "23")] == [
            CARD,
            CARD,
            "",
        ]
        assert unit.outbox.receipt_of(CARD, str(ROOM)) == "21"


def test_of_a_card_that_was_changed_the_newest_is_what_is_there(unit: UnitOfWork) -> None:
    with unit:
        say(unit, card("1"), "17")
        say(unit, card("2"), "17")

        found = unit.outbox.said_at(str(ROOM), "17")
        assert found is not None
        assert found.key == "2"


def test_the_thread_in_which_a_message_stands_is_found_by_its_id(unit: UnitOfWork) -> None:
    with unit:
        say(unit, outbound("1", conversation="talk:room/7"), "17")
        say(unit, outbound("2", conversation="talk:room 2/7"), "18")
        say(unit, outbound("3"), "19")
        say(unit, card("4"), "20")

        assert unit.outbox.said_in(str(ROOM), "17") == "talk:room/7"
        for receipt in ("18", "19", "20", "21", ""):
            assert unit.outbox.said_in(str(ROOM), receipt) == ""


def test_the_choices_of_the_newest_messages_are_known_newest_first(unit: UnitOfWork) -> None:
    with unit:
        say(unit, outbound("1", choices=("a",)), "1")
        say(unit, outbound("2", choices=("b", "c")), "2")
        say(unit, outbound("3"), "3")
        unit.outbox.add(outbound("4", choices=("d",)), due=NOW)
        say(unit, card("5", "take"), "5")

        labels = [one.label for one in unit.outbox.offered("talk:ada", limit=3)]
        assert labels == ["d", "b", "c"]
        assert [one.label for one in unit.outbox.offered(str(ROOM), limit=9)] == ["take"]
        assert unit.outbox.offered("talk:nobody", limit=9) == ()


def test_what_waits_for_a_room_goes_to_the_one_in_its_place(unit: UnitOfWork) -> None:
    below = replace(outbound("1", conversation="talk:room/7"), thread="7")
    with unit:
        say(unit, card("0"), "17")
        unit.outbox.add(below, due=NOW)
        unit.outbox.add(card("2"), due=NOW)

        assert unit.outbox.move(ROOM, NEW) == 2
        first, second = (
            unit.outbox.claim(now=later(1), lease_seconds=LEASE, channels=["talk"])
            for _ in range(2)
        )
        assert first is not None
        assert second is not None
        moved = f"{NEW}/moved-7"
        assert first.item == replace(below, conversation=moved, thread="")
        assert second.item == replace(card("2"), to=NEW, conversation=str(NEW))
        assert unit.outbox.spoken_to(ADA, moved)
        assert unit.outbox.carded(CARD, str(NEW))


def test_what_is_elsewhere_or_was_said_stays(unit: UnitOfWork) -> None:
    with unit:
        say(unit, outbound("1", conversation="talk:room/7"), "17")
        unit.outbox.add(outbound("2"), due=NOW)
        unit.outbox.add(outbound("3", conversation="talk:room 2/7"), due=NOW)

        assert unit.outbox.move(ROOM, NEW) == 0
        assert unit.outbox.said_in(str(ROOM), "17") == "talk:room/7"


def test_what_is_being_sent_and_comes_back_goes_to_the_new_room(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound("1", conversation="talk:room/7"), due=NOW)
        held = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
        assert held is not None
        assert unit.outbox.move(ROOM, NEW) == 1
        unit.outbox.retry(held, at=NOW, reason="moved", counts=False)

        again = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
        assert again is not None
        assert (again.item.conversation, again.attempts) == (f"{NEW}/moved-7", 1)


def test_a_long_past_makes_nothing_slower() -> None:
    with open_database("sqlite://") as small, open_database("sqlite://") as large:
        for database in (small, large):
            with SqlUnitOfWork(database.engine) as unit:
                say(unit, outbound("first", conversation="talk:room/7"), "17", "16")
                unit.commit()
        with large.engine.begin() as connection:
            row = dict(connection.execute(select(outbox)).mappings().one())
            past = ({**row, "id": n, "key": f"{n}", "receipt": f"r{n}"} for n in range(2, 20_000))
            connection.execute(insert(outbox), list(past))

        assert _steps(large) <= 1.5 * _steps(small)


def _steps(database: Database) -> int:
    with counted_steps(database) as steps, SqlUnitOfWork(database.engine) as unit:
        say(unit, outbound("next", conversation="talk:room/7", choices=("yes",)), "18")
        unit.outbox.last_choices("talk:room/7")
        for receipt in ("17", "16"):
            unit.outbox.said_at("talk:room/7", receipt)
            unit.outbox.said_in("talk:room", receipt)
        unit.outbox.offered("talk:room/7", limit=2)
        unit.outbox.spoken_to(ADA, "talk:room/7")
        unit.outbox.due_next(now=NOW, channels=["talk"])
    return len(steps)
