"""What is foreseen is what sweeps then say, when nothing else happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.domain.messages import OutboundMessage
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.usecases.see_due import When, see_due
from bot.usecases.see_timeline import clock_changes, see_timeline
from storage.tables import candidates
from tests.cast import ADA, BEA, DOT
from tests.desk import House
from tests.reviewed import staffed, submitted

DAY = timedelta(days=1)
YEAR = 365
Said = tuple[str, str, tuple[str, ...]]


@pytest.fixture
def town(home: House) -> House:
    """Ada and Bea, with much to be told within a year; Bea gathers it, and sleeps long."""
    ends = date(2027, 3, 20)
    with home.database.engine.begin() as connection:
        connection.execute(update(candidates).values(subscription_ends=ends))
    with home.transaction() as uow:
        bea, ada = uow.people.find(BEA.email), uow.people.find(ADA.email)
        assert ada is not None
        assert bea is not None
        night = Quiet(begins=time(8), ends=time(12))
        uow.wishes.put(bea, Wishes(cadence=Cadence.WEEKLY, quiet=night))
        uow.reminders.add(
            Reminder(
                id=0,
                person_id=ada.id,
                number=0,
                text="Call Mia",
                at=datetime(2027, 3, 14, 8, 30, tzinfo=UTC),
                zone=ada.time_zone,
                made_at=home.clock(),
            )
        )
        uow.commit()
    return home


def as_said(message: OutboundMessage) -> Said:
    """Whom it goes to, how it begins, and what it tells."""
    return str(message.to), "\n".join(message.reply.said), message.notices


def swept(house: House, until: datetime, stops: Iterable[datetime]) -> list[tuple[datetime, Said]]:
    """What sweeps say at these instants and once a day, and when."""
    days = (house.clock() + n * DAY for n in range(YEAR + 1))
    found = []
    for at in sorted({*stops, *days}):
        if at >= until:
            break
        house.clock.forward(at - house.clock())
        before = len(house.channel.sent)
        house.sweep()
        found += [(at, as_said(message)) for message in house.channel.sent[before:]]
    return found


def foreseen(house: House) -> list[tuple[datetime, Said]]:
    """What the timelines of both tell of the year to come."""
    found = []
    for who in (ADA, BEA):
        with house.transaction() as uow:
            person = uow.people.find(who.email)
            assert person is not None
            seen = see_timeline(uow, house.desk.program, person, days=YEAR, now=house.clock())
        found += [(one.at, as_said(one.message)) for one in seen.foreseen if one.message]
    return found


def test_a_timeline_is_what_a_year_of_sweeps_says(town: House) -> None:
    town.sweep()
    coming = foreseen(town)

    said = swept(town, until=town.clock() + (YEAR - 2) * DAY, stops=[at for at, _ in coming])

    last = max(at for at, _ in said)
    assert len(said) > 10
    assert sorted(said) == sorted(one for one in coming if one[0] <= last)


def test_what_is_due_on_each_day_is_the_timeline_cut_in_days(town: House) -> None:
    town.sweep()
    begins = town.clock().date()
    coming = [one for one in foreseen(town) if one[0].date() < begins + 120 * DAY]

    found = []
    for n in range(122):
        when = When(day=begins + n * DAY)
        for _, page in see_due(town.transaction, town.desk.program, when, now=town.clock()):
            found += [(one.at, as_said(one.message)) for one in page if one.message]

    assert sorted(one for one in found if one[0].date() < begins + 120 * DAY) == sorted(coming)


def test_nothing_is_kept_of_what_is_foreseen(town: House) -> None:
    assert foreseen(town) == foreseen(town)
    with town.transaction() as uow:
        assert sum(uow.outbox.counts().values()) == 0


def test_somebody_is_told_in_chat_what_comes_next(town: House) -> None:
    said = town.say(ADA.email, "what will you tell me?")

    assert "These are the next 5 things that I will tell you, if nothing else happens." in said
    assert "Times are those of America/Chicago." in said
    assert "20 December 2026 at 09:00, by memory: Your CAR subscription ends in 90 days" in said
    assert "more come within 12 months." in said
    assert "do not know yet who you are" in town.say(DOT, "upcoming notices")


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("America/Chicago", {date(2027, 3, 14): 60, date(2027, 11, 7): -60}),
        ("Australia/Lord_Howe", {date(2027, 4, 4): -30, date(2027, 10, 3): 30}),
        ("Asia/Tokyo", {}),
    ],
)
def test_every_clock_change_of_a_zone_is_found(zone: str, days: dict[date, int]) -> None:
    found = clock_changes(ZoneInfo(zone), date(2027, 1, 1), date(2028, 1, 1))

    assert {one.day: one.by // timedelta(minutes=1) for one in found} == days


def test_what_waits_too_long_for_staff_comes_on_its_card(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    begins = house.clock().date()

    cards = set()
    for n in range(1, 120):
        when = When(day=begins + n * DAY)
        for _, page in see_due(house.transaction, house.desk.program, when, now=house.clock()):
            cards |= {(one.card, one.message) for one in page if one.card}

    assert cards == {("submission:1", None)}
