"""Submitting a set: what refuses it, what is frozen, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.confirmations import parse
from bot.domain.messages import Choice
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Stage
from bot.errors import Refused
from storage.proof.verification import verify_receipt
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply, staffed, trail
from tests.submitted import CERTIFICATE, SET, fill, own, token_in


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, with reviewers and staff around her."""
    staffed(house)
    house.enrol(BEA)
    return house.enrol(ADA)


@pytest.fixture
def guild(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel for the invented program."""
    made = House(other_knowledge, tmp_path)
    yield made
    made.database.close()


def test_what_is_missing_is_named_and_nothing_is_submitted(house: House, ada: Candidate) -> None:
    house.send(ADA.email, prop("log.txt", house.folder), caption="for TECH-2")

    said = reply(house, ADA.email, "submit technology")

    assert "lacks 9 of 10 parts, so nothing was submitted:" in said
    assert "- TECH-1: " in said
    assert "TECH-2" not in said
    assert "- and 3 more" in said
    assert own(house, ada) == ()


def test_a_portfolio_is_frozen_certified_and_announced(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)

    said = reply(house, ADA.email, "submit technology")

    (one,) = own(house, ada)
    assert (one.route, one.stage, one.round) == (Route.PORTFOLIO, Stage.WAITING, 1)
    assert len(one.items) == 10
    assert "as submission 1, with 2 files, 104 bytes" in said
    assert "closed on 31 January 2019" in said
    assert "withdraw submission 1" in said
    assert "took" not in said  # no decisions yet, so no waiting time
    report = verify_receipt(token_in(said), file=None, trusted_key=house.desk.signer.public_key)
    assert report.ok
    assert report.facts["sha256"] == one.manifest_sha256
    assert trail(house)[-1].details["manifest"] == one.manifest_sha256


def test_everybody_who_reviews_is_told_once_with_what_to_do(house: House, ada: Candidate) -> None:
    house.appoint(*REV, Role.STAFF)  # reviewer and staff
    house.appoint(ADA.name, ADA.email, Role.STAFF)
    fill(house, ADA.email, house.desk.program)
    sent = house.deliver(house.message(ADA.email, "submit technology"))

    told = {m.to.value: m.reply for m in sent if m.to.value != ADA.email}
    assert sorted(told) == sorted([REV[1], ROB[1], SAL[1], ADE[1]])
    assert len(sent) == 5  # each once, and Ada's own answer
    claim, dossier = Choice(label="Claim 1", says="claim 1"), "dossier 1"
    assert claim in told[REV[1]].choices
    assert claim not in told[SAL[1]].choices
    assert [c.says for c in told[SAL[1]].choices] == [dossier]
    assert (
        "Ada Reyes submitted Technology (Portfolio): submission 1, 2 files"
        in (house.heard(ROB[1])[-1])
    )


def test_a_certificate_alone_submits_a_course(house: House, ada: Candidate) -> None:
    house.send(ADA.email, prop("slip.txt", house.folder), caption=CERTIFICATE)
    house.send(ADA.email, prop("log.txt", house.folder), caption="for TECH-2")

    said = reply(house, ADA.email, "submit technology")

    (one,) = own(house, ada)
    assert one.route is Route.COURSE
    assert [item.section for item in one.items] == ["technology/certificate"]
    assert "closed on" not in said


def test_what_happens_to_the_record_afterwards_does_not_touch_it(
    house: House, ada: Candidate
) -> None:
    fill(house, ADA.email, house.desk.program)
    confirmed = token_in(reply(house, ADA.email, "submit technology"))
    (before,) = own(house, ada)

    for words in ("remove 1", "move 2 to resume", "undo", "mark 2 as secondary"):
        reply(house, ADA.email, words)
    house.send(ADA.email, prop("more.txt", house.folder), caption="for TECH-2")

    assert own(house, ada) == (before,)
    assert token_in(reply(house, ADA.email, "confirmation 1")) == confirmed
    assert "Technology: submitted, waiting for a review." in reply(house, ADA.email, "progress")


def test_the_second_time_tells_which_and_when_on_the_persons_own_clock(
    house: House, ada: Candidate
) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    house.clock.forward(timedelta(days=1))

    said = reply(house, ADA.email, "submit technology")

    assert "submitted already, as submission 1 on 21 November 2026 at 12:00" in said
    assert "withdraw submission 1" in said
    assert len(own(house, ada)) == 1


def test_the_same_message_twice_submits_once(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)
    message = house.message(ADA.email, "submit technology", id="twice")

    house.deliver(message)
    again = house.deliver(message)

    assert again == []
    assert len(own(house, ada)) == 1


def test_the_database_refuses_a_second_open_submission_of_a_set(
    house: House, ada: Candidate
) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")

    with house.transaction() as uow, pytest.raises(Refused, match="submitted already"):
        uow.submissions.add(ada.person, set_id=SET, route=Route.COURSE, items=(), at=house.clock())


def test_an_elective_is_chosen_before_it_is_submitted(house: House, ada: Candidate) -> None:
    one = house.desk.program.set("cataloging-and-classification")
    fill(house, BEA.email, house.desk.program, one.id)

    said = reply(house, BEA.email, f"submit {one.title}")
    reply(house, BEA.email, f"choose {one.title}")

    assert "an elective you have not chosen, so nothing was submitted" in said
    assert f"Submitted: {one.title}" in reply(house, BEA.email, f"submit {one.title}")


@pytest.mark.parametrize(
    "words",
    [
        "submit my resume",
        "submit TECH-8",
        "submit technology evidence by mail",
        "submit whatever I sent you",
    ],
)
def test_words_that_only_sound_like_it_submit_nothing(
    house: House, ada: Candidate, words: str
) -> None:
    fill(house, ADA.email, house.desk.program)

    said = reply(house, ADA.email, words)

    assert "Submitted" not in said
    assert own(house, ada) == ()


@pytest.mark.parametrize("words", ["submit my Technology set", "submit TECH", "/submit technology"])
def test_a_set_is_submitted_by_any_of_its_names(house: House, ada: Candidate, words: str) -> None:
    fill(house, ADA.email, house.desk.program)

    assert "Submitted: Technology" in reply(house, ADA.email, words)


def test_two_sets_at_once_are_refused(house: House, ada: Candidate) -> None:
    fill(house, ADA.email, house.desk.program)

    said = reply(house, ADA.email, "submit technology and access services")

    assert "one set at a time" in said
    assert own(house, ada) == ()


def test_another_program_submits_in_its_own_words(guild: House) -> None:
    program = guild.desk.program
    candidate = guild.enrol(BEA)
    one = program.required_sets[0]
    fill(guild, BEA.email, program, one.id)

    said = reply(guild, BEA.email, f"submit {one.title}")

    assert f"Submitted: {one.title}, {program.rules.routes[Route.PORTFOLIO].title}" in said
    assert parse(token_in(said)).confirmation.program == program.id
    assert own(guild, candidate)[0].set_id == one.id
