"""Times near midnight, at the ends of months and years, and where a clock changes."""

from __future__ import annotations

import pytest

from bot.domain.when.outcome import Note, When
from tests.unit.when.saying import found, local, said_is

CHICAGO, PARIS, KIRITIMATI, LORD_HOWE = (
    "America/Chicago", "Europe/Paris", "Pacific/Kiritimati", "Australia/Lord_Howe",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "base", "zone", "meant"),
    [
        # 8 March 2026: Chicago goes from 02:00 to 03:00
        ("tomorrow at 2:30 am", "2026-03-07 12:00", CHICAGO, "Sun 2026-03-08 03:30"),
        ("tomorrow at 3 am", "2026-03-07 12:00", CHICAGO, "Sun 2026-03-08 03:00"),
        ("in 24 hours", "2026-03-07 12:00", CHICAGO, "Sun 2026-03-08 13:00"),
        ("in a day at noon", "2026-03-07 12:00", CHICAGO, "Sun 2026-03-08 12:00"),
        ("in an hour", "2026-03-08 01:30", CHICAGO, "Sun 2026-03-08 03:30"),
        ("at 2:15 am", "2026-03-08 01:30", CHICAGO, "Sun 2026-03-08 03:15"),
        # 1 November 2026: Chicago goes from 02:00 back to 01:00
        ("tomorrow at 1:30 am", "2026-10-31 12:00", CHICAGO, "Sun 2026-11-01 01:30"),
        ("in 24 hours", "2026-10-31 12:00", CHICAGO, "Sun 2026-11-01 11:00"),
        ("in an hour", "2026-11-01 00:45", CHICAGO, "Sun 2026-11-01 01:45"),
        ("in two hours", "2026-11-01 00:45", CHICAGO, "Sun 2026-11-01 01:45 again"),
        ("in three hours", "2026-11-01 00:45", CHICAGO, "Sun 2026-11-01 02:45"),
        # Paris: 29 March and 25 October 2026
        ("tomorrow at 02:30", "2026-03-28 20:00", PARIS, "Sun 2026-03-29 03:30"),
        ("tomorrow at 02:30", "2026-10-24 20:00", PARIS, "Sun 2026-10-25 02:30"),
        ("in two weeks", "2026-10-20 08:00", PARIS, "Tue 2026-11-03 09:00"),
        ("in two weeks", "2026-03-24 08:00", PARIS, "Tue 2026-04-07 09:00"),
        # half an hour at Lord Howe: 4 October and 5 April 2026
        ("tomorrow at 02:15", "2026-10-03 12:00", LORD_HOWE, "Sun 2026-10-04 02:45"),
        ("tomorrow at 01:45", "2026-04-04 12:00", LORD_HOWE, "Sun 2026-04-05 01:45"),
        # near midnight, ends of months and years, leap years
        ("tomorrow", "2026-12-31 23:59", KIRITIMATI, "Fri 2027-01-01 09:00"),
        ("at midnight", "2026-12-31 23:59", PARIS, "Fri 2027-01-01 00:00"),
        ("in 2 minutes", "2026-12-31 23:59", PARIS, "Fri 2027-01-01 00:01"),
        ("the 31st", "2026-01-31 10:00", PARIS, "Tue 2026-03-31 09:00"),
        ("the 31st", "2026-01-31 08:00", PARIS, "Sat 2026-01-31 09:00"),
        ("the 30th", "2027-02-01 08:00", PARIS, "Tue 2027-03-30 09:00"),
        ("in a month", "2026-01-31 10:00", PARIS, "Sat 2026-02-28 09:00"),
        ("in a month", "2028-01-31 10:00", PARIS, "Tue 2028-02-29 09:00"),
        ("in a year", "2028-02-29 10:00", PARIS, "Wed 2029-02-28 09:00"),
        ("end of the month", "2028-02-10 10:00", PARIS, "Tue 2028-02-29 09:00"),
        ("end of the month", "2026-11-30 08:00", PARIS, "Mon 2026-11-30 09:00"),
        ("end of the month", "2026-11-30 10:00", PARIS, "past"),
        ("next Friday", "2026-11-20 10:00", PARIS, "Fri 2026-11-27 09:00"),
        ("next Friday", "2026-11-21 10:00", PARIS, "Fri 2026-11-27 09:00"),
        ("next Friday", "2026-11-22 10:00", PARIS, "Fri 2026-11-27 09:00"),
        ("Sunday", "2026-11-22 10:00", PARIS, "Sun 2026-11-29 09:00"),
        ("this evening", "2026-11-18 19:30", PARIS, "past"),
        ("today", "2026-11-18 07:00", PARIS, "Wed 2026-11-18 09:00"),
        ("later", "2026-11-18 20:00", PARIS, "Wed 2026-11-18 21:00"),
        ("later", "2026-11-18 23:30", PARIS, "Thu 2026-11-19 00:30"),
        ("tomorrow at 9", "2026-11-18 00:05", PARIS, "Thu 2026-11-19 09:00"),
    ],
)
def test_times_are_those_of_the_persons_own_clock(
    said: str, base: str, zone: str, meant: str
) -> None:
    assert said_is(said, base, zone) == meant


@pytest.mark.parametrize(
    ("said", "base", "note"),
    [
        ("tomorrow at 2:30 am", "2026-03-07 12:00", Note.SKIPPED),
        ("tomorrow at 1:30 am", "2026-10-31 12:00", Note.TWICE),
        ("the 31st", "2026-11-18 10:20", Note.LATER_MONTH),
        ("every monday", "2026-11-18 10:20", Note.REPEATED),
    ],
)
def test_what_is_odd_about_a_time_is_noted(said: str, base: str, note: Note) -> None:
    outcome = found(said, base)

    assert isinstance(outcome, When)
    assert outcome.notes == {note}


@pytest.mark.parametrize(
    ("said", "base", "others"),
    [
        ("next Friday", "2026-11-18 10:20", ["Fri 2026-11-20 09:00"]),
        ("next Monday", "2026-11-22 10:20", ["Mon 2026-11-30 09:00"]),
        ("next Monday", "2026-11-18 10:20", []),
        ("tomorrow at 3", "2026-11-18 10:20", ["Thu 2026-11-19 03:00"]),
        ("at 9", "2026-11-18 10:20", ["Wed 2026-11-18 21:00"]),
        ("tomorrow at 9", "2026-11-18 10:20", []),
        ("tomorrow at 9 am", "2026-11-18 10:20", []),
    ],
)
def test_what_else_may_have_been_meant_is_known(said: str, base: str, others: list[str]) -> None:
    outcome = found(said, base)

    assert isinstance(outcome, When)
    assert [local(at, CHICAGO) for at in outcome.others] == others
