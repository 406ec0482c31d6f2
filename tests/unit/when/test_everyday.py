"""Reminders as people type them in haste, on a Monday at 10:00: the time and the topic."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.when.outcome import Unmet, Why
from bot.domain.when.resolve import resolved
from bot.domain.when.sentence import asked
from tests.unit.when.saying import CHICAGO, USUAL, found, said_is, short

MONDAY = "2026-11-23 10:00"
TYPED = {
    "wednsday at 4": "Wed 2026-11-25 16:00",
    "thrusday 10am": "Thu 2026-11-26 10:00",
    "on saterday at 10": "Sat 2026-11-28 10:00",
    "2moro at noon": "Tue 2026-11-24 12:00",
    "thurs nite 8pm": "Thu 2026-11-26 20:00",
    "tonite at 1": "Tue 2026-11-24 01:00",
    "febuary 3": "Wed 2027-02-03 09:00",
    "tomorrow 9.30": "Tue 2026-11-24 09:30",
    "fri 27 nov 16.30": "Fri 2026-11-27 16:30",
    "tomorrow pm": "Tue 2026-11-24 15:00",
    "friday am": "Fri 2026-11-27 09:00",
    "tomorrow eve": "Tue 2026-11-24 18:00",
    "10ish tomorrow": "Tue 2026-11-24 10:00",
    "new years day": "Fri 2027-01-01 09:00",
    "in the new year": "Fri 2027-01-01 09:00",
    "next month on the 3rd": "Thu 2026-12-03 09:00",
    "late next week": "Fri 2026-12-04 09:00",
    "the morning of the 5th": "Sat 2026-12-05 09:00",
}
LENGTHS = {
    "in 1h30": "Mon 2026-11-23 11:30",
    "in 1hr 20": "Mon 2026-11-23 11:20",
    "1h30 from now": "Mon 2026-11-23 11:30",
    "in 0h00": "now",
    "in couple weeks": "Mon 2026-12-07 09:00",
    "in approx 2 hours": "Mon 2026-11-23 12:00",
    "in 3 days time": "Thu 2026-11-26 09:00",
}
FORTNIGHTS = {
    "three weeks today": "Mon 2026-12-14 09:00",
    "two weeks tomorrow at noon": "Tue 2026-12-08 12:00",
    "two weeks on friday": "Fri 2026-12-11 09:00",
    "tuesday fortnight": "Tue 2026-12-08 09:00",
    "next working day": "Tue 2026-11-24 09:00",
    "2 to 3 weeks from now": "nothing",
    "every other friday": "first of many: Fri 2026-11-27 09:00",
    "5-dec-2026": "Sat 2026-12-05 09:00",
    "at 7:5": "nothing",
    "same time tomorrow": "Tue 2026-11-24 10:00",
    "this time next week": "Mon 2026-11-30 10:00",
    "same time": "nothing",
}
LATER = {
    "later tomorrow": "Tue 2026-11-24 09:00",
    "today in 2 hours": "Mon 2026-11-23 12:00",
    "in 2 hours today": "Mon 2026-11-23 12:00",
    "friday at half 4": "Fri 2026-11-27 16:30",
    "tonight at half 12": "Tue 2026-11-24 00:30",
    "later today at 5": "Mon 2026-11-23 17:00",
    "later this evening": "Mon 2026-11-23 18:00",
    "later this week": "nothing",
    "between 3 and 4 pm tomorrow": "Tue 2026-11-24 15:00",
    "between 11 and 1pm tomorrow": "Tue 2026-11-24 11:00",
    "between nine and ten on friday": "Fri 2026-11-27 09:00",
}
FROM_DAYS = {
    "after friday": "Sat 2026-11-28 09:00",
    "after the 5th": "Sun 2026-12-06 09:00",
    "the day after christmas": "Sat 2026-12-26 09:00",
    "the week after 3 December": "Thu 2026-12-10 09:00",
    "after the weekend": "Mon 2026-11-30 09:00",
    "tomorrow after 5pm": "Tue 2026-11-24 17:00",
    "after lunch": "Mon 2026-11-23 13:00",
    "before the 5th": "Fri 2026-12-04 09:00",
    "before 12/25": "Thu 2026-12-24 09:00",
    "a week prior to christmas": "Fri 2026-12-18 09:00",
    "an hour before friday at 10": "Fri 2026-11-27 09:00",
    "half an hour before lunch tomorrow": "Tue 2026-11-24 11:30",
    "2 hours after 12/03 at 10": "Thu 2026-12-03 12:00 or Fri 2027-03-12 12:00",
    "a day before 12/03": "Wed 2026-12-02 09:00 or Thu 2027-03-11 09:00",
    "an hour before noon": "Mon 2026-11-23 11:00",
    "an hour before friday": "a whole day",
    "the night before friday": "Thu 2026-11-26 21:00",
    "every day until friday": "first of many: Tue 2026-11-24 09:00",
    "every week before christmas": "first of many: Mon 2026-11-30 09:00",
    "every week on friday": "first of many: Fri 2026-11-27 09:00",
}


@pytest.mark.parametrize(
    ("said", "meant"), (TYPED | LENGTHS | FORTNIGHTS | LATER | FROM_DAYS).items()
)
def test_times_are_read_as_they_are_typed(said: str, meant: str) -> None:
    assert said_is(said, MONDAY) == meant


@pytest.mark.parametrize(
    ("said", "topic", "meant"),
    [
        ("an hour before the meeting on friday at 10", "the meeting", "Fri 2026-11-27 09:00"),
        ("2 days before the meeting on friday", "the meeting", "Wed 2026-11-25 09:00"),
        ("the day before the exam on 12 December", "the exam", "Fri 2026-12-11 09:00"),
        ("30 minutes before my call tomorrow at 3pm", "my call", "Tue 2026-11-24 14:30"),
        ("three days after the exam on 12 December", "the exam", "Tue 2026-12-15 09:00"),
        ("two hours after the meeting tomorrow at 2pm", "the meeting", "Tue 2026-11-24 16:00"),
        ("an hour before the meeting on friday", "the meeting", "a whole day"),
        (
            "to print slides 2 days before the meeting on friday",
            "print slides 2 days before the meeting",
            "Wed 2026-11-25 09:00",
        ),
        (
            "tomorrow to book 2 days before the trip on friday",
            "book 2 days before the trip on friday",
            "Tue 2026-11-24 09:00",
        ),
        ("a week before my holiday", "a week before my holiday", "nothing"),
        ("tomorrow before noon to go", "before noon to go", "Tue 2026-11-24 09:00"),
        ("to pay 12.50", "pay 12.50", "nothing"),
        ("to know who I am", "know who I am", "nothing"),
    ],
)
def test_a_time_is_counted_from_what_it_is_for(said: str, topic: str, meant: str) -> None:
    zone = ZoneInfo(CHICAGO)
    now = datetime.fromisoformat(MONDAY).replace(tzinfo=zone)

    taken = asked(said)

    outcome = resolved(taken.draft, now=now, zone=zone, usual=USUAL) if taken.draft else None
    assert (taken.topic, short(outcome)) == (topic, meant)


def test_hours_before_a_time_that_is_near_are_over() -> None:
    assert found("an hour before 10:30 today", MONDAY) == Unmet(why=Why.PAST)
