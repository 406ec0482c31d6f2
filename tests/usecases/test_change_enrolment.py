"""Dates that an operator moves, and electives that an operator replaces."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.errors import CarrelError, Refused
from bot.usecases.change_enrolment import Changed, Move, change_enrolment
from tests.cast import ADA, BEA
from tests.desk import House
from tests.reviewed import submitted

LATER = date(2031, 5, 31)


def changed(house: House, move: Move) -> Changed:
    """What came of it."""
    with house.transaction() as uow:
        done = change_enrolment(uow, house.desk.program, move, now=house.clock())
        uow.commit()
    return done


def test_a_moved_end_leaves_the_rest_and_the_trail_has_both_days(home: House) -> None:
    done = changed(home, Move(name="ada reyes", email=" ADA@example.org", subscription_ends=LATER))

    assert done.anything
    assert done.after.electives == done.before.electives == ADA.electives
    assert done.after.enrolled_on == ADA.enrolled_on
    with home.transaction() as uow:
        (line,) = (one for one in uow.trail.entries() if one.action == "changed-enrolment")
        assert uow.people.candidate(done.after.person) == done.after
    old = done.before.subscription_ends.isoformat()
    assert line.details == {"ends": LATER.isoformat(), "ends-before": old}


def test_the_same_again_changes_nothing_and_leaves_no_line_on_the_trail(home: House) -> None:
    done = changed(home, Move(name=ADA.name, email=ADA.email, enrolled_on=ADA.enrolled_on))

    assert not done.anything
    with home.transaction() as uow:
        assert all(one.action != "changed-enrolment" for one in uow.trail.entries())


@pytest.mark.parametrize(
    ("move", "advice"),
    [
        (Move(name="Bea", email=ADA.email, subscription_ends=LATER), "is the address of Ada"),
        (Move(name=ADA.name, email="nobody@example.org"), "enrol them first"),
        (Move(name=ADA.name, email=ADA.email, enrolled_on=date(2099, 1, 1)), "before it begins"),
        (Move(name=ADA.name, email=ADA.email, electives=("juggling",)), "juggling: no elective"),
    ],
)
def test_what_does_not_fit_is_refused(home: House, move: Move, advice: str) -> None:
    with pytest.raises(CarrelError, match=advice):
        changed(home, move)


def test_an_elective_that_was_submitted_stays(home: House) -> None:
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        ada = uow.people.candidate(person) if person else None
    assert ada is not None
    submitted(home, ada, ADA.electives[0])
    others = tuple(s.id for s in home.desk.program.elective_sets if s.id not in ADA.electives)

    done = changed(home, Move(name=BEA.name, email=BEA.email, electives=others[:1]))
    assert done.after.electives == others[:1]
    with pytest.raises(Refused):
        changed(home, Move(name=ADA.name, email=ADA.email, electives=others[:1]))


def test_a_moved_end_is_told_each_time_and_other_changes_are_not(home: House) -> None:
    first = changed(home, Move(name=ADA.name, email=ADA.email, subscription_ends=LATER)).before
    for day in (first.subscription_ends, LATER, LATER):
        home.clock.forward(timedelta(minutes=1))
        changed(home, Move(name=ADA.name, email=ADA.email, subscription_ends=day))
    changed(home, Move(name=ADA.name, email=ADA.email, enrolled_on=date(2025, 2, 2)))
    before = len(home.heard(ADA.email))
    home.drain()

    told = [one for one in home.heard(ADA.email)[before:] if "end of your subscription" in one]
    assert len(told) == 3
    assert told[0] == told[2]
    assert told[0].startswith("The end of your subscription moved to Saturday, 31 May 2031.")
