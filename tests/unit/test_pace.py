"""Pace: where it leads, in whole calendar days, and how that is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Pace, pace
from bot.domain.phases import Phase
from bot.domain.standing import Standing
from bot.phrases.pace import outlook, span
from bot.phrases.pace import pace as told
from channels.markup import plain_text
from tests.unit.garden import garden

START, END = date(2025, 1, 1), date(2027, 1, 1)
GARDEN = replace(garden(), electives_needed=2)  # three sets
SETS = tuple(s.id for s in GARDEN.sets)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1))


def on(day: date, *phases: Phase, ends: date = END) -> Pace:
    """The pace on that day, with the first sets in those phases."""
    standings = tuple(Standing(set_id=id, phase=p) for id, p in zip(SETS, phases, strict=False))
    return pace(GARDEN, standings, enrolled_on=START, ends=ends, today=day)


def test_sets_achieved_or_on_their_way_count_and_others_do_not() -> None:
    found = on(date(2026, 1, 1), Phase.ACHIEVED, Phase.IN_REVIEW, Phase.MORE_WANTED)

    assert (found.done, found.achieved, found.left) == (2, 1, 1)


def test_more_electives_than_needed_bring_no_set_nearer() -> None:
    program = replace(GARDEN, electives_needed=1)
    standings = [Standing(set_id=id, phase=Phase.ACHIEVED) for id in SETS[1:]]
    found = pace(program, standings, enrolled_on=START, ends=END, today=date(2026, 1, 1))

    assert (found.done, found.needed) == (1, 2)


def test_each_set_left_takes_as_long_as_those_done() -> None:
    found = on(START + timedelta(days=200), Phase.ACHIEVED)

    assert found.dates == (START + timedelta(days=400), START + timedelta(days=600))
    assert found.first_late == 0


def test_the_first_set_that_comes_too_late_is_named_with_how_late() -> None:
    found = on(START + timedelta(days=376), Phase.ACHIEVED)

    assert found.first_late == 2
    assert outlook(found) == (
        "At this pace set 2 ends on Saturday, 23 January 2027, 3 weeks after your subscription, "
        "and set 3, the last, on Thursday, 3 February 2028."
    )


def test_a_set_on_the_last_day_of_the_subscription_is_in_time() -> None:
    found = on(START + timedelta(days=200), Phase.ACHIEVED, ends=START + timedelta(days=600))

    assert not found.first_late
    assert outlook(found).endswith(", with your subscription.")
    assert replace(found, ends=found.ends - timedelta(days=1)).first_late == 3


def test_with_nothing_done_the_time_for_each_set_is_told() -> None:
    found = on(date(2026, 1, 1))

    assert found.dates == ()
    assert "each of the 3 may take 4.0 months on average" in outlook(found)


def test_after_the_end_no_pace_is_promised() -> None:
    said = plain_text(told(on(date(2027, 1, 13), Phase.ACHIEVED), ()))

    assert "ended on Friday, 1 January 2027, 12 days ago, with 2 sets still to be done" in said
    assert "At this pace" not in said
    assert "Ask the staff" in said


def test_when_all_is_handed_in_no_pace_is_asked_for() -> None:
    reply = told(on(date(2026, 1, 1), *[Phase.ACHIEVED] * 2, Phase.SUBMITTED), ())

    assert "2 of 3 sets are achieved, and 1 more is submitted." in plain_text(reply)
    assert "Nothing is left to be submitted" in plain_text(reply)
    assert reply.choices == ()


def test_what_a_set_took_and_may_take_stand_side_by_side() -> None:
    said = plain_text(told(on(date(2025, 7, 2), Phase.SUBMITTED), ()))

    assert "Until now a set took 6.0 months" in said
    assert "each of the 2 left may take 9.0 months on average" in said
    assert "it is done when it is approved" in said


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (60, "8 weeks"),
        (61, "2 months"),
        (365, "12 months"),
    ],
)
def test_a_span_is_told_in_days_weeks_or_months(days: int, expected: str) -> None:
    assert span(days) == expected


@given(start=DAYS, end=DAYS, today=DAYS, phases=st.lists(st.sampled_from(Phase), max_size=3))
def test_a_pace_is_told_for_any_dates_and_never_leads_into_the_past(
    start: date, end: date, today: date, phases: list[Phase]
) -> None:
    standings = tuple(Standing(set_id=id, phase=p) for id, p in zip(SETS, phases, strict=False))
    found = pace(GARDEN, standings, enrolled_on=start, ends=end, today=today)

    assert len(found.dates) == (found.left if found.done else 0)
    assert list(found.dates) == sorted(found.dates)
    assert all(day > min(today, start) for day in found.dates)
    assert outlook(found)
    assert plain_text(told(found, ()))
