"""From a reminder that is due to snooze, done and back, in replies and by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.rights import Role
from channels.markup import plain_text
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.replying import replied, told

DUE = "You asked me to remind you: TECH-8"


@pytest.fixture
def reminded(home: House) -> House:
    """A Carrel where Ada was just reminded of a section."""
    home.say(ADA.email, "remind me in 2 hours about TECH-8")
    home.say(ADA.email, "yes")
    home.clock.forward(timedelta(hours=2, minutes=1))
    home.sweep()
    return home


def heard(house: House) -> int:
    """How often Ada was told of it."""
    return sum(one.startswith(DUE) for one in house.heard(ADA.email))


def later(house: House, **by: float) -> int:
    """How often Ada was told of it after that time."""
    house.clock.forward(timedelta(**by))
    house.sweep()
    return heard(house)


def test_what_is_due_is_told_once_with_what_to_do(reminded: House) -> None:
    says = [one.says for one in reminded.choices()]

    assert heard(reminded) == 1
    assert any(one.startswith("snooze reminder-1") for one in says)
    assert "done reminder-1" in says
    assert later(reminded, minutes=5) == 1


@pytest.mark.parametrize(
    "words", ["snooze 1 hour", "snooze for 60 minutes", "snooze reminder-1 for an hour",
              "snooze reminder 1 until 14:55", "snooze it for 1 hour"],
)  # fmt: skip
def test_what_is_snoozed_is_told_again_then(reminded: House, words: str) -> None:
    said = reminded.say(ADA.email, words)

    assert (
        "Snoozed: I tell you of the reminder \u201cTECH-8\u201d again on Saturday, 21 November 2026"
        in said
    )
    assert later(reminded, minutes=50) == 1
    assert later(reminded, minutes=15) == 2


def test_the_reply_to_a_notice_means_that_notice(reminded: House) -> None:
    notice = told(reminded, ADA.email, DUE)
    reminded.say(ADA.email, "progress")

    said = replied(reminded, ADA.email, "snooze until Monday", to=notice)
    done = replied(reminded, ADA.email, "done", to=notice)

    assert "again on Monday, 23 November 2026 at 09:00" in said
    assert "Done: reminder 1 (TECH-8)" in done
    assert later(reminded, days=3) == 1


def test_snooze_alone_is_for_an_hour_where_the_reminder_is_ones_own(reminded: House) -> None:
    said = reminded.say(ADA.email, "snooze")

    assert "Saturday, 21 November 2026 at 15:01" in said
    assert "1: Saturday, 21 November 2026 at 15:01" in reminded.say(ADA.email, "reminders")


def test_snooze_alone_of_anything_else_is_for_three_days(reminded: House) -> None:
    said = reminded.say(ADA.email, "snooze expiry")

    assert "Tuesday, 24 November 2026 at 14:01" in said


def test_done_alone_below_a_notice_ends_it(reminded: House) -> None:
    assert "Done: reminder 1 (TECH-8)" in reminded.say(ADA.email, "done")
    assert "You have set no reminders" in reminded.say(ADA.email, "reminders")
    assert "was done already" in reminded.say(ADA.email, "done reminder-1")


def test_done_files_the_statement_of_whoever_writes_one(reminded: House) -> None:
    reminded.say(ADA.email, "write statement for Technology")

    assert "reminder" not in reminded.say(ADA.email, "done")


def test_what_was_snoozed_is_woken(reminded: House) -> None:
    reminded.say(ADA.email, "snooze reminder-1 until Monday")

    assert "\u201cTECH-8\u201d is open. It was for" in reminded.say(ADA.email, "wake reminder-1")
    assert "neither snoozed nor done" in reminded.say(ADA.email, "wake reminder-1")
    assert later(reminded, days=3) == 1


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("snooze idle-nowhere until Monday", "There is nothing called idle-nowhere that I tell"),
        ("done idle-nowhere", "There is nothing called idle-nowhere that I tell"),
        ("snooze reminder-9", "You have no open reminder 9"),
        ("done reminder-99999999999", "There is no reminder"),
        ("snooze reminder-1 until yesterday", "That time is over"),
        ("snooze reminder-1 until the moon", "I do not understand"),
        ("snooze reminder-1 until 2026-02-30 09:00", "no such day"),
        ("snooze reminder-1 until 12/03", "Which day do you mean"),
        ("snooze expiry until Monday", "Snoozed until Monday, 23 November 2026 at 09:00"),
        ("snooze reminder-2", "to Thursday, 24 December 2026 at 10:00"),
        ("done expiry", "I have to tell you of that"),
        ("wake idle-nowhere", "neither snoozed nor done"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(reminded: House, said: str, answer: str) -> None:
    reminded.say(ADA.email, "set reminder 2026-12-24 09:00: the cards")

    assert answer in reminded.say(ADA.email, said)


def test_what_is_optional_can_be_done_with_and_taken_back(home: House) -> None:
    home.send(ADA.email, prop("notes.txt", home.folder), caption="for TECH-8")

    assert "no more of sets that you began and left (idle-tech)" in home.say(
        ADA.email, "done idle-tech"
    )
    assert "That was done already" in home.say(ADA.email, "done idle-tech")
    woken = home.say(ADA.email, "wake idle-tech")
    assert "sets that you began and left (idle-tech) again when it is due" in woken
    assert "Snoozed until Monday" in home.say(ADA.email, "snooze idle-tech until Monday")
    assert "snoozed already" in home.say(ADA.email, "snooze idle-tech until Monday")


def test_an_idle_set_that_is_done_with_is_not_told_of(home: House) -> None:
    home.send(ADA.email, prop("notes.txt", home.folder), caption="for TECH-8")
    home.say(ADA.email, "done idle-tech")
    home.clock.forward(timedelta(days=40))
    home.sweep()

    assert not any("snooze idle-tech" in c.says for m in home.channel.sent for c in m.reply.choices)


def test_an_idle_set_is_told_of_again_when_the_snooze_is_over(home: House) -> None:
    home.send(ADA.email, prop("notes.txt", home.folder), caption="for TECH-8")
    home.clock.forward(timedelta(days=31))
    home.sweep()
    before = _of_idle(home)
    home.say(ADA.email, "snooze idle-tech for 2 days")
    home.clock.forward(timedelta(days=2, hours=3))
    home.sweep()

    assert before == 1
    assert _of_idle(home) == 2


def _of_idle(house: House) -> int:
    """How many messages offered to be done with the idle set."""
    says = ([one.says for one in sent.reply.choices] for sent in house.channel.sent)
    return sum("done idle-tech" in one for one in says)


def test_nobody_touches_the_matters_of_others(reminded: House) -> None:
    assert "no open reminder 1" in reminded.say(BEA.email, "done reminder-1")
    assert "no open reminder 1" in reminded.say(BEA.email, "snooze reminder-1")
    assert "What is it about?" in reminded.say(BEA.email, "snooze")
    assert "1: " in reminded.say(ADA.email, "reminders")


def test_staff_are_reminded_too(house: House) -> None:
    house.appoint(*SAL, Role.STAFF)
    house.say(SAL[1], "remind me in 10 minutes to check the queue")
    house.say(SAL[1], "yes")
    house.clock.forward(timedelta(minutes=11))
    house.sweep()

    assert house.heard(SAL[1])[-1].startswith("You asked me to remind you: check the queue")
    assert "Done: reminder 1" in house.say(SAL[1], "done")


def test_nothing_of_it_is_said_where_others_read_along(home: House) -> None:
    said = home.message(ADA.email, "remind me tomorrow at 9 about TECH-8")
    room = replace(said, conversation="memory:room", shared=True)

    sent = home.deliver(room)

    openly = [plain_text(one.reply) for one in sent if one.shared]
    alone = [plain_text(one.reply) for one in sent if not one.shared]
    assert not any("TECH-8" in one for one in openly)
    assert any("Shall I remind you then?" in one for one in alone)
    assert "Set: reminder 1" in home.say(ADA.email, "yes")
