"""Without a room, staff hear of what is overdue once a day: by the digest, or alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases.staff_digest import digest_staff
from tests.cast import ADA, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted

SUBMITTED = datetime(2026, 11, 21, 18, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def waiting(home: House) -> House:
    """Ada handed in a set on a Saturday."""
    staffed(home)
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate
    submitted(home, candidate, "technology")
    home.sweep()
    return home


def overdue_at(house: House, then: datetime) -> list[str]:
    """What Sal hears of it at that instant, by the sweep and the digest of the same minute."""
    house.clock.forward(then - house.clock() - timedelta(hours=6))
    house.sweep()
    house.clock.forward(timedelta(hours=6))
    before = len(house.heard(SAL[1]))
    house.sweep()
    digest_staff(house.transaction(), house.desk, [], now=house.clock())
    house.drain()
    return [one for one in house.heard(SAL[1])[before:] if "ubmission 1" in one]


def first_day(house: House) -> datetime:
    """An hour after the digest's on the first day on which the submission is overdue."""
    kinds = house.desk.program.notices.kinds
    return SUBMITTED + kinds["staff-overdue"].leads[0].days * DAY


def test_on_a_working_day_the_digest_alone_tells_it(waiting: House) -> None:
    then = first_day(waiting)
    then += (7 - then.weekday()) % 7 * DAY  # on Monday the digest has its day

    (told,) = overdue_at(waiting, then)

    assert told.startswith("For the staff, Monday")


def test_whoever_wants_no_digest_is_told_it_alone(waiting: House) -> None:
    waiting.say(SAL[1], "notices staff-digest off")
    then = first_day(waiting)
    then += (7 - then.weekday()) % 7 * DAY

    (told,) = overdue_at(waiting, then)

    assert "has waited" in told
