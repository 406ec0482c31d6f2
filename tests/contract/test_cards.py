"""What changes of submissions and questions is marked with it, and told to a room once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import event

from bot.app import Knowledge
from bot.domain.messages import Address
from bot.domain.submission import Stage
from bot.ports import Change, UnitOfWork
from bot.usecases.announce import announce
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, later, person
from tests.contract.reviewing import at_once, decided, in_review, saved, submitted

ROOM = Address(channel="talk", value="room")
ADA = Address(channel="talk", value="ada")
SETS = ("technology", "supervision-and-management", "foundations-of-library-services")


def changes(unit: UnitOfWork) -> list[Change]:
    """All that is marked, oldest first; none is after that."""
    found = []
    while change := unit.announcements.take():
        found.append(change)
    return found


def test_every_step_of_a_submission_is_marked_when_it_is_kept(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        made = submitted(unit, ada)
        subject = f"submission:{made.id}"
        assert changes(unit) == [Change(subject=subject, at=NOW)]

        assert unit.submissions.save(in_review(made), at=later(5))
        assert changes(unit) == [Change(subject=subject, at=later(5))]

        assert not unit.submissions.save(replace(made, stage=Stage.WITHDRAWN), at=later(6))
        assert changes(unit) == []

        ended = saved(unit, replace(decided(made), version=1))
        assert [change.subject for change in changes(unit)] == [subject]

        again = unit.submissions.judge_again(ended, at=later(9))
        assert changes(unit) == [Change(subject=f"submission:{again.id}", at=later(9))]


def test_every_step_of_a_question_is_marked_when_it_is_kept(unit: UnitOfWork) -> None:
    with unit:
        stella = person(unit, "Stella")
        made = unit.handovers.add(ADA, "talk:ada", "May I?", person=None, at=NOW)
        number, subject = made.number, f"question:{made.number}"
        assert changes(unit) == [Change(subject=subject, at=NOW)]

        unit.handovers.add(ADA, "talk:ada", "May I?", person=None, at=later(1))
        assert changes(unit) == []

        unit.handovers.add_words(number, "It is urgent.", at=later(2))
        assert changes(unit) == [Change(subject=subject, at=later(2))]
        assert unit.handovers.take(number, stella, at=later(3))
        assert changes(unit) == [Change(subject=subject, at=later(3))]
        assert not unit.handovers.take(number, stella, at=later(4))
        assert changes(unit) == []
        assert unit.handovers.answer(number, stella, "Yes.", at=later(5))
        assert changes(unit) == [Change(subject=subject, at=later(5))]
        assert not unit.handovers.answer(number, stella, "No.", at=later(6))
        assert changes(unit) == []


def test_what_was_not_committed_is_not_marked(database: Database) -> None:
    with SqlUnitOfWork(database.engine) as unit:
        submitted(unit, person(unit))
    with SqlUnitOfWork(database.engine) as unit:
        assert changes(unit) == []


def test_workers_who_tell_a_room_at_once_put_each_card_there_once(
    knowledge: Knowledge, shared: Callable[[], UnitOfWork]
) -> None:
    program = knowledge.pack.program
    with shared() as unit:
        ada = person(unit)
        for set_id in SETS:
            submitted(unit, ada, set_id)
        for number in range(20):
            unit.handovers.add(ADA, "talk:ada", f"May I {number}?", person=ada, at=later(number))
        unit.commit()

    def tell(_: int) -> int:
        told = 0
        while True:
            with shared() as own:
                more = announce(own, program, (ROOM,), now=NOW)
                own.commit()
            if not more:
                return told
            told += 1

    told = sum(at_once(tell))
    told += tell(0)  # what one worker held while the others looked

    with shared() as unit:
        assert told == 23
        assert unit.outbox.counts()["waiting"] == 23
        assert changes(unit) == []


def test_a_change_while_a_card_is_made_brings_a_card_of_its_own(
    knowledge: Knowledge, shared: Callable[[], UnitOfWork]
) -> None:
    program = knowledge.pack.program
    with shared() as unit:
        made = submitted(unit, person(unit), SETS[0])
        unit.commit()

    def act(number: int) -> None:
        with shared() as own:
            if number:
                announce(own, program, (ROOM,), now=NOW)
            else:
                own.submissions.save(in_review(made), at=later(5))
            own.commit()

    at_once(act, count=2)
    with shared() as unit:
        announce(unit, program, (ROOM,), now=NOW)
        claimed = unit.outbox.claim(now=NOW, lease_seconds=9, channels=["talk"])

    assert claimed is not None
    assert "Rex Reader" in str(claimed.item.reply)


def test_with_nothing_to_tell_one_question_is_asked_of_an_index(knowledge: Knowledge) -> None:
    asked: list[tuple[str, Any]] = []
    with open_database("sqlite://") as database:
        with SqlUnitOfWork(database.engine) as unit:

            @event.listens_for(database.engine, "before_cursor_execute")
            def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
                asked.append((statement, values))

            assert not announce(unit, knowledge.pack.program, (ROOM,), now=NOW)
        ((statement, values),) = (one for one in asked if not one[0].startswith("BEGIN"))
        with database.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()

    (step,) = (row.detail for row in plan)
    assert "USING COVERING INDEX ix_announcements_at_subject" in step
