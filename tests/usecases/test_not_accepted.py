"""A certificate that was not accepted is told so, and is not submitted again as it is."""

from __future__ import annotations

import pytest

from bot.domain.people import Candidate
from tests.cast import ADA, SAL
from tests.desk import House
from tests.reviewed import reply, staffed
from tests.submitted import CERTIFICATE, own, send


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, whose course certificate for Technology (submission 1) was not accepted."""
    staffed(house)
    candidate = house.enrol(ADA)
    send(house, ADA.email, "certificate.txt", CERTIFICATE)
    reply(house, ADA.email, "submit technology")
    reply(house, SAL[1], "recommend course 1: It is of a course that is not approved.")
    return candidate


def said(house: House, text: str) -> str:
    """What Ada is answered, in one line."""
    return " ".join(reply(house, ADA.email, text).split())


def test_the_candidate_is_told_of_the_certificate_and_not_of_a_portfolio(
    house: House, ada: Candidate
) -> None:
    told = " ".join(house.heard(ADA.email)[-1].split())

    word = house.desk.program.words.certificate
    assert f"The {word} in submission 1 (Technology) was not accepted. The reason given: It" in told
    assert f"Wanted is the {word} of an approved course. Send it; it goes to" in told
    assert "portfolio" not in told.partition("appeal")[0].lower()


def test_the_same_certificate_is_not_submitted_again(house: House, ada: Candidate) -> None:
    for text in ("submit technology", "ready technology"):
        answered = said(house, text)
        assert "just what submission 1 held, which was not accepted" in answered
        assert "Add or replace a file first." in answered
    assert len(own(house, ada)) == 1
    assert "Technology: not ready, the same as in submission 1" in said(house, "ready")


def test_progress_agrees(house: House, ada: Candidate) -> None:
    overview = said(house, "progress")

    assert "0 of 6 sets" in overview
    assert "its certificate is not accepted: send another" in overview
    assert "lacks another" in said(house, "missing in technology")


def test_another_file_can_be_submitted(house: House, ada: Candidate) -> None:
    send(house, ADA.email, "steps.txt", CERTIFICATE)

    assert "ready to submit" in said(house, "progress")
    assert "as submission 2" in said(house, "submit technology")


def test_what_was_withdrawn_can_be_submitted_as_it_is(house: House, ada: Candidate) -> None:
    send(house, ADA.email, "steps.txt", CERTIFICATE)
    said(house, "submit technology")
    said(house, "withdraw submission 2")

    assert "as submission 3" in said(house, "submit technology")
