"""Words that were picked, or said by a command, stand for themselves, whatever is under way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.rights import Role
from channels.markup import plain_text
from tests.cast import ADA, SAL
from tests.desk import House

COST = "How much does it cost to apply"
PARKING = "Is there a parking fee at the workshop?"


def apart(house: House, text: str) -> str:
    """What Ada is answered to words that stand for themselves."""
    sent = house.deliver(replace(house.message(ADA.email, text), apart=True))
    return "\n\n".join(plain_text(m.reply) for m in sent if m.to.value == ADA.email)


def paragraphs(house: House) -> int:
    """How many statements Ada has written at."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        return len(uow.statements.all(person))


@pytest.mark.parametrize("text", [COST, "rate 2", "9", "appeal costs of mine"])
def test_nothing_of_it_goes_into_a_statement_that_is_open(home: House, text: str) -> None:
    home.say(ADA.email, "write statement technology")
    apart(home, text)

    assert paragraphs(home) == 0


def test_a_question_is_answered_while_a_statement_is_open(home: House) -> None:
    home.say(ADA.email, "write statement technology")

    assert "350" in apart(home, COST)


def test_a_question_is_answered_while_a_person_is_on_another(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.say(ADA.email, f"ask staff: {PARKING}")
    home.say(SAL[1], "take 1")

    assert "350" in apart(home, COST)
    apart(home, "and what about bicycles there?")
    with home.transaction() as uow:
        handed = uow.handovers.get(1)
        assert handed is not None
        assert handed.more == ()


def test_a_number_still_picks_a_choice(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.say(ADA.email, PARKING)

    assert "as question 1" in apart(home, "1")


def test_half_a_command_is_told_whole_while_a_statement_is_open(home: House) -> None:
    home.say(ADA.email, "write statement technology")

    assert "submit" in apart(home, "submit").lower()
    assert "in private" not in apart(home, COST)
