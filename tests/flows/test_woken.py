"""A reminder that was done is taken back: into the room there is, however long ago it was told."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.limits import MOST_REMINDERS
from bot.domain.notices.notice import Ending, Noted
from bot.domain.people import Person
from bot.usecases.set_reminder import Wish, set_reminder
from tests.cast import ADA
from tests.desk import House


def ada(house: House) -> Person:
    """Ada."""
    with house.transaction() as uow:
        found = uow.people.find(ADA.email)
    assert found
    return found


def open_ones(house: House) -> int:
    """How many reminders she has."""
    owner = ada(house)
    with house.transaction() as uow:
        return len(uow.reminders.of(owner))


def test_the_last_of_as_many_as_are_kept_is_woken_but_none_beyond_them(home: House) -> None:
    owner = ada(home)
    with home.transaction() as uow:
        for count in range(MOST_REMINDERS):
            wish = Wish(text=f"{count}", at=home.clock() + timedelta(days=1, minutes=count))
            set_reminder(uow, owner, wish, now=home.clock())
        uow.commit()

    home.say(ADA.email, "done reminder-1")
    assert "again when it is due" in home.say(ADA.email, "wake reminder-1")
    assert open_ones(home) == MOST_REMINDERS

    home.say(ADA.email, "done reminder-1")
    home.say(ADA.email, "set reminder 2026-12-01 09:00: in its place")
    assert f"You have {MOST_REMINDERS} reminders" in home.say(ADA.email, "wake reminder-1")
    assert "no open reminder 1" in home.say(ADA.email, "snooze reminder-1")


def test_what_was_told_is_known_however_much_was_told_since(home: House) -> None:
    home.say(ADA.email, "remind me in 2 hours about TECH-8")
    home.say(ADA.email, "yes")
    home.clock.forward(timedelta(hours=2, minutes=1))
    home.sweep()
    home.say(ADA.email, "done reminder-1")
    since = [_noted(home, number) for number in range(250)]
    with home.transaction() as uow:
        uow.notices.note(since)
        uow.commit()

    assert "was done already" in home.say(ADA.email, "done reminder-1")
    assert "Taken back: the reminder" in home.say(ADA.email, "wake reminder-1")


def _noted(house: House, number: int) -> Noted:
    at = house.clock() + timedelta(minutes=number)
    return Noted(
        key=f"k{number}",
        person_id=ada(house).id,
        kind="idle",
        matter="idle-tech",
        due=at,
        at=at,
        ending=Ending.SAID,
    )
