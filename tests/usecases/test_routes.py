"""Routes, advice and pace, as a candidate meets them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.rules import Outcome
from tests.cast import ADA
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import submitted, trail
from tests.usecases.test_choosing import ACC, IDA, candidate, decided, routes_of, workshop

__all__ = ["workshop"]  # a fixture


def test_routes_tell_why_each_set_has_its_own(home: House) -> None:
    home.send(ADA.email, prop("notes.txt", home.folder), caption="for technology certificate")
    home.say(ADA.email, "prove foundations by course")
    submitted(home, candidate(home), ACC)

    said = home.say(ADA.email, "routes")

    assert "- Foundations of Library Services: course, your choice." in said
    assert "- Communication and Teamwork: portfolio, while you choose nothing else." in said
    assert "- Technology: course, since its course completion certificate (CCC) is filed." in said
    assert "- Access Services: portfolio, submitted (submission 1)." in said
    assert "Youth Services" not in said
    assert "no longer offered since 31 January 2019" in said


def test_a_route_is_chosen_and_stands_on_the_trail(home: House) -> None:
    said = home.say(ADA.email, "prove technology by a course")

    assert "You prove Technology by course now." in said
    assert "You chose course for Technology already" in home.say(
        ADA.email, "prove technology by course"
    )
    (line,) = [e for e in trail(home) if e.action == "chose-route"]
    assert line.details == {"set": "technology", "route": "course"}


def test_a_route_stays_while_the_set_is_submitted_and_once_a_course_was_recommended(
    home: House,
) -> None:
    made = submitted(home, candidate(home), "technology")
    assert "cannot be put on another route now" in home.say(ADA.email, "prove technology by course")
    assert "cannot be put on another route now" in home.say(ADA.email, "advise technology")

    decided(home, made, Outcome.COURSE)

    assert "ended with a course recommended for Technology" in home.say(
        ADA.email, "prove technology by portfolio"
    )
    said = home.say(ADA.email, "advise technology")
    assert "I recommend: course, because the review of it recommended that" in said
    assert "prove technology by portfolio" not in [c.says.lower() for c in home.choices()]
    assert routes_of(home, ADA) == {}


@pytest.mark.parametrize(
    "words",
    ["advise technology", "which route for technology?", "which route should I take for TECH-8"],
)
def test_advice_says_what_is_half_known_with_both_places_and_leaves_the_choice(
    home: House, words: str
) -> None:
    said = home.say(ADA.email, words)

    assert said.startswith("For Technology I recommend: course, because")
    assert "no longer offered since 31 January 2019; other pages still describe it" in said
    assert "Ask the staff before you start" in said
    assert said.index("“Portfolios closed on") < said.index("“Pages that still describe")
    assert "files for 0 of 9 competencies" in said
    assert "each of the 6 may take" in said
    assert [c.says for c in home.choices()] == [
        "prove Technology by course",
        "prove Technology by portfolio",
        "ask staff: Is Portfolio still offered for Technology?",
    ]
    assert "You prove Technology by portfolio now" in home.say(ADA.email, "2")


def test_advice_that_names_no_set_is_a_question(home: House) -> None:
    assert "I recommend" not in home.say(ADA.email, "advice on how to find a parking place")


def test_pace_is_counted_on_the_calendar_of_the_candidate(home: House) -> None:
    submitted(home, candidate(home), "technology")
    last_hour = datetime(2029, 1, 16, 3, 0, tzinfo=UTC)  # still the 15th in Chicago
    home.clock.forward(last_hour - home.clock())
    assert "At this pace set 2 ends on" in home.say(ADA.email, "pace")

    home.clock.forward(datetime(2029, 1, 16, 7, 0, tzinfo=UTC) - home.clock())
    said = home.say(ADA.email, "pace")
    assert "Your subscription ended on Monday, 15 January 2029, 1 day ago" in said
    assert "“How long a candidate has”" in said


def test_pace_names_the_first_set_that_would_come_too_late(home: House) -> None:
    submitted(home, candidate(home), "technology")

    said = home.say(ADA.email, "pace")

    assert "0 of 6 sets are achieved, and 1 more is submitted." in said
    assert "At this pace set 3 ends on" in said
    assert "after your subscription" in said


def test_half_of_the_work_at_the_bench_speaks_for_the_bench(workshop: House) -> None:
    for number in (1, 2, 3):
        path = workshop.folder / f"{number}.txt"
        path.write_text(f"What I did to a movement, part {number}.")
        workshop.send(IDA.email, path, caption=f"for MOVE-{number}")

    said = workshop.say(IDA.email, "advise movements")

    assert "I recommend: Bench proof (portfolio), because 3 of 6 parts" in said
