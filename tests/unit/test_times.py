"""Days and instants as they are told: on the reader's calendar and clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import Refused
from bot.phrases.times import day_of, in_words, moment, told_from, told_in_full

LATE = datetime(2031, 5, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "1 May 2031 at 23:30 (UTC)"),
        ("America/Chicago", "1 May 2031 at 18:30 (America/Chicago)"),
        ("Asia/Tokyo", "2 May 2031 at 08:30 (Asia/Tokyo)"),
    ],
)
def test_an_instant_is_told_on_the_reader_s_calendar_with_the_zone(
    zone: str, expected: str
) -> None:
    assert moment(LATE, ZoneInfo(zone)) == expected
    assert expected.startswith(f"{day_of(LATE, ZoneInfo(zone))} at ")


def test_the_hour_follows_summer_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    spring = [datetime(2031, 3, 30, hour, 59, tzinfo=UTC) for hour in (0, 1)]

    assert [moment(at, berlin)[17:22] for at in spring] == ["01:59", "03:59"]


@pytest.mark.parametrize(
    ("day", "away"), [(1, "today"), (2, "in 1 day"), (9, "in 8 days"), (30, "in 29 days")]
)
def test_a_last_day_says_how_far_away_it_is(day: int, away: str) -> None:
    assert told_from(date(2031, 5, day), date(2031, 5, 1)) == f"{day} May 2031 ({away})"


def test_a_past_day_says_how_long_ago_it_was() -> None:
    assert told_from(date(2031, 4, 30), date(2031, 5, 1)) == "30 April 2031 (1 day ago)"
    assert told_in_full(date(2031, 4, 30)) == "Wednesday, 30 April 2031"


def test_a_refusal_is_told_on_whoever_reads_it_s_clock_and_logged_in_utc() -> None:
    refused = Refused("Sam {x} was faster on ", LATE, "; the last day was ", date(2031, 5, 9), ".")

    assert str(refused) == (
        "Sam {x} was faster on 2031-05-01 at 23:30 UTC; the last day was 2031-05-09."
    )
    assert in_words(refused.said, ZoneInfo("Asia/Tokyo")) == (
        "Sam {x} was faster on Friday, 2 May 2031 at 08:30 (Asia/Tokyo); "
        "the last day was 9 May 2031."
    )
