"""Evidence, its numbers, its history, and how steps are undone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from bot.domain.people import Person
from bot.domain.portfolio import WITHDRAWN, Evidence, Filing, Kind, State
from bot.errors import NotFound
from bot.ports import UnitOfWork
from tests.contract.examples import HASH, NOW, filed_in, later, person, stored


def file(
    unit: UnitOfWork, evidence: Evidence, filing: Filing, *, key: str = "m1", at: datetime = NOW
) -> Evidence:
    return unit.records.change(evidence, filing, message_key=key, reason="sent", at=at)


def filings(unit: UnitOfWork, someone: Person) -> list[Filing]:
    return [evidence.filing for evidence in unit.records.of(someone)]


def test_a_file_starts_withdrawn_under_the_first_number(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first = stored(unit, ada)

        assert (first.number, first.filing) == (1, WITHDRAWN)
        assert unit.records.of(ada) == (first,)
        assert unit.records.numbered(ada, 1) == first


def test_numbers_count_within_one_candidate_and_fit_nobody_else(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        stored(unit, ada)
        second, hers = stored(unit, ada), stored(unit, bea)

        assert (second.number, hers.number) == (2, 1)
        assert unit.records.numbered(bea, 2) is None
        assert unit.records.numbered(bea, 1) == hers


def test_two_writers_never_get_the_same_number(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        ada = person(unit)
        unit.commit()

    def add() -> None:
        unit = shared()
        for _ in range(10):
            with unit:
                stored(unit, ada)
                unit.commit()

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with shared() as unit:
        assert [e.number for e in unit.records.of(ada)] == list(range(1, 31))


def test_an_instant_comes_back_in_utc(unit: UnitOfWork) -> None:
    local = datetime(2026, 7, 1, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
    with unit:
        ada = person(unit)
        kept = unit.records.add(
            ada, name="a", media_type="text/plain", size=1, sha256=HASH, at=local
        )

    assert kept.stored_at == local
    assert kept.stored_at.utcoffset() == timedelta(0)


def test_an_instant_without_a_time_zone_is_refused(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        with pytest.raises(StatementError, match="no time zone"):
            unit.records.add(
                ada,
                name="a",
                media_type="text/plain",
                size=1,
                sha256=HASH,
                at=NOW.replace(tzinfo=None),
            )


def test_a_large_file_keeps_its_size(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        kept = unit.records.add(
            ada, name="film.mp4", media_type="video/mp4", size=5_000_000_000, sha256=HASH, at=NOW
        )

    assert kept.size == 5_000_000_000


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE evidence; --", '"', "%s :x ?", "../../etc/passwd", "Ünïcödé 😀", ""]
)
def test_odd_names_are_kept_to_the_letter(unit: UnitOfWork, name: str) -> None:
    with unit:
        ada = person(unit)
        kept = file(unit, stored(unit, ada, name), filed_in(name))

        assert unit.records.of(ada) == (kept,)
        assert (kept.name, kept.filing.sections) == (name, (name,))


def test_a_change_moves_the_file_and_is_remembered(unit: UnitOfWork) -> None:
    filing = Filing(state=State.FILED, sections=("B-2", "A-1"), kind=Kind.SECONDARY)
    with unit:
        ada = person(unit)
        moved = file(unit, stored(unit, ada), filing)
        (step,) = unit.records.history(ada)

        assert moved.filing == filing
        assert unit.records.of(ada) == (moved,)
        assert (step.before, step.after) == (WITHDRAWN, filing)
        assert (step.message_key, step.reason, step.at) == ("m1", "sent", NOW)


def test_a_change_starts_where_the_file_stands_now(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        stale = stored(unit, ada)
        file(unit, stale, filed_in("A-1"))
        file(unit, stale, filed_in("A-2"), key="m2")

        assert unit.records.history(ada)[1].before == filed_in("A-1")


def test_changing_what_is_not_there_is_refused(unit: UnitOfWork) -> None:
    with unit:
        evidence = stored(unit, person(unit))
    with unit, pytest.raises(NotFound):
        file(unit, evidence, filed_in("A-1"))


def test_undo_takes_back_the_newest_message_then_the_one_before(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        one, two, three = stored(unit, ada), stored(unit, ada), stored(unit, ada)
        file(unit, one, filed_in("A-1"), key="A")
        file(unit, two, filed_in("B-1"), key="B")
        file(unit, three, filed_in("B-2"), key="B")

        newest = unit.records.latest_changes(ada)
        assert [change.evidence_id for change in newest] == [three.id, two.id]
        undone = unit.records.undo(newest, at=later(1))
        assert [(e.number, e.filing) for e in undone] == [(2, WITHDRAWN), (3, WITHDRAWN)]

        (before,) = unit.records.latest_changes(ada)
        assert before.message_key == "A"
        unit.records.undo((before,), at=later(2))
        assert filings(unit, ada) == [WITHDRAWN] * 3
        assert unit.records.latest_changes(ada) == ()
        assert len(unit.records.history(ada)) == 3


def test_a_file_that_one_message_moved_twice_goes_back_all_the_way(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        kept = file(unit, stored(unit, ada), filed_in("A-1"), key="A")
        file(unit, kept, filed_in("A-2"), key="B")
        file(unit, kept, filed_in("A-3"), key="B")
        steps = unit.records.latest_changes(ada)
        undone = unit.records.undo(tuple(reversed(steps)), at=later(1))

        assert [e.filing for e in undone] == [filed_in("A-1")]


def test_the_history_tells_which_steps_were_undone_and_when(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        kept = file(unit, stored(unit, ada), filed_in("A-1"), key="A")
        file(unit, kept, filed_in("A-2"), key="B")
        unit.records.undo(unit.records.latest_changes(ada), at=later(5))

        assert [step.undone_at for step in unit.records.history(ada)] == [None, later(5)]


def test_undoing_twice_changes_nothing(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        kept = stored(unit, ada)
        file(unit, kept, filed_in("A-1"), key="A")
        steps = unit.records.latest_changes(ada)
        unit.records.undo(steps, at=later(1))
        file(unit, kept, filed_in("A-2"), key="B")

        assert unit.records.undo(steps, at=later(2)) == ()
        assert filings(unit, ada) == [filed_in("A-2")]


def test_a_step_that_moved_nothing_is_in_the_history_and_not_undone(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        kept = file(unit, stored(unit, ada), filed_in("A-1"), key="A")
        file(unit, kept, filed_in("A-1"), key="B")

        assert [change.message_key for change in unit.records.latest_changes(ada)] == ["A"]
        assert len(unit.records.history(ada)) == 2


def test_a_withdrawal_can_be_undone(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        kept = file(unit, stored(unit, ada), filed_in("A-1"), key="A")
        file(unit, kept, kept.filing.withdrawn(), key="B")
        unit.records.undo(unit.records.latest_changes(ada), at=later(1))

        assert filings(unit, ada) == [filed_in("A-1")]


def test_another_candidate_s_steps_are_out_of_reach(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        file(unit, stored(unit, ada), filed_in("A-1"), key="same")
        file(unit, stored(unit, bea), filed_in("A-2"), key="same")

        assert [c.after for c in unit.records.latest_changes(ada)] == [filed_in("A-1")]
        assert [c.after for c in unit.records.history(bea)] == [filed_in("A-2")]


def test_each_of_the_bytes_that_records_hold_is_named_once(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        for someone, sha256 in ((ada, "cc"), (bea, "aa"), (ada, "aa"), (ada, "bb")):
            stored(unit, someone, sha256=sha256)

        assert list(unit.records.hashes()) == ["aa", "bb", "cc"]
