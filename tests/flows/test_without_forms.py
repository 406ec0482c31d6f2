"""Where a channel has no forms, what cards and messages offer is finished by words alone.

Staff here only press what is offered, and say what they are told to say.
"""

from __future__ import annotations

import re

import pytest

from bot.domain.rules import Outcome, Rating, Route
from bot.domain.submission import Stage
from handlers.forms import FORMS, FormRow
from handlers.router import command
from tests.carded import announced, pressed, says
from tests.cast import ADA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, reviewed, staffed, stored, submitted

CARD, QUESTION = "submission:1", "question:1"
PARKING = "Is there a parking fee at the workshop?"
WEAK = {"TECH-3": (Rating.NOT_MET, "No log.")}
REASON = "It is shown."
WITH_FORMS = (
    "write statement",
    "write statement for technology",
    "rate 1",
    "decide 1",
    "approve 1",
    "recommend course 1",
    "ask more 1",
    "answer 1",
    "ask staff",
    "connect",
    "link",
)


@pytest.fixture
def office(house: House) -> House:
    """A Carrel with staff and a room, where Ada has submitted Technology and asked something."""
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    reply(house, ADA.email, f"ask staff: {PARKING}")
    announced(house)
    return house


@pytest.fixture
def rated(house: House) -> House:
    """One where all is rated, and one competency is not met."""
    reviewers = staffed(house)
    reviewed(house, submitted(house, house.enrol(ADA), "technology"), reviewers, WEAK)
    announced(house)
    return house


def press(house: House, who: str, words: str, card: str) -> str:
    """What somebody alone is told who presses what a card offers."""
    assert words in says(house, card)
    before = len(house.heard(who))
    house.deliver(pressed(house, who, words))
    return "\n\n".join(house.heard(who)[before:])


def pick(house: House, who: str, words: str) -> str:
    """What somebody is told who picks one of the newest choices."""
    assert words in [choice.says for choice in house.choices()]
    return reply(house, who, words)


def template(told: str, begins: str) -> str:
    """The words that one is told to say, with places for one's own in capitals."""
    found = re.search(rf"{re.escape(begins)}[^\n]*?: (?:REASON|YOUR REPLY|WHAT IS MISSING)", told)
    assert found, told
    return found[0]


def test_a_reviewer_rates_from_the_card(office: House) -> None:
    told = press(office, REV[1], "claim 1", CARD)
    announced(office)
    told = press(office, REV[1], "rate 1", CARD)

    one = template(told, "rate 1 TECH-1 partially").replace("WHAT IS MISSING", "A date.")
    reply(office, REV[1], one)
    rest = re.search(r"rate 1 the rest \w+", told)
    assert rest
    assert "You have rated everything." in reply(office, REV[1], rest[0])

    given = {r.competency: r.rating for r in stored(office, 1).ratings}
    assert given["TECH-1"] is Rating.PARTIALLY
    assert len(given) == 9


def test_several_ratings_are_one_message(office: House) -> None:
    press(office, ROB[1], "claim 1", CARD)
    announced(office)
    press(office, ROB[1], "rate 1", CARD)

    lines = "rate 1 TECH-1 met\nrate 1 TECH-2 not met: No log.\nrate 1 the rest met"
    assert "You have rated everything." in reply(office, ROB[1], lines)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("approve 1", Outcome.APPROVED),
        ("ask more 1", Outcome.MORE),
        ("recommend course 1", Outcome.COURSE),
    ],
)
def test_staff_decide_from_the_card(rated: House, words: str, outcome: Outcome) -> None:
    told = press(rated, SAL[1], "decide 1", CARD)

    said = template(told, words).replace("REASON", REASON)
    assert reply(rated, SAL[1], said).startswith("Decided: submission 1")
    decision = stored(rated, 1).decision
    assert decision is not None
    assert (decision.outcome, decision.reason) == (outcome, REASON)


@pytest.mark.parametrize("words", ["approve 1", "recommend course 1"])
def test_a_decision_that_is_picked_asks_for_a_reason_and_tells_how_to_say_it(
    rated: House, words: str
) -> None:
    press(rated, SAL[1], "decide 1", CARD)
    told = pick(rated, SAL[1], words)

    assert told.startswith("Give a reason after a colon")
    assert stored(rated, 1).stage is Stage.IN_REVIEW
    said = template(told, words).replace("REASON", REASON)
    assert reply(rated, SAL[1], said).startswith("Decided: submission 1")


def test_more_is_asked_for_by_name(rated: House) -> None:
    press(rated, SAL[1], "decide 1", CARD)
    told = pick(rated, SAL[1], "ask more 1")

    said = template(told, "ask more 1 TECH-1").replace("REASON", REASON)
    reply(rated, SAL[1], said.replace("TECH-1", "TECH-2, TECH-5"))
    decision = stored(rated, 1).decision
    assert decision is not None
    assert decision.sections == ("TECH-2", "TECH-5")


def test_more_without_a_reason_tells_how_to_give_one(rated: House) -> None:
    told = reply(rated, SAL[1], "request more for 1 TECH-2 and TECH-5")

    assert told.endswith("Say: ask more 1 TECH-2, TECH-5: REASON.")


def test_a_certificate_is_decided_from_the_card(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology", route=Route.COURSE)
    announced(house)

    told = press(house, SAL[1], "decide 1", CARD)
    assert reply(house, SAL[1], template(told, "approve 1").replace("REASON", REASON)).startswith(
        "Decided: submission 1"
    )


def test_staff_reply_from_the_card(office: House) -> None:
    press(office, SAL[1], "take 1", QUESTION)
    announced(office)
    told = press(office, SAL[1], "answer 1", QUESTION)

    reply(office, SAL[1], template(told, "answer 1").replace("YOUR REPLY", "No, it is free."))
    assert "No, it is free." in office.heard(ADA.email)[-1]


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.pattern.pattern[:20])
def test_all_that_has_a_form_is_met_as_words_too(row: FormRow) -> None:
    said = next(words for words in WITH_FORMS if row.pattern.fullmatch(words))

    assert command(said) is not None
