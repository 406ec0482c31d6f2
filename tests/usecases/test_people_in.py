"""Who is in a group is seen a few people at a time, however many there are."""

from __future__ import annotations

from datetime import date

from bot.domain.notices.groups import Group, Which
from bot.ports import UnitOfWork
from bot.usecases.everybody import AT_ONCE
from bot.usecases.people_in import KEPT_UP, count
from tests.cast import SAL
from tests.crowds import add_crowd
from tests.desk import House
from tests.reviewed import staffed

ENDS = date(2027, 1, 1)
EVERYONE, CANDIDATES = Group(which=Which.EVERYONE), Group(which=Which.CANDIDATES)


def test_while_many_are_counted_others_write(house: House) -> None:
    with house.database.engine.begin() as connection:
        add_crowd(connection, 2 * AT_ONCE + 1, lambda _: ENDS)
    staffed(house)
    turns = []

    def next_one() -> UnitOfWork:
        with house.transaction() as other:  # waits in vain where somebody keeps the database
            other.looks.note_swept("tests", at=house.clock())
            other.commit()
        turns.append(house.clock())
        return house.transaction()

    groups = [EVERYONE, CANDIDATES, Group(which=Which.REVIEWERS)]
    found = count(next_one, house.desk.program, groups, now=house.clock(), keep=lambda: None)

    assert len(turns) == 5
    assert len(found[CANDIDATES].people) == found[CANDIDATES].reach.reached == 2 * AT_ONCE + 1
    assert len(found[EVERYONE].people) > len(found[CANDIDATES].people)
    assert len(found[groups[2]].people) == 2


def test_whoever_waits_for_a_long_count_hears_that_it_goes_on(house: House) -> None:
    with house.database.engine.begin() as connection:
        add_crowd(connection, KEPT_UP * AT_ONCE, lambda _: ENDS)
    kept = []
    found = count(
        house.transaction,
        house.desk.program,
        [EVERYONE],
        now=house.clock(),
        keep=lambda: kept.append("on"),
    )

    assert len(found[EVERYONE].people) == KEPT_UP * AT_ONCE
    assert kept == ["on"]


def test_a_group_that_is_picked_by_its_number_is_counted_too(home: House) -> None:
    staffed(home)
    home.say(SAL[1], "broadcast to candidates: Be there.")

    assert "goes to all candidates (2 people)" in home.say(SAL[1], "2")
