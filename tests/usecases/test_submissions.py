"""After a set was submitted: taking it back, looking at it, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.people import Candidate
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage
from tests.cast import ADA, BEA, DOT, REV, ROB, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply, staffed, stored, trail
from tests.submitted import CERTIFICATE, SET, fill


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, with reviewers and staff around her."""
    staffed(house)
    house.enrol(BEA)
    return house.enrol(ADA)


def test_until_a_review_starts_it_can_be_taken_back(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")

    said = reply(house, ADA.email, "withdraw submission 1")

    assert "Withdrawn: submission 1 (Technology)" in said
    assert stored(house, 1).stage is Stage.WITHDRAWN
    assert "withdrew submission 1" in house.heard(REV[1])[-1]
    assert "withdrawn by the candidate" in reply(house, ADA.email, "withdraw submission 1")
    assert "as submission 2" in reply(house, ADA.email, "submit technology")


def test_withdrawing_tells_whether_the_record_is_as_it_was(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    assert "Your record is as it was." in reply(house, ADA.email, "withdraw submission 1")

    reply(house, ADA.email, "submit technology")
    reply(house, ADA.email, "remove 1")
    said = " ".join(reply(house, ADA.email, "withdraw submission 2").split())

    assert "Your record has changed since it was submitted; no more there: file 1 (log.txt)" in said
    assert "as it was." not in said


def test_once_claimed_it_stays(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    reply(house, REV[1], "claim 1")

    said = reply(house, ADA.email, "withdraw submission 1")

    assert "The review of submission 1 has started" in said
    assert stored(house, 1).stage is Stage.IN_REVIEW
    assert "in review" in reply(house, ADA.email, "submission 1")
    assert "Rev" not in reply(house, ADA.email, "submission 1")


def test_anothers_submission_looks_like_none(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    lines = len(trail(house))

    for words in ("submission {}", "confirmation {}", "withdraw submission {}"):
        theirs = reply(house, BEA.email, words.format(1)).replace("1", "N")
        nobodys = reply(house, BEA.email, words.format(7)).replace("7", "N")
        assert theirs == nobodys
        assert "There is no submission N for you" in theirs

    assert stored(house, 1).stage is Stage.WAITING
    assert len(trail(house)) == lines


def test_a_stranger_submits_nothing(house: House) -> None:
    for words in ("submit technology", "submissions", "requests", "letters"):
        assert "do not know" in reply(house, DOT, words) or "record" in reply(house, DOT, words)


def test_submissions_are_listed_the_newest_first(house: House, ada: Candidate) -> None:
    assert "submitted nothing yet" in reply(house, ADA.email, "submissions")
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    reply(house, ADA.email, "withdraw submission 1")
    reply(house, ADA.email, "submit technology")

    lines = [line for line in reply(house, ADA.email, "submissions").split("\n") if "- " in line]

    assert lines[0].endswith("submitted on 21 November 2026 at 12:00: waiting for a review.")
    assert lines[1].startswith("- Submission 1: Technology")
    assert lines[1].endswith("withdrawn.")


def test_an_achieved_set_stays_achieved_without_its_files(house: House, ada: Candidate) -> None:
    house.send(ADA.email, prop("slip.txt", house.folder), caption=CERTIFICATE)
    reply(house, ADA.email, "submit technology")
    reply(house, SAL[1], "approve 1: A valid certificate.")
    reply(house, ADA.email, "remove 1")

    said = reply(house, ADA.email, "progress")

    assert "1 of 6 sets of your CAR is complete. 1 of them is achieved." in said
    assert "- Technology: achieved." in said
    assert "Technology 10 of 10 parts" in said
    assert "Technology is achieved" in reply(house, ADA.email, "missing in technology")
    assert "achieved already, by submission 1" in reply(house, ADA.email, "submit technology")
    assert "The reason given: A valid certificate." in reply(house, ADA.email, "submission 1")
    assert "Achievement letter" in reply(house, ADA.email, "letters")


def test_after_a_course_was_recommended_only_the_certificate_counts(
    house: House, ada: Candidate
) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    for who in (REV, ROB):
        reply(house, who[1], "claim 1")
        reply(house, who[1], "rate 1 all met")
    reply(house, SAL[1], "recommend course 1: The essay is not yours.")

    refused = reply(house, ADA.email, "submit technology")
    progress = reply(house, ADA.email, "progress")
    house.send(ADA.email, prop("slip.txt", house.folder), caption=CERTIFICATE)
    submitted = reply(house, ADA.email, "submit technology")

    assert "Technology (Course) lacks 1 of 1 parts" in refused
    assert "Technology: a course was recommended, its certificate is not filed yet." in progress
    assert "0 of 6 sets" in progress
    assert "Submitted: Technology, Course, as submission 2" in submitted


def test_waiting_times_come_from_enough_real_decisions(house: House, ada: Candidate) -> None:
    needed = house.desk.program.rules.review.waiting_from
    assert f"from {needed} real decisions on" in reply(house, ADA.email, "waiting times")
    with house.transaction() as uow:
        for days in range(1, needed + 1):
            at = house.clock() - timedelta(days=days)
            one = uow.submissions.add(ada.person, set_id=SET, route=Route.COURSE, items=(), at=at)
            said = ReviewDecision(
                outcome=Outcome.COURSE, by=9, name="Sal", at=house.clock(), reason="because"
            )
            assert uow.submissions.save(
                replace(one, stage=Stage.DECIDED, decision=said), at=house.clock()
            )
        uow.commit()
    house.send(ADA.email, prop("slip.txt", house.folder), caption=CERTIFICATE)

    told = f"1 to {needed} days ({needed} decisions)"
    assert f"Course: reviews took {told}" in reply(house, ADA.email, "waiting times")
    assert f"Reviews of this very set took {told}" in reply(house, ADA.email, "submit technology")
