"""How far a set is counts what its route needs."""

from __future__ import annotations

import pytest

from bot.domain.messages import Chart
from bot.domain.people import Candidate
from tests.cast import ADA
from tests.desk import House
from tests.reviewed import reply
from tests.submitted import CERTIFICATE, asked_for_more, send


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who proves Technology by course."""
    candidate = house.enrol(ADA)
    reply(house, ADA.email, "prove technology by course")
    return candidate


def said(house: House, text: str) -> str:
    """What Ada is answered, in one line."""
    return " ".join(reply(house, ADA.email, text).split())


def bars(house: House) -> dict[str, tuple[int, int]]:
    """What the picture of Ada's progress shows, by title."""
    (sent,) = house.deliver(house.message(ADA.email, "progress"))
    (chart,) = [block for block in sent.reply.blocks if isinstance(block, Chart)]
    return {bar.label: (bar.done, bar.total) for bar in chart.bars}


def test_a_course_that_was_chosen_wants_its_certificate_alone(house: House, ada: Candidate) -> None:
    assert "Technology: by course, no certificate yet." in said(house, "progress")
    missing = said(house, "missing in technology")
    assert missing == f"Technology lacks only its {house.desk.program.words.certificate}."
    assert bars(house)["Technology"] == (0, 1)


def test_its_certificate_makes_it_complete(house: House, ada: Candidate) -> None:
    send(house, ADA.email, "certificate.txt", CERTIFICATE)

    assert "Technology: complete by course certificate." in said(house, "progress")
    assert bars(house)["Technology"] == (1, 1)


def test_a_certificate_proves_nothing_once_a_portfolio_was_chosen(house: House) -> None:
    house.enrol(ADA)
    send(house, ADA.email, "certificate.txt", CERTIFICATE)
    assert "1 of 6 sets" in said(house, "progress")

    reply(house, ADA.email, "prove technology by portfolio")

    assert "0 of 6 sets" in said(house, "progress")
    missing = said(house, "missing in technology")
    assert "Technology lacks evidence for 9 of 9 competencies" in missing
    assert "is filed, but you chose portfolio" in missing


def test_a_question_is_answered_by_the_route_too(house: House, ada: Candidate) -> None:
    answered = said(house, "What am I missing for Technology?")

    assert "Technology lacks only its" in answered
    assert "TECH-1" not in answered


def test_a_set_of_which_more_is_wanted_is_not_complete(house: House) -> None:
    asked_for_more(house)

    assert "0 of 6 sets" in said(house, "progress")
