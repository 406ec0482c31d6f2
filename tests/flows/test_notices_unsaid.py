"""What was put aside unsent is said once it is true again, or wanted again, or wanted elsewhere."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.notices.happenings import COMMENTS
from bot.domain.notices.manner import told_as
from bot.domain.notices.situation import Gathered
from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.domain.people import Person
from bot.usecases.late_news import DECLINED as NEVER
from bot.usecases.late_news import NEWS_FOR, TOO_OLD
from bot.usecases.lose_address import lose_address
from bot.usecases.say_again import DECLINED, HUSHED, UNTRUE
from bot.usecases.sweep import sweep
from bot.usecases.tell import tell
from channels.markup import plain_text
from storage.tables import gathered
from tests.cast import ADA
from tests.desk import House
from tests.flows.soon import ENDS, SOON, TRULY, at, away, by_clock, ends_on, fresh, nine, rows

NEWS = Reply(blocks=(Paragraph(text="Mia commented."),))
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, whose subscription ends in January; she heard on enrolment that this is near."""
    person = house.enrol(SOON).person
    house.sweep()
    return person


def waits(house: House, days: int = -30) -> None:
    """A notice was put into the outbox and could not be sent."""
    nine(house, days)
    away(house)
    house.sweep()
    house.clock.forward(HOUR)


def decline(house: House, kind: str, *channels: str, accept: bool = False) -> None:
    """Ada wants that kind on none of the channels, or again."""
    with house.transaction() as uow:
        for channel in channels:
            place = Address(channel=channel, value=ADA.email)
            (uow.wanted_kinds.accept if accept else uow.wanted_kinds.decline)(place, kind)
        uow.commit()


def news(house: House, ada: Person, key: str = "c1") -> None:
    """Something happened that waits for the digest."""
    told = Gathered(key=key, person_id=ada.id, kind=COMMENTS, at=house.clock(), reply=NEWS)
    with house.transaction() as uow:
        uow.wishes.put(ada, Wishes(cadence=Cadence.WEEKLY))
        uow.gathered.add(told)
        uow.commit()


def told_by(house: House) -> dict[str, str]:
    """Which message told each piece of news, or why none will."""
    with house.database.engine.connect() as connection:
        return {row.key: row.message for row in connection.execute(gathered.select())}


def test_what_was_snoozed_while_it_waited_is_said_when_it_is_woken(
    house: House, ada: Person
) -> None:
    waits(house)
    now = house.clock()
    with house.transaction() as uow:
        uow.wishes.hush(ada, Hush(matter="expiry", at=now, until=now + timedelta(days=5)))
        uow.commit()
    assert fresh(house) == []
    with house.transaction() as uow:
        uow.wishes.unhush(ada, "expiry")
        uow.commit()

    (said,) = fresh(house)

    assert said.startswith(TRULY.format(30))
    key = f"expiry:{ada.id}:{ENDS}:-30"
    assert rows(house)[key] == ("sent", HUSHED)
    assert rows(house)[f"{key}~2"] == ("sent", "")
    house.clock.forward(HOUR)
    assert fresh(house) == []


def test_a_date_that_was_moved_and_moved_back_is_told_of(house: House, ada: Person) -> None:
    nine(house, -30)
    for _ in range(2):
        away(house)
        house.sweep()
        house.clock.forward(HOUR)
        ends_on(house, ada, ENDS + timedelta(days=200))
        assert by_clock(house) == []
        assert by_clock(house) == []
        ends_on(house, ada, ENDS)

    (said,) = by_clock(house)

    assert said.startswith(TRULY.format(30))
    key = f"expiry:{ada.id}:{ENDS}:-30"
    assert rows(house)[key] == rows(house)[f"{key}~2"] == ("sent", UNTRUE)
    assert rows(house)[f"{key}~3"] == ("sent", "")


