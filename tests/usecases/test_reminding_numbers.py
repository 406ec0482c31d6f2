"""Numbers in what somebody is to be reminded of are no time; bare hours behind a day are."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tomorrow to read pages 9 to 12", "22 November 2026 at 09:00 (America/Chicago): read pag"),
        ("tomorrow to read pages 9 to 12", "read pages 9 to 12. Shall"),
        ("tomorrow to work from 9 to 5", "at 09:00 (America/Chicago): work from 9 to 5"),
        ("to work from 9 to 5 on friday", "27 November 2026 at 09:00 (America/Chicago): work from"),
        ("tomorrow to call at ten to nine", "at 08:50 (America/Chicago): call"),
        ("tomorrow to call at 10 to 9", "at 08:50 (America/Chicago): call"),
        ("ten to nine to call", "at 08:50 (America/Chicago): call"),
    ],
)
def test_a_range_of_numbers_behind_a_day_stays_in_the_text(
    home: House, words: str, said: str
) -> None:
    assert said in home.say(ADA.email, f"remind me {words}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2026-12-03T10:30 to call", "3 December 2026 at 10:30 (America/Chicago): call."),
        ("next tuesday 1000 to call", "24 November 2026 at 10:00 (America/Chicago): call."),
        ("tuesday 0830 call Mia", "24 November 2026 at 08:30 (America/Chicago): call Mia."),
        ("tmrw 10 to call", "22 November 2026 at 10:00 (America/Chicago): call."),
        ("fri 10 to call", "27 November 2026 at 10:00 (America/Chicago): call."),
        ("to call Bob on friday 10", "27 November 2026 at 10:00 (America/Chicago): call Bob."),
        ("fri 1730 about the log", "27 November 2026 at 17:30 (America/Chicago): the log."),
        ("fri 10 pages to read", "27 November 2026 at 09:00 (America/Chicago): 10 pages to read."),
        ("fri 30 to call", "27 November 2026 at 09:00 (America/Chicago): 30 to call."),
    ],
)
def test_a_bare_hour_right_behind_a_day_is_its_hour(home: House, words: str, said: str) -> None:
    assert said in home.say(ADA.email, f"remind me {words}")


@pytest.mark.parametrize("words", ["2026-12-03T25:00 to call", "2026-12-03T10:61 to call"])
def test_a_stamp_of_no_time_is_said_to_be_none(home: House, words: str) -> None:
    assert "Shall I remind you" not in home.say(ADA.email, f"remind me {words}")
