"""News, snoozes and broadcasts of a time that never was: they are told, and end, in their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Paragraph, Reply
from bot.domain.notices.happenings import COMMENTS, DECIDED
from bot.domain.notices.manner import told_as
from bot.domain.notices.wishes import Cadence, Hush, Wishes
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.usecases.late_news import NEWS_FOR
from bot.usecases.send_broadcast import Broadcasting
from bot.usecases.tell import tell
from tests.cast import ADA, ADE, SAL
from tests.desk import House
from tests.flows.soon import ENDS, SOON, at, fresh, nine

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
YEAR = 365 * DAY


@pytest.fixture
def ada(house: House) -> Person:
    """Ada in Chicago, of whom everything was told, and staff."""
    person = house.enrol(SOON).person
    house.appoint(*SAL, Role.STAFF)
    house.appoint(*ADE, Role.ADMIN)
    house.sweep()
    return person


def happens(house: House, ada: Person, kind: str) -> None:
    """She is to be told of it: at once where that can be."""
    news = Reply(blocks=(Paragraph(text=f"That is {kind}."),))
    with house.transaction() as uow:
        how = told_as(house.desk.program, kind)
        tell(uow, ada, news, key="news", now=house.clock(), how=how)
        uow.commit()


def night(house: House) -> None:
    """It is eleven at night in Chicago."""
    at(house, 2026, 11, 24, 5)
    house.sweep()


def weekly(house: House, ada: Person) -> None:
    """Ada hears of what can wait once a week."""
    with house.transaction() as uow:
        uow.wishes.put(ada, Wishes(cadence=Cadence.WEEKLY))
        uow.commit()


def told(house: House, kind: str, *, days: int) -> int:
    """How often Ada hears of it within so many days."""
    before = len(house.heard(ADA.email))
    for _ in range(days * 2):
        house.clock.forward(12 * HOUR)
        house.sweep()
    return len([one for one in house.heard(ADA.email)[before:] if f"That is {kind}." in one])


def test_a_decision_is_told_however_long_nothing_could_be_said(house: House, ada: Person) -> None:
    night(house)
    happens(house, ada, DECIDED)
    house.clock.forward(NEWS_FOR + DAY)

    assert told(house, DECIDED, days=2) == 1


def test_the_staff_hear_of_news_that_grew_too_old(house: House, ada: Person) -> None:
    weekly(house, ada)
    happens(house, ada, COMMENTS)
    house.clock.forward(NEWS_FOR)

    assert house.sweep().missed == 1
    overview = house.say(SAL[1], "staff digest")
    assert "in time, because" in overview
    assert house.desk.program.notices.kinds[COMMENTS].title in overview
    assert told(house, COMMENTS, days=8) == 0


def test_news_that_a_clock_ahead_dropped_are_told_once_it_is_right(
    house: House, ada: Person
) -> None:
    weekly(house, ada)
    happens(house, ada, COMMENTS)
    house.clock.forward(2 * NEWS_FOR)
    house.sweep()
    house.clock.forward(-2 * NEWS_FOR)
    house.sweep()

    assert "in time, because" not in house.say(SAL[1], "staff digest")
    assert told(house, COMMENTS, days=8) == 1


def test_news_that_a_clock_ahead_noted_wait_no_year(house: House, ada: Person) -> None:
    night(house)
    house.clock.forward(YEAR)
    happens(house, ada, DECIDED)
    house.sweep()
    house.clock.forward(-YEAR)
    house.sweep()

    assert told(house, DECIDED, days=2) == 1


def test_a_snooze_by_a_clock_ahead_lasts_as_long_as_was_said(house: House, ada: Person) -> None:
    nine(house, -40)
    house.sweep()
    house.clock.forward(YEAR)
    house.sweep()
    with house.transaction() as uow:
        now = house.clock()
        uow.wishes.hush(ada, Hush(matter="expiry", at=now, until=now + 3 * DAY))
        uow.commit()
    house.clock.forward(-YEAR)
    house.sweep()
    for days in (-30, -7):
        nine(house, days)
        assert [one for one in fresh(house) if str(ENDS.day) in one]


def test_a_broadcast_that_a_clock_ahead_put_off_arrives_and_its_end_is_told(
    house: House, ada: Person
) -> None:
    night(house)
    house.say(ADE[1], "broadcast to candidates: Hello {name}!")
    house.say(ADE[1], "send broadcast 1")
    sends = Broadcasting(house.transaction(), house.desk.program, clock=house.clock)
    works(house, sends, hours=1)
    house.clock.forward(YEAR)
    works(house, sends, hours=0)
    house.clock.forward(-YEAR)
    works(house, sends, hours=12)

    assert len([one for one in house.heard(ADA.email) if "Hello Ada" in one]) == 1
    reports = [one for one in house.heard(ADE[1]) if "is done" in one]
    assert "1 sent" in reports[-1]


def works(house: House, sends: Broadcasting, *, hours: int) -> None:
    """So many hours go by, in which everything is done that is due."""
    for _ in range(hours * 2 + 1):
        while sends():
            pass
        house.sweep()
        house.clock.forward(HOUR / 2)
