"""People set reminders of their own: read back, kept after a yes, listed, moved, cancelled."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.limits import LONGEST_REMINDER, MOST_REMINDERS, MOST_TOLD_REMINDERS
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.domain.when.sentence import asked
from bot.usecases.set_reminder import FORGOTTEN, Wish, set_reminder
from tests.cast import ADA, BEA, DOT, MIA, SAL
from tests.desk import House
from tests.ending import ending
from tests.replying import replied, told

FRIDAY = "Friday, 27 November 2026 at 09:00 (America/Chicago): TECH-8. Shall I remind you then?"


def person(house: House, who: str = ADA.email) -> Person:
    """Whoever has that address."""
    with house.transaction() as uow:
        found = uow.people.find(who)
    assert found is not None
    return found


def kept(house: House, who: str = ADA.email) -> tuple[Reminder, ...]:
    """The open reminders of somebody."""
    owner = person(house, who)
    with house.transaction() as uow:
        return uow.reminders.of(owner)


def test_nothing_is_kept_before_the_yes(home: House) -> None:
    asked = home.say(ADA.email, "remind me next Friday about TECH-8")
    before = kept(home)

    said = home.say(ADA.email, "yes")

    assert FRIDAY in asked
    assert before == ()
    assert said.startswith("Set: reminder 1 on Friday, 27 November 2026 at 09:00 (America/Chicago)")
    (reminder,) = kept(home)
    assert (reminder.text, reminder.section, reminder.zone) == ("TECH-8", "TECH-8", ADA.time_zone)
    assert reminder.at == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


def test_a_polite_question_is_a_wish(home: House) -> None:
    asked = home.say(ADA.email, "Can you remind me next Friday about TECH-8, please?")

    assert FRIDAY in asked


@pytest.mark.parametrize("said", ["remind me", "set a reminder", "remind me about", 'remind me ""'])
def test_half_of_it_is_asked_about(home: House, said: str) -> None:
    answer = home.say(ADA.email, said)

    assert "remind me next Friday" in answer or "When shall I remind you?" in answer


@pytest.mark.parametrize("answer", ["no", "No, cancel", "3", "no reminder"])
def test_a_no_keeps_nothing(home: House, answer: str) -> None:
    home.say(ADA.email, "remind me next Friday about TECH-8")

    said = home.say(ADA.email, answer)

    assert "I set no reminder" in said
    assert kept(home) == ()


def test_a_yes_said_twice_keeps_one(home: House) -> None:
    home.say(ADA.email, "remind me next Friday about TECH-8")
    words = home.choices()[0].says
    home.say(ADA.email, words)

    assert "That is set already: reminder 1" in home.say(ADA.email, words)
    assert len(kept(home)) == 1


@pytest.mark.parametrize(
    ("answer", "time"),
    [
        ("at 10", "Friday, 27 November 2026 at 10:00"),
        ("no, Monday at 10", "Monday, 23 November 2026 at 10:00"),
        ("Monday instead", "Monday, 23 November 2026 at 09:00"),
        ("in two weeks", "Saturday, 5 December 2026 at 09:00"),
    ],
)
def test_another_time_is_said_in_answer_to_the_first(home: House, answer: str, time: str) -> None:
    home.say(ADA.email, "remind me next Friday about TECH-8")

    assert f"{time} (America/Chicago): TECH-8. Shall I" in home.say(ADA.email, answer)


def test_a_question_between_is_answered_as_ever(home: House) -> None:
    home.say(ADA.email, "remind me next Friday about TECH-8")

    assert "350" in home.say(ADA.email, "How much does it cost to apply")


def test_who_says_no_time_is_asked_for_it(home: House) -> None:
    asked = home.say(ADA.email, "remind me about TECH-8")

    assert "When shall I remind you of \u201cTECH-8\u201d?" in asked
    assert "Sunday, 22 November 2026 at 09:00" in home.say(ADA.email, "tomorrow at 9")


def test_who_says_no_topic_is_asked_for_it(home: House) -> None:
    asked = home.say(ADA.email, "remind me tomorrow at 9")
    back = home.say(ADA.email, "Upload the log!")
    home.say(ADA.email, "yes")

    assert "What shall I remind you of on Sunday, 22 November 2026 at 09:00" in asked
    assert "at 09:00 (America/Chicago): Upload the log. Shall I" in back
    assert [one.text for one in kept(home)] == ["Upload the log"]


def test_a_reply_to_the_question_is_its_answer_whatever_was_said_since(home: House) -> None:
    home.say(ADA.email, "remind me about TECH-8")
    when = told(home, ADA.email, "When shall I remind you")
    home.say(ADA.email, "remind me tomorrow at 9")
    what = told(home, ADA.email, "What shall I remind you of")
    home.say(ADA.email, "progress")

    first = replied(home, ADA.email, "in two weeks", to=when)
    second = replied(home, ADA.email, "Upload the log", to=what)

    assert "Saturday, 5 December 2026 at 09:00 (America/Chicago): TECH-8. Shall I" in first
    assert "22 November 2026 at 09:00 (America/Chicago): Upload the log. Shall I" in second


def test_a_day_that_can_be_read_both_ways_is_asked_about(home: House) -> None:
    asked = home.say(ADA.email, "remind me 12/03 about the form")

    assert "Thursday, 3 December 2026 at 09:00" in asked
    assert "Friday, 12 March 2027 at 09:00" in asked
    assert "Friday, 12 March 2027 at 09:00 (America/Chicago): the form." in home.say(ADA.email, "2")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("remind me yesterday about it", "That time is over"),
        ("remind me now about it", "there is nothing to wait for"),
        ("remind me in 0 days about it", "there is nothing to wait for"),
        ("remind me in 5 years about it", "more than 3 years ahead"),
        ("remind me on 30 February about it", "no such day"),
        ("remind me tomorrow at 25 about it", "no such time"),
        ("remind me Monday, 3 December 2026 about it", "another day of the week"),
        ("remind me Thursday at 9 am PST about it", "on your own clock only"),
        ("remind me tomorrow 2:30pm eastern about it", "on your own clock only"),
        ("remind me at 9 New York time about it", "on your own clock only"),
        ("remind me on monday and tuesday to write", "You name several times"),
        ("remind me every monday to write", "single reminders only"),
        ("remind me on the 31st to write", "November has no 31st, so I took 31 December"),
        ("set reminder 2020-01-01 09:00: it", "That time is over"),
        ("set reminder 2026-02-30 09:00: it", "no such day"),
        ("set reminder 2099-01-01 09:00: it", "years ahead"),
        (f"remind me tomorrow: {'x' * 501}", "at most 500 characters"),
        (f"set reminder 2026-12-01 09:00: {'x' * 501}", "at most 500 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_in_words(home: House, said: str, answer: str) -> None:
    assert answer in home.say(ADA.email, said)
    assert kept(home) == ()


def test_of_times_that_come_every_week_the_first_is_offered(home: House) -> None:
    home.say(ADA.email, "remind me every monday to write")
    home.say(ADA.email, "yes")

    assert [one.at for one in kept(home)] == [datetime(2026, 11, 23, 15, 0, tzinfo=UTC)]


def test_the_other_friday_can_be_picked(home: House) -> None:
    home.clock.forward(timedelta(days=4))  # a Wednesday

    asked = home.say(ADA.email, "remind me next friday about TECH-8")
    other = home.say(ADA.email, "2")

    assert "Friday, 4 December 2026 at 09:00 (America/Chicago)" in asked
    assert "2. Friday, 27 November 2026 at 09:00 instead" in asked
    assert FRIDAY in other


def test_a_text_in_quotes_is_taken_as_it_is(home: House) -> None:
    home.say(ADA.email, "remind me tomorrow about \u201ccall Bob next Friday\u201d")
    home.say(ADA.email, "yes")

    assert [one.text for one in kept(home)] == ["call Bob next Friday"]


def test_who_has_set_no_time_zone_is_told_so(house: House) -> None:
    house.appoint(*SAL, Role.STAFF)

    asked = house.say(SAL[1], "remind me in 2 hours to check the queue")

    assert "Saturday, 21 November 2026 at 20:00 (UTC): check the queue." in asked
    assert "time zone Europe/Berlin" in asked
    assert "Set: reminder 1" in house.say(SAL[1], "yes")


def test_reminders_are_for_everybody_known_and_for_nobody_else(house: House) -> None:
    house.appoint(*MIA, Role.MENTOR)

    assert "Shall I remind you then?" in house.say(MIA[1], "remind me tomorrow to look")
    assert "I do not know yet who you are" in house.say(DOT, "remind me tomorrow to look")
    assert "I do not know yet who you are" in house.say(DOT, "reminders")


def test_reminders_are_listed_by_time_each_for_its_owner(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-03 09:00: the later one")
    home.say(ADA.email, "set reminder 2026-12-01 09:00: the sooner one")

    listed = home.say(ADA.email, "reminders")

    assert re.search(r"2: Tuesday.*sooner one.*1: Thursday.*later one", listed, re.DOTALL)
    assert "You have set no reminders" in home.say(BEA.email, "my reminders")
    assert "You have no open reminder 1" in home.say(BEA.email, "cancel reminder 1")
    assert len(kept(home)) == 2


def test_a_cancelled_reminder_can_be_set_again(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-03 09:00: the log")

    said = home.say(ADA.email, "cancel reminder 1")
    none = kept(home)
    home.say(ADA.email, "1")

    assert "I can set it again: set reminder 2026-12-03 09:00: the log" in said
    assert none == ()
    assert [one.text for one in kept(home)] == ["the log"]
    assert "no open reminder 1" in home.say(ADA.email, "cancel reminder 1")


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("to Monday at 10", "Monday, 23 November 2026 at 10:00"),
        ("to 11", "Thursday, 3 December 2026 at 11:00"),
        ("to next week", "Monday, 23 November 2026 at 09:00"),
    ],
)
def test_a_reminder_is_moved_after_a_yes(home: House, said: str, time: str) -> None:
    home.say(ADA.email, "set reminder 2026-12-03 09:00: the log")

    asked = home.say(ADA.email, f"move reminder 1 {said.replace('to 11', 'to at 11')}")
    before = kept(home)
    done = home.say(ADA.email, "yes")

    assert f"to {time} (America/Chicago). Shall I move it?" in asked
    assert [one.number for one in before] == [1]
    assert f"on {time} (America/Chicago): the log" in done
    assert len(kept(home)) == 1


def test_where_to_is_asked_when_it_is_not_said(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-03 09:00: the log")

    assert "move reminder 1 to tomorrow at 10" in home.say(ADA.email, "move reminder 1")
    assert "Shall I move it?" in home.say(ADA.email, "monday at 10")
    assert "I do not understand" in home.say(ADA.email, "move reminder 1 to the moon")
    assert "That time is over" in home.say(ADA.email, "move reminder 1 to yesterday")


def test_questions_that_begin_so_are_questions(home: House) -> None:
    for said in ("remind me what TECH-8 is about", "remind me how to apply"):
        assert "remind you" not in home.say(ADA.email, said)


def test_only_so_many_are_kept(home: House) -> None:
    owner = person(home)
    with home.transaction() as uow:
        for count in range(MOST_REMINDERS):
            at = home.clock() + timedelta(days=1, minutes=count)
            set_reminder(uow, owner, Wish(text="one", at=at), now=home.clock())
        uow.commit()

    said = home.say(ADA.email, f"set reminder 2026-12-01 09:00: {'x' * LONGEST_REMINDER}")

    assert f"You have {MOST_REMINDERS} reminders still to come" in said
    assert len(kept(home)) == MOST_REMINDERS


def test_what_was_told_does_not_pile_up(home: House) -> None:
    owner, set_them = person(home), MOST_TOLD_REMINDERS // MOST_REMINDERS
    for turn in range(set_them):
        with home.transaction() as uow:
            for count in range(MOST_REMINDERS):
                wish = Wish(text=f"{turn}-{count}", at=home.clock() + timedelta(seconds=50))
                set_reminder(uow, owner, wish, now=home.clock())
            uow.commit()
        home.clock.forward(timedelta(minutes=1))
        home.sweep()
    said = home.say(ADA.email, "set reminder 2026-12-01 09:00: one more")
    listed = home.say(ADA.email, "reminders")
    home.clock.forward(timedelta(days=1))
    home.say(ADA.email, "set reminder 2026-12-01 09:00: one more")

    assert f"You have {MOST_TOLD_REMINDERS} reminders that I told you of" in said
    assert f"(the newest 20 of {MOST_TOLD_REMINDERS})" in listed
    assert f": {set_them - 1}-49" in listed
    assert ": 0-0" not in listed
    assert [one.text for one in kept(home)] == ["one more"]


@pytest.mark.parametrize("who", [ADA.email, SAL[1]], ids=["east", "utc"])
@pytest.mark.parametrize(
    "said",
    [
        "set reminder 9999-12-31 23:59: x",
        "set reminder 0001-01-01 00:00: x",
        "move reminder 1 to 9999-12-31 23:59",
        "move reminder 1 to 0001-01-01 00:00",
        "snooze reminder-1 until 9999-12-31 23:59",
        "snooze reminder-1 until 0001-01-01 00:00",
        "remind me 9999-12-31 23:59: x",
        "remind me 0001-01-01 00:00: x",
        "remind me on 31 December 9999 at 23:59 to x",
        "remind me 31.12.9985 to x",
    ],
)
def test_the_ends_of_the_calendar_are_answered(home: House, who: str, said: str) -> None:
    home.appoint(*SAL, Role.STAFF)
    if who == ADA.email:
        home.say(ADA.email, "time zone Asia/Tokyo")  # its first midnight is before the calendar
    home.say(who, "set reminder 2026-12-05 10:00: x")

    answer = home.say(who, said)

    assert "That time is over" in answer or "years ahead" in answer


@pytest.mark.parametrize("filling", [" ,", ", ", " :", ": ", " on", "to ", '"a', " please"])
def test_thousands_of_marks_are_answered(home: House, filling: str) -> None:
    said = f"remind me {filling * 20_000}"[:19_900] + "q"

    with ending():
        answer = home.say(ADA.email, said)

    assert f"at most {LONGEST_REMINDER}" in answer


@pytest.mark.parametrize("filling", [" ,", ", ", " :", ": ", "\t:", " please ,"])
def test_a_sentence_of_nothing_but_marks_is_taken_apart_in_one_go(filling: str) -> None:
    with ending():
        asking = asked(filling * 200_000 + "q")

    assert asking.topic.endswith("q")


def test_what_was_told_long_ago_is_forgotten(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-11-22 09:00: the old one")
    home.clock.forward(timedelta(days=1))
    home.sweep()
    home.clock.forward(FORGOTTEN + timedelta(days=2))
    home.say(ADA.email, "set reminder 2027-01-22 09:00: the new one")

    assert [one.text for one in kept(home)] == ["the new one"]


@pytest.mark.parametrize("night", ["01:30", "01:30 again"])
def test_a_time_that_comes_twice_can_be_named(home: House, night: str) -> None:
    home.say(ADA.email, f"set reminder 2027-11-07 {night}: the log")
    said = home.say(ADA.email, "cancel reminder 1")

    assert f"set reminder 2027-11-07 {night}: the log" in said
