"""Days and times of day where people live, on the days on which clocks change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices.days import (
    after_quiet,
    instant_of,
    is_quiet,
    months_after,
    next_slot,
    office_slot,
    working_day,
)
from bot.domain.notices.kinds import NoticeRules, Office
from bot.domain.notices.wishes import Cadence, Quiet

CHICAGO = ZoneInfo("America/Chicago")
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
ZONES = (CHICAGO, BERLIN, LORD_HOWE, APIA, KATHMANDU)
NIGHT = Quiet(begins=time(21), ends=time(8))

zones = st.sampled_from(ZONES)
seconds = st.integers(1_293_840_000, 1_956_528_000)  # 2011 to 2031
instants = seconds.map(lambda at: datetime.fromtimestamp(at, UTC))
hours = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
quiets = st.builds(lambda b, e: Quiet(begins=b, ends=e), hours, hours)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "told"),
    [
        (CHICAGO, "2026-03-08", "02:30", "2026-03-08T03:30-05:00"),  # skipped
        (CHICAGO, "2026-11-01", "01:30", "2026-11-01T01:30-05:00"),  # twice
        (BERLIN, "2026-03-29", "02:30", "2026-03-29T03:30+02:00"),
        (BERLIN, "2026-10-25", "02:30", "2026-10-25T02:30+02:00"),
        (LORD_HOWE, "2026-10-04", "02:15", "2026-10-04T02:45+11:00"),  # half an hour
        (LORD_HOWE, "2026-04-05", "01:45", "2026-04-05T01:45+11:00"),
        (APIA, "2011-12-30", "09:00", "2011-12-31T09:00+14:00"),  # a day that never was
        (KATHMANDU, "2026-06-01", "09:00", "2026-06-01T09:00+05:45"),
    ],
)
def test_a_wall_time_is_one_instant_on_every_day(
    zone: ZoneInfo, day: str, at: str, told: str
) -> None:
    assert instant_of(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(told)


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        (CHICAGO, "2026-07-01T22:00-05:00", "2026-07-02T08:00-05:00"),
        (CHICAGO, "2026-07-01T07:59-05:00", "2026-07-01T08:00-05:00"),
        (CHICAGO, "2026-07-01T08:00-05:00", "2026-07-01T08:00-05:00"),
        (CHICAGO, "2026-03-07T22:00-06:00", "2026-03-08T08:00-05:00"),  # a night of ten hours
        (BERLIN, "2026-10-24T22:00+02:00", "2026-10-25T08:00+01:00"),
        (APIA, "2011-12-29T22:00-10:00", "2011-12-31T08:00+14:00"),
    ],
)
def test_what_comes_at_night_is_said_in_the_morning(zone: ZoneInfo, at: str, said: str) -> None:
    assert after_quiet(utc(at), NIGHT, zone) == utc(said)


def test_quiet_hours_that_end_in_an_hour_that_comes_twice_end_the_second_time_too() -> None:
    quiet = Quiet(begins=time(1), ends=time(1, 30))
    first, second = utc("2026-11-01T01:10-05:00"), utc("2026-11-01T01:10-06:00")
    assert after_quiet(first, quiet, CHICAGO) == utc("2026-11-01T01:30-05:00")
    assert after_quiet(second, quiet, CHICAGO) == utc("2026-11-01T01:30-06:00")


@given(at=instants, quiet=quiets, zone=zones)
def test_nothing_is_said_in_quiet_hours_and_nothing_waits_longer_than_two_days(
    at: datetime, quiet: Quiet, zone: ZoneInfo
) -> None:
    said = after_quiet(at, quiet, zone)
    assert at <= said <= at + timedelta(days=2)
    assert quiet.begins == quiet.ends or not is_quiet(said.astimezone(zone), quiet)


@given(at=instants, zone=zones, slot=hours, weekday=st.integers(0, 6))
def test_a_digest_comes_at_the_first_slot_from_then_on(
    at: datetime, zone: ZoneInfo, slot: time, weekday: int
) -> None:
    rules = NoticeRules(at=slot, weekday=weekday)
    daily = next_slot(at, Cadence.DAILY, rules, zone)
    weekly = next_slot(at, Cadence.WEEKLY, rules, zone)
    assert at <= daily <= at + timedelta(days=1, hours=2)
    assert daily <= weekly <= at + timedelta(days=8, hours=2)
    assert next_slot(at, Cadence.AT_ONCE, rules, zone) == at
    assert next_slot(daily, Cadence.DAILY, rules, zone) == daily


def test_a_weekly_digest_comes_on_the_programs_weekday() -> None:
    rules = NoticeRules(at=time(9), weekday=4)
    slot = next_slot(utc("2026-03-06T09:01+01:00"), Cadence.WEEKLY, rules, BERLIN)
    assert slot == utc("2026-03-13T09:00+01:00")


def test_staff_are_told_on_working_days_alone() -> None:
    office = Office(time_zone="America/Chicago", holidays=frozenset({date(2026, 12, 25)}))
    assert working_day(date(2026, 12, 24), office) == date(2026, 12, 24)
    assert working_day(date(2026, 12, 25), office) == date(2026, 12, 28)
    assert office_slot(utc("2026-12-24T09:00-06:00"), office) == utc("2026-12-24T09:00-06:00")
    assert office_slot(utc("2026-12-24T09:01-06:00"), office) == utc("2026-12-28T09:00-06:00")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-10-02", 48, "2030-10-02"),
        ("2028-02-29", 12, "2029-03-01"),
        ("2026-12-31", 2, "2027-03-01"),
        ("2026-01-15", -12, "2025-01-15"),
        ("2026-10-31", 13, "2027-12-01"),
    ],
)
def test_months_are_counted_on_the_calendar(day: str, months: int, then: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)
