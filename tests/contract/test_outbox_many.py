"""Many messages that are added at once are kept as if each had been added by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.domain.messages import Address, OutboundMessage
from bot.ports import UnitOfWork
from storage.database import Database, open_database
from storage.tables import outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, later, outbound
from tests.contract.reviewing import at_once
from tests.contract.work import LEASE, sent_order

Dated = tuple[OutboundMessage, datetime]


def _all_sorts() -> Sequence[Dated]:
    """Choices that follow each other, cards, rooms, threads, repeated keys, other moments."""
    room = "talk:room/7"
    first = outbound("first", choices=("yes",))
    return (
        (first, NOW),
        (outbound("second"), later(5)),
        (first, later(9)),
        (outbound("third", choices=("no", "yes")), NOW),
        (replace(outbound("card", choices=("take",)), card="question:7"), NOW),
        (outbound("bea", conversation="talk:bea", choices=("a",)), later(3)),
        (outbound("room", conversation=room, choices=("b",)), NOW),
        (replace(outbound("room card", conversation=room), card="submission:1"), NOW),
        (replace(outbound("kept", conversation="talk:bea"), notices=("expiry:1",), whose=1), NOW),
        (first, NOW),
    )


def _before(unit: UnitOfWork) -> None:
    """Something is offered in one conversation, and one is held up by a message that failed."""
    unit.outbox.add(outbound("old", choices=("old",)), due=NOW)
    unit.outbox.add(outbound("failed", conversation="talk:bea", choices=("x",)), due=NOW)
    held = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])
    while held is not None:
        unit.outbox.retry(held, at=later(30), reason="vendor down")
        held = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])


def _rows(database: Database) -> Iterator[dict[str, Any]]:
    with database.engine.connect() as connection:
        for row in connection.execute(select(outbox).order_by(outbox.c.id)):
            values = dict(row._mapping)
            del values["id"]  # a key that was there uses a number up, here and there another
            yield values


def test_they_are_the_same_rows_as_if_added_one_by_one(database: Database) -> None:
    with open_database("sqlite://") as plain:
        one, many = SqlUnitOfWork(plain.engine), SqlUnitOfWork(database.engine)
        with one, many:
            for unit in (one, many):
                _before(unit)
            added = [one.outbox.add(message, due=due) for message, due in _all_sorts()]
            assert many.outbox.add_many(_all_sorts()) == sum(added) == 8
            assert many.outbox.add_many(_all_sorts()) == 0
            one.commit()
            many.commit()

        assert list(_rows(database)) == list(_rows(plain))


def test_none_are_none(unit: UnitOfWork) -> None:
    with unit:
        assert unit.outbox.add_many([]) == 0


def test_those_of_one_conversation_leave_in_their_order(unit: UnitOfWork) -> None:
    keys = [f"k{n}" for n in (3, 1, 2, 5, 4)]
    with unit:
        unit.outbox.add_many([(outbound(key), NOW) for key in keys])
        unit.commit()

    assert sent_order(unit) == keys


def test_more_than_one_statement_holds_are_kept(unit: UnitOfWork) -> None:
    to = [Address(channel="talk", value=f"u{n}") for n in range(2100)]
    many = [
        (replace(outbound(f"k{n}"), to=one, conversation=str(one)), NOW) for n, one in enumerate(to)
    ]
    with unit:
        unit.outbox.add_many(many[:50])

        assert unit.outbox.add_many(many) == 2050
        assert unit.outbox.counts()["waiting"] == 2100


def test_a_message_that_several_add_at_once_is_kept_once(
    shared: Callable[[], UnitOfWork],
) -> None:
    def add(_: int) -> int:
        with shared() as unit:
            added = unit.outbox.add_many([(outbound(f"k{n}"), NOW) for n in range(20)])
            unit.commit()
        return added

    assert sum(at_once(add)) == 20
