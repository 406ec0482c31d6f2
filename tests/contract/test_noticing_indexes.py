"""Every question of the clock has its index, and so has everything that is asked for many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import event

from bot.domain.notices.broadcast import Broadcast, BroadcastState, message_key
from bot.domain.notices.notice import Ending
from bot.domain.notices.wishes import Hush, Wishes
from bot.ports import Standing, UnitOfWork, Wanted
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.busy import two_people
from tests.contract.examples import NOW, later, outbound, person
from tests.contract.test_noticing_own import news, noted, reminder
from tests.exporting import small_program

# A few from one end of a table, or from the part of it that an index has.
_FROM_AN_END = {
    "SCAN stirred",
    "SCAN broadcasts",
    "SCAN broadcasts USING INDEX ix_broadcasts_sending",
    "SCAN broadcasts USING INDEX ix_broadcasts_untold",
    "SCAN outbox USING COVERING INDEX ix_outbox_state",  # how many there are in all
}


def _looks(unit: UnitOfWork) -> None:
    two_people(unit)
    unit.looks.stirred(limit=9)
    unit.looks.stir([1])
    unit.looks.put({1: later(1), 2: None})
    unit.looks.due(now=later(2), limit=9)
    unit.looks.failed([1, 2])
    unit.looks.failing(until=later(2), limit=9)
    unit.looks.note_swept("notices", at=NOW)
    unit.looks.swept("notices")
    unit.situations.of([1, 2], now=NOW, program=small_program())
    unit.situations.numbers(limit=9)
    unit.shares.mentors(now=NOW)
    unit.listed.counts()
    unit.listed.page(Wanted(standing=Standing.FAILED), limit=9)
    unit.listed.page(Wanted(standing=Standing.UNSENT), limit=9)


def _books(unit: UnitOfWork) -> None:
    carl = person(unit, "Carl")
    unit.notices.note([noted("a", carl.id), noted("b", carl.id, ending=Ending.MISSED)])
    unit.notices.known(["a", "b"])
    unit.notices.of(carl, limit=9)
    unit.notices.missed(since=NOW, limit=9)
    unit.notices.count_missed(since=NOW)
    unit.situations.names([carl.id])
    for number in range(5):
        unit.gathered.add(news(carl, f"n{number}"))
    unit.gathered.take(["n1", "n2"], message="digest", at=NOW)
    unit.gathered.told_by("digest")
    unit.gathered.give_back(["n2"], message="digest")
    unit.gathered.forget(until=NOW)
    unit.notices.told(carl, "expiry")
    unit.notices.miss(["b"], message="m", at=NOW)
    unit.notices.unsay(["a"], message="m")
    unit.gathered.known("n1")
    unit.outbox.known(["a"])


def _own(unit: UnitOfWork) -> None:
    dora = person(unit, "Dora")
    unit.wishes.put(dora, Wishes())
    unit.wishes.hush(dora, Hush(matter="expiry", at=NOW, until=None))
    unit.wishes.of(dora)
    unit.wishes.unhush(dora, "expiry")
    made = unit.reminders.add(reminder(dora))
    unit.reminders.numbered(dora, made.number)
    unit.reminders.of(dora)
    unit.reminders.end(made, at=NOW)
    unit.feeds.put(dora, "t", at=NOW)
    unit.feeds.of(dora)
    unit.feeds.owner("t")
    unit.feeds.keep(dora, ())
    unit.feeds.entries(dora)


def _broadcasts(unit: UnitOfWork) -> None:
    new = Broadcast(id=0, by=1, group="all", text="", made_at=NOW)
    kept = unit.broadcasts.add(new, [1, 2, 3])
    unit.broadcasts.get(kept.id)
    unit.broadcasts.newest(limit=9)
    unit.broadcasts.save(replace(kept, state=BroadcastState.SENDING), was=kept)
    unit.broadcasts.sending()
    unit.broadcasts.running()
    unit.broadcasts.hold(kept.id)
    unit.broadcasts.waits(kept.id)
    unit.broadcasts.forget_people(until=NOW, limit=2)
    unit.broadcasts.untold(limit=9)
    unit.broadcasts.spread_until()
    unit.broadcasts.next_people(kept.id, limit=2)
    unit.outbox.add_many([(outbound(message_key(kept.id, 1), choices=("a",)), NOW)])
    unit.broadcasts.outcomes(kept.id)
    unit.broadcasts.unreached(kept.id, limit=9)
    unit.broadcasts.left_out(kept.id, limit=9)
    unit.broadcasts.behind(kept.id, now=NOW)
    unit.broadcasts.bring_back(now=NOW, latest=NOW, rate=20)
    unit.broadcasts.withdraw(kept.id, at=NOW, reason="no")


def test_no_question_about_notices_walks_through_a_whole_table() -> None:
    asked: list[tuple[str, Any]] = []
    with open_database("sqlite://") as database:

        @event.listens_for(database.engine, "before_cursor_execute")
        def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                asked.append((statement, values))

        with SqlUnitOfWork(database.engine) as unit:
            for work in (_looks, _books, _own, _broadcasts):
                work(unit)
        questions = tuple(asked)
        with database.engine.connect() as connection:
            plans = [
                (statement, row.detail)
                for statement, values in questions
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            ]

    assert len(plans) > 60
    scans = [plan for plan in plans if "SCAN" in plan[1] and "VIRTUAL TABLE" not in plan[1]]
    assert [plan for plan in scans if plan[1] not in _FROM_AN_END] == []
