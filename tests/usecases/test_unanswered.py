"""What was asked and not answered, grouped, with what was done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.rights import Role
from bot.usecases.report_unanswered import Group, declined, grouped
from tests.cast import ADA, BEA, DOT, REV, SAL
from tests.commands.shell import Shell, results
from tests.desk import House

BOAT = "Which paint dries fastest on a wooden boat?"
PARKING = "Is there a parking fee at the workshop?"
STAFF = SAL[1]


@pytest.fixture
def office(home: House) -> House:
    """A Carrel that could not answer two things, one of them asked three times."""
    home.appoint(*SAL, Role.STAFF)
    home.say(ADA.email, BOAT)
    home.clock.forward(timedelta(hours=1))
    home.say(ADA.email, PARKING)
    home.say(BEA.email, "do I have to pay for parking at the workshop")
    home.clock.forward(timedelta(hours=1))
    home.say(DOT, PARKING)
    home.say(DOT, "what is a portfolio?")
    return home


def report(house: House, *, days: int = 30) -> tuple[Group, ...]:
    """The report's groups."""
    with house.transaction() as uow:
        found = declined(uow, days=days, most=100, now=house.clock())
    return grouped(house.desk, found)


def test_questions_of_one_meaning_are_one_group_and_the_biggest_comes_first(office: House) -> None:
    groups = report(office)

    assert [(group.count, group.example) for group in groups] == [(3, PARKING), (1, BOAT)]
    assert groups[0].newest == office.clock()
    assert {(group.handover, group.curated) for group in groups} == {(None, None)}


def test_only_the_days_asked_for_count(office: House) -> None:
    office.clock.forward(timedelta(days=3))

    assert report(office, days=2) == ()
    assert len(report(office, days=4)) == 2


def test_what_was_done_since_is_told(office: House) -> None:
    office.say(BEA.email, "1")
    assert (report(office)[0].handover, report(office)[0].curated) == (1, None)

    office.say(STAFF, "answer 1: No.")
    office.say(STAFF, "curate 1")

    assert (report(office)[0].handover, report(office)[0].curated) == (1, 1)
    assert (report(office)[1].handover, report(office)[1].curated) == (None, None)


def test_what_was_declined_again_after_it_was_answered_is_said(office: House) -> None:
    office.say(BEA.email, "1")
    office.say(STAFF, "answer 1: No.")
    office.say(STAFF, "curate 1")
    assert not report(office)[0].again
    office.clock.forward(timedelta(hours=1))
    with office.transaction() as uow:  # as under another encoder, which does not find it
        turn = declined(uow, days=30, most=100, now=office.clock()).turns[0]
        uow.conversations.remember(replace(turn, at=office.clock()))
        uow.commit()

    assert report(office)[0].again
    said = office.say(STAFF, "unanswered")
    assert "answered by curated answer 1, but declined again since" in " ".join(said.split())


def test_staff_read_it_in_a_chat(office: House) -> None:
    office.say(BEA.email, "1")

    said = office.say(STAFF, "unanswered last 7 days")

    assert said.startswith("Asked in the last 7 days and not answered from documents")
    last = "last on 21 November 2026"
    assert f"- 3 \u00d7 \u201c{PARKING}\u201d, {last}; passed on as question 1" in said
    assert f"- 1 \u00d7 \u201c{BOAT}\u201d, {last}; nothing was done about it yet" in said
    assert "Ada" not in said


def test_nothing_unanswered_is_said(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)

    assert home.say(STAFF, "unanswered").startswith("In the last 30 days nothing was asked")


def test_only_staff_read_it(office: House) -> None:
    office.appoint(*REV, Role.REVIEWER)

    assert office.say(ADA.email, "unanswered").startswith("There is nothing of that number")
    assert "To see reports takes the role staff" in office.say(REV[1], "unanswered")


def test_the_command_prints_the_same(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("unanswered").stdout.startswith("In the last 30 days nothing was asked")
    shell.run("chat", lines=f"{BOAT}\n{PARKING}\n{PARKING}\n1\nquit\n")

    told = results(shell.run("unanswered", "--days", "2", "--json"))

    assert [(one["count"], one["example"], one["handover"]) for one in told] == [
        (2, PARKING, 1),
        (1, BOAT, None),
    ]
    assert f"2 \u00d7 \u201c{PARKING}\u201d" in shell.run("unanswered").stdout
