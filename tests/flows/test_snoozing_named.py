"""Every matter is snoozed, done with and woken by its name, typed or pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Choice
from bot.domain.program import Program
from handlers.pipeline import Pipeline
from tests.cast import ADA
from tests.desk import LEASE, House
from tests.flows.test_notices_told import ON_CARDS
from tests.told.by_clock import BY_CLOCK

ALONE = ("expiry", "time-limit", "certificate", "renewal")
COUNTED = ("review-3", "requests-3", "appeal-3")
ANSWERS = {"snooze": "nooze", "done": "Done: ", "notices": "at once"}
TYPED: tuple[Callable[[str], str], ...] = (
    lambda matter: f"snooze {matter} 3 days",
    lambda matter: f"snooze {matter} until Monday",
    lambda matter: f"Snooze {matter} for 3 days",
    lambda matter: f"snooze {matter} 1 hour",
    lambda matter: f"snooze {matter} until tomorrow",
    lambda matter: f"snooze {matter}",
    lambda matter: f"done {matter}",
)


def matters(program: Program) -> Iterator[str]:
    """What every candidate of the program may be told of by the clock, but own reminders."""
    yield from (*ALONE, *COUNTED)
    for one in program.sets:
        yield from (f"{stem}-{one.code.lower()}" for stem in ("idle", "statement"))
    yield from (f"event-{one.id}" for one in program.notices.events)


def check(house: House, matter: str) -> None:
    """Each way to type it is taken for that matter and a time, whether or not it is begun."""
    for typed in TYPED:
        words = typed(matter)
        said = house.say(ADA.email, words)
        meant = (
            f"nothing called {matter} that",
            "Snoozed",
            "snoozed already",
            "Done: ",
            "I have to",
        )
        assert any(one in said for one in meant), f"{words}: {said}"
    woken = house.say(ADA.email, f"wake {matter}")
    assert "again when it is due" in woken or f"{matter} is neither" in woken, woken


def test_every_matter_is_called_by_its_name(home: House) -> None:
    for matter in matters(home.desk.program):
        check(home, matter)


def test_every_matter_of_another_program_is(other_knowledge: Knowledge, tmp_path: Path) -> None:
    house = House(other_knowledge, tmp_path)
    house.appoint(ADA.name, ADA.email)

    for matter in matters(house.desk.program):
        check(house, matter)
    house.database.close()


@pytest.mark.parametrize("name", sorted(BY_CLOCK.keys() - ON_CARDS))
def test_what_a_notice_offers_does_what_it_says(name: str, house: House) -> None:
    for told in BY_CLOCK[name](house):
        house.pipeline = Pipeline(house.desk, house.transaction, lease_seconds=LEASE)
        for choice in told.message.reply.choices:
            verb = choice.says.split()[0]
            if verb in ANSWERS:
                press(house, told.message.to.value, choice, ANSWERS[verb])


def press(house: House, who: str, choice: Choice, answer: str) -> None:
    """It is answered so; what was put off or done with is taken back."""
    said = house.say(who, choice.says)
    assert answer in said, f"{choice.says}: {said}"
    if "To take that back" in said:
        back = next(one for one in house.choices() if one.label == "Take that back")
        woken = house.say(who, back.says)
        assert "again when it is due" in woken or "Taken back: the reminder" in woken


@pytest.mark.parametrize("words", ["snooze it until Monday", "snooze this until Monday",
                                   "snooze this Monday"])  # fmt: skip
def test_it_and_this_stand_for_what_was_told(home: House, words: str) -> None:
    home.say(ADA.email, "remind me in 10 minutes about TECH-8")
    home.say(ADA.email, "yes")
    home.clock.forward(timedelta(minutes=11))
    home.sweep()

    assert "again on Monday, 23 November 2026" in home.say(ADA.email, words)
