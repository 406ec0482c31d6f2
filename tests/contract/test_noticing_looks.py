"""Whom to look at: everybody whose state changed, and everybody whose next look is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.app import Knowledge
from bot.domain.bouncing import Bounce
from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Gathered
from bot.domain.notices.wishes import Hush, Quiet, Wishes
from bot.domain.people import Person
from bot.domain.rules import Route
from bot.ports import UnitOfWork
from bot.usecases.sweep_marks import NAME
from bot.usecases.sweep_notices import sweep_notices
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, enrolled, filed_in, later, person, stored
from tests.contract.reviewing import at_once, decided, submitted
from tests.logged import kept

TALK = Address(channel="talk", value="ada")


@pytest.fixture
def ada(unit: UnitOfWork) -> Person:
    """A candidate who was looked at already."""
    with unit:
        ada = person(unit)
        enrolled(unit, ada, "A")
        unit.people.connect(ada, TALK, at=NOW)
        _stirred(unit)
        unit.commit()
    return ada


def _stirred(unit: UnitOfWork) -> tuple[int, ...]:
    return unit.looks.stirred(limit=99)


def _rename(unit: UnitOfWork, ada: Person) -> None:
    unit.people.rename(ada, ada.name, time_zone="Asia/Tokyo")


def _connect(unit: UnitOfWork, ada: Person) -> None:
    unit.people.connect(ada, Address(channel="slack", value="U1"), at=NOW)


def _disconnect(unit: UnitOfWork, _: Person) -> None:
    unit.people.disconnect(TALK)


def _choose(unit: UnitOfWork, ada: Person) -> None:
    unit.people.choose(ada, ("B",))


def _choose_nothing(unit: UnitOfWork, ada: Person) -> None:
    unit.people.choose(ada, ())


def _route(unit: UnitOfWork, ada: Person) -> None:
    unit.routes.choose(ada, "A", Route.PORTFOLIO)


def _state(unit: UnitOfWork, ada: Person) -> None:
    unit.statements.save(ada, "A", ["I"], at=NOW)


def _submit(unit: UnitOfWork, ada: Person) -> None:
    submitted(unit, ada)


def _wish(unit: UnitOfWork, ada: Person) -> None:
    unit.wishes.put(ada, Wishes(quiet=Quiet(begins=time(21), ends=time(7))))


def _hush(unit: UnitOfWork, ada: Person) -> None:
    unit.wishes.hush(ada, Hush(matter="expiry", at=NOW, until=None))


def _decline(unit: UnitOfWork, ada: Person) -> None:
    unit.wanted_kinds.decline(TALK, "idle")


def _decline_on_record(unit: UnitOfWork, ada: Person) -> None:
    unit.wanted_kinds.decline(Address(channel="email", value=ada.email), "idle")


def _bounce(unit: UnitOfWork, ada: Person) -> None:
    at = Address(channel="email", value=ada.email)
    unit.bounces.note(at, Bounce(hard=True, at=NOW), receipt="r", why="gone")


def _gather(unit: UnitOfWork, ada: Person) -> None:
    said = Reply(blocks=(Paragraph(text="Somebody commented."),))
    unit.gathered.add(Gathered(key="c", person_id=ada.id, kind="comments", at=NOW, reply=said))


_CHANGES = (
    _rename,
    _connect,
    _disconnect,
    _choose,
    _choose_nothing,
    _route,
    _state,
    _submit,
    _wish,
    _hush,
    _decline,
    _decline_on_record,
    _bounce,
    _gather,
)


@pytest.mark.parametrize("change", _CHANGES)
def test_whose_state_changes_is_looked_at(
    unit: UnitOfWork, ada: Person, change: Callable[[UnitOfWork, Person], None]
) -> None:
    with unit:
        change(unit, ada)

        assert _stirred(unit) == (ada.id,)


def test_filing_moving_and_taking_back_evidence_is_such_a_change(
    unit: UnitOfWork, ada: Person
) -> None:
    with unit:
        file = stored(unit, ada)
        assert _stirred(unit) == (ada.id,)
        unit.records.change(file, filed_in("A-1"), message_key="m", reason="", at=NOW)
        assert _stirred(unit) == (ada.id,)
        unit.records.undo(unit.records.latest_changes(ada), at=later(1))
        assert _stirred(unit) == (ada.id,)


def test_so_is_each_step_of_a_review(unit: UnitOfWork, ada: Person) -> None:
    with unit:
        read = submitted(unit, ada)
        _stirred(unit)
        unit.submissions.save(decided(read), at=NOW)
        assert _stirred(unit) == (ada.id,)
        request = unit.requests.add(ada, submission=read, section="A-2", token="R", at=NOW)
        assert _stirred(unit) == (ada.id,)
        unit.requests.close(request, evidence=1, at=later(1))
        assert _stirred(unit) == (ada.id,)
        appeal = unit.appeals.add(ada, submission=read, decided_on=NOW.date(), notice="")
        assert _stirred(unit) == (ada.id,)
        unit.appeals.save(replace(appeal, notice="I appeal."))
        assert _stirred(unit) == (ada.id,)


def test_so_is_what_is_taken_back(unit: UnitOfWork, ada: Person) -> None:
    own = Reminder(
        id=0, person_id=ada.id, number=0, text="Go", at=later(9), zone="UTC", made_at=NOW
    )
    with unit:
        reminder = unit.reminders.add(own)
        _hush(unit, ada)
        _decline(unit, ada)
        _bounce(unit, ada)
        _stirred(unit)
        unit.reminders.end(reminder, at=later(1))
        assert _stirred(unit) == (ada.id,)
        unit.wishes.unhush(ada, "expiry")
        assert _stirred(unit) == (ada.id,)
        unit.wanted_kinds.accept(TALK, "idle")
        assert _stirred(unit) == (ada.id,)
        unit.bounces.forget(Address(channel="email", value=ada.email))
        assert _stirred(unit) == (ada.id,)


def test_what_a_digest_told_changes_nothing_for_its_person(unit: UnitOfWork, ada: Person) -> None:
    with unit:
        _gather(unit, ada)
        _stirred(unit)
        unit.gathered.take(["c"], message="digest:1", at=NOW)

        assert _stirred(unit) == ()


def test_nobody_else_is_stirred_by_it(unit: UnitOfWork, ada: Person) -> None:
    with unit:
        bea = person(unit, "Bea")
        _stirred(unit)
        _decline(unit, ada)
        _submit(unit, ada)

        assert _stirred(unit) == (ada.id,)
        assert bea.id != ada.id


def test_whoever_is_new_is_looked_at(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        enrolled(unit, ada, "A", "B")

        assert _stirred(unit) == (ada.id, bea.id)
        assert _stirred(unit) == ()


def test_no_more_people_are_taken_at_once_than_asked_for(unit: UnitOfWork) -> None:
    with unit:
        known = [person(unit, f"P{n}") for n in range(5)]
        for one in known:
            enrolled(unit, one)
        found: list[int] = []
        while taken := unit.looks.stirred(limit=2):
            assert len(taken) <= 2
            found += taken

        assert set(found) == {one.id for one in known}


def test_a_mark_is_gone_only_when_its_look_is_kept(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.commit()
    with unit:
        assert _stirred(unit) == (ada.id,)
    with unit:
        assert _stirred(unit) == (ada.id,)
        unit.commit()
    with unit:
        assert _stirred(unit) == ()


def test_everybody_can_be_stirred_and_so_can_a_few(unit: UnitOfWork) -> None:
    with unit:
        known = [person(unit, f"P{n}") for n in range(3)]
        unit.erasure.erase(known[0], at=NOW)
        _stirred(unit)
        unit.looks.stir()
        assert set(_stirred(unit)) == {known[1].id, known[2].id}
        unit.looks.stir([known[2].id])
        unit.looks.stir([])
        assert _stirred(unit) == (known[2].id,)


def test_looks_come_due_the_longest_due_first(unit: UnitOfWork) -> None:
    with unit:
        unit.looks.put({1: later(3), 2: later(1), 3: later(9), 4: None})

        assert unit.looks.due(now=NOW, limit=9) == ()
        assert unit.looks.due(now=later(3), limit=9) == (2, 1)
        assert unit.looks.due(now=later(3), limit=1) == (2,)


def test_a_look_is_put_off_or_forgotten(unit: UnitOfWork) -> None:
    with unit:
        unit.looks.put({1: later(3), 2: later(1)})
        unit.looks.put({1: None, 2: later(20), 3: None})

        assert unit.looks.due(now=later(10), limit=9) == ()
        assert unit.looks.due(now=later(20), limit=9) == (2,)


def test_until_when_whoever_could_not_be_looked_at_was_is_kept_until_they_are(
    unit: UnitOfWork,
) -> None:
    with unit:
        unit.looks.put({1: later(3), 2: later(1), 3: later(2)}, failed={2: NOW, 3: None})
        assert unit.looks.failed([1, 2, 3]) == {2: NOW}
        assert unit.looks.failed([1]) == {}
        unit.looks.put({2: later(9)})
        assert unit.looks.failed([2]) == {}


def test_work_of_the_clock_goes_on_from_where_it_was(unit: UnitOfWork) -> None:
    with unit:
        assert unit.looks.swept("notices") == (None, "")
        unit.looks.note_swept("notices", at=NOW, mark="first")
        unit.looks.note_swept("notices", at=NOW + timedelta(minutes=1), mark="second")
        unit.looks.note_swept("staff", at=NOW)

        assert unit.looks.swept("notices") == (NOW + timedelta(minutes=1), "second")
        assert unit.looks.swept("staff") == (NOW, "")


def test_of_two_sweeps_at_once_one_looks(server_url: str) -> None:
    with _two(server_url) as (one, other):
        with one:
            assert one.looks.alone()
            assert one.looks.alone()
            with other:
                assert not other.looks.alone()
        with other:
            assert other.looks.alone()


def test_a_sweep_that_does_not_end_is_told_in_the_log_of_the_others(
    knowledge: Knowledge, server_url: str
) -> None:
    program = knowledge.pack.program
    with _two(server_url) as (one, other), one, kept() as log:
        one.looks.note_swept(NAME, at=NOW)
        one.commit()
        assert one.looks.alone()
        for minutes in (9, 11):
            sweep_notices(other, program, now=NOW + timedelta(minutes=minutes))

    (said,) = (line for line in log.lines if "notices-held" in line)
    assert "for 11 minutes" in said


def test_changes_made_during_a_look_are_left_for_the_next(server_url: str) -> None:
    with _two(server_url) as (one, other):
        with one:
            ada, bea = person(one), person(one, "Bea")
            one.commit()
        with one, other:
            enrolled(other, bea)
            assert set(one.looks.stirred(limit=9)) == {ada.id, bea.id}
            other.commit()
            one.commit()
        with one:
            assert one.looks.stirred(limit=9) == (bea.id,)


def test_people_who_change_at_once_do_not_stop_each_other_or_a_look(
    shared: Callable[[], UnitOfWork],
) -> None:
    with shared() as unit:
        known = [person(unit, f"P{n}") for n in range(4)]
        unit.commit()

    def change(number: int) -> set[int]:
        """Whoever has the first number looks meanwhile."""
        unit, seen = shared(), set[int]()
        for _ in range(5):
            with unit:
                unit.looks.stir([one.id for one in known])
                _rename(unit, known[number])
                if number == 0:
                    seen.update(unit.looks.stirred(limit=2))
                unit.commit()
        return seen

    seen = set[int]().union(*at_once(change))
    with shared() as unit:
        left = set(unit.looks.stirred(limit=9))

    assert seen | left == {one.id for one in known}


@contextmanager
def _two(url: str) -> Iterator[tuple[UnitOfWork, UnitOfWork]]:
    with open_database(url) as database:
        yield SqlUnitOfWork(database.engine), SqlUnitOfWork(database.engine)