def test_what_was_declined_while_it_waited_is_said_once_it_is_wanted_again(
    house: House, ada: Person
) -> None:
    at(house, 2026, 11, 25, 18)
    with house.transaction() as uow:
        uow.statements.save(ada, "technology", ("Words.",), at=house.clock())
        uow.commit()
    nine(house, -30)
    house.sweep()
    at(house, 2026, 12, 25, 15)
    away(house)
    house.sweep()
    house.clock.forward(HOUR)
    decline(house, "idle", "memory", "email")
    assert fresh(house) == []
    (key,) = (one for one in rows(house) if one.startswith("idle:"))
    assert rows(house)[key] == ("sent", DECLINED)
    decline(house, "idle", "memory", "email", accept=True)

    (said,) = fresh(house)

    assert "Technology" in said


def test_what_is_declined_at_the_place_it_went_to_is_said_at_another(
    house: House, ada: Person
) -> None:
    news(house, ada)
    house.clock.forward(WEEK)
    away(house)
    house.sweep()
    house.clock.forward(HOUR)
    decline(house, COMMENTS, "memory")

    house.sweep()
    house.sweep()

    assert [one for one in house.heard(ADA.email) if "commented" in one] == []
    (mail,) = house.mail.sent
    assert "Mia commented." in plain_text(mail.reply)


def test_news_go_from_a_lost_address_to_one_where_they_are_wanted(
    house: House, ada: Person
) -> None:
    slack = Address(channel="slack", value="U1")
    with house.transaction() as uow:
        uow.people.connect(ada, slack, at=house.clock())
        how = told_as(house.desk.program, COMMENTS)
        assert tell(uow, ada, NEWS, key="n", now=house.clock(), how=how)
        uow.commit()
    decline(house, COMMENTS, "memory")

    with house.transaction() as uow:
        assert lose_address(uow, slack, why="gone", now=house.clock())
        uow.commit()
    house.drain()

    assert [one for one in house.heard(ADA.email) if "commented" in one] == []
    assert "Mia commented." in plain_text(house.mail.sent[-1].reply)


def test_news_that_come_late_wait_for_the_end_of_quiet_hours(house: House, ada: Person) -> None:
    with house.transaction() as uow:
        uow.wishes.put(ada, Wishes(quiet=Quiet(begins=time(21), ends=time(7))))
        uow.commit()
    at(house, 2026, 12, 1, 18)  # noon where she lives
    away(house)
    with house.transaction() as uow:
        tell(uow, ada, NEWS, key="n", now=house.clock(), how=told_as(house.desk.program, COMMENTS))
        uow.commit()
    house.drain()
    at(house, 2026, 12, 2, 4)  # ten in the evening

    assert fresh(house) == []
    assert house.say(ADA.email, "help")
    at(house, 2026, 12, 2, 13)
    assert [one for one in fresh(house) if "commented" in one]


def test_a_digest_of_news_that_are_declined_meanwhile_says_why_it_is_put_aside(
    house: House, ada: Person
) -> None:
    news(house, ada)
    house.clock.forward(WEEK)
    away(house)
    house.sweep()
    house.clock.forward(HOUR)
    decline(house, COMMENTS, "memory", "email")

    house.sweep()
    house.sweep()

    (key,) = (one for one in rows(house) if one.startswith("digest:"))
    assert rows(house)[key] == ("sent", DECLINED)
    assert told_by(house) == {"c1": NEVER}


def test_news_that_nobody_wanted_then_are_none_when_they_are_wanted_again(
    house: House, ada: Person
) -> None:
    news(house, ada)
    decline(house, COMMENTS, "memory", "email")
    house.clock.forward(WEEK)
    house.sweep()
    decline(house, COMMENTS, "memory", "email", accept=True)

    assert fresh(house) == []
    assert told_by(house) == {"c1": NEVER}


def test_after_weeks_of_outage_news_are_none_any_more(house: House, ada: Person) -> None:
    news(house, ada)
    house.clock.forward(NEWS_FOR)

    assert [one for one in fresh(house) if "commented" in one] == []
    assert told_by(house) == {"c1": TOO_OLD}


def test_news_that_were_told_are_forgotten_but_not_before_they_are_sent(
    house: House, ada: Person
) -> None:
    news(house, ada)
    house.clock.forward(WEEK)
    away(house)
    house.sweep()
    house.clock.forward(NEWS_FOR)

    sweep(house.transaction(), house.files, now=house.clock())
    assert list(told_by(house)) == ["c1"]
    house.drain()
    sweep(house.transaction(), house.files, now=house.clock())

    assert told_by(house) == {}
