"""What is kept of somebody cannot be worked out: the others go on, and the staff hear of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.staff_digest import digest_staff
from tests.breaking import break_dates
from tests.broadcasting import all_sent, got
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed

DAY = timedelta(days=1)
BROKEN = ("no day at all", "0001-02-01")


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled, and Sal is of staff."""
    staffed(home)
    return home


def test_a_broadcast_goes_on_without_them_and_its_report_names_them(office: House) -> None:
    office.say(SAL[1], "broadcast to candidates: Be there.")
    office.say(SAL[1], "send broadcast 1")
    break_dates(office, ADA.email, BROKEN[0])
    all_sent(office, seconds=3)
    break_dates(office, ADA.email, "2027-01-15")
    office.say(SAL[1], "broadcast to candidates: Once more.")
    office.say(SAL[1], "send broadcast 2")
    all_sent(office, seconds=3)
    break_dates(office, ADA.email, BROKEN[0])

    assert BEA.email in got(office, "Be there.")
    assert ADA.email not in got(office, "Be there.")
    assert {ADA.email, BEA.email} <= set(got(office, "Once more."))
    assert "Ada Reyes: what is kept of them cannot be read" in office.say(SAL[1], "broadcast 1")


@pytest.mark.parametrize("ends", BROKEN)
def test_a_group_is_counted_without_them(office: House, ends: str) -> None:
    break_dates(office, ADA.email, ends)

    for group in ("candidates", "everyone"):
        told = office.say(SAL[1], f"broadcast to {group}: Be there.")
        assert "Nothing is sent yet." in told


@pytest.mark.parametrize("ends", BROKEN)
def test_the_staff_digest_names_them(office: House, ends: str) -> None:
    office.sweep()
    break_dates(office, ADA.email, ends)
    with office.transaction() as uow:
        uow.looks.stir()
        uow.commit()

    office.clock.forward(2 * DAY)
    office.sweep()
    digest_staff(office.transaction(), office.desk, (), now=office.clock())
    office.drain()

    told = office.heard(SAL[1])[-1]
    assert "is broken" in told
    assert "- Ada Reyes" in told
    assert "Bea" not in told


def test_once_they_can_be_worked_out_again_it_names_them_no_more(office: House) -> None:
    office.sweep()
    break_dates(office, ADA.email, BROKEN[1])
    office.clock.forward(2 * DAY)
    with office.transaction() as uow:
        uow.looks.stir()
        uow.commit()
    office.sweep()
    assert "Ada Reyes" in office.say(SAL[1], "staff digest")

    break_dates(office, ADA.email, "2027-06-01")
    office.clock.forward(DAY)
    office.sweep()

    assert "Ada Reyes" not in office.say(SAL[1], "staff digest")
