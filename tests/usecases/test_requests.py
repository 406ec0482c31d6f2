"""More documents: a token closes its request, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.messages import Choice
from bot.domain.people import Candidate
from bot.usecases.correct_filing import held, refile
from tests.cast import ADA, BEA, REV, ROB
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply, trail
from tests.submitted import (
    ASKED,
    answer_all,
    asked_for_more,
    files,
    open_sections,
    own,
    send,
    tokens,
)


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, of whose submission 1 (Technology) more was asked for TECH-3 and TECH-8."""
    return asked_for_more(house)


def test_requests_tell_what_why_and_how(house: House, ada: Candidate) -> None:
    codes = tokens(house, ada)

    said = reply(house, ADA.email, "requests")

    assert "submission 1 (Technology). The reason given: Two are thin." in said
    assert "Show the steps." in said
    assert f"{codes['TECH-8']} for TECH-8 of Technology" in said
    assert "as a reply to this message, or with its code in the message." in said
    assert not any(name in said for name in (REV[0], ROB[0]))
    assert "no open request" in reply(house, BEA.email, "requests")


@pytest.mark.parametrize("how", ["caption", "lower", "name"])
def test_a_token_files_and_answers_without_guessing(house: House, ada: Candidate, how: str) -> None:
    token = tokens(house, ada)["TECH-3"]
    name = f"my_{token}_paper.txt" if how == "name" else "resume.txt"
    caption = {"caption": f"my resume {token}", "lower": token.lower(), "name": ""}[how]

    said = send(house, ADA.email, name, caption)

    filed = files(house, ada)[-1]
    assert filed.filing.sections == ("TECH-3",)
    assert f"answers request {token}" in said
    assert f"Still wanted: {tokens(house, ada)['TECH-8']} (TECH-8)." in said
    assert open_sections(house, ada) == {"TECH-8"}
    assert trail(house)[-1].action == "answered"


def test_every_file_of_the_message_goes_where_the_token_says(house: House, ada: Candidate) -> None:
    paths = [prop(name, house.folder) for name in ("one.txt", "two.txt")]
    house.send(ADA.email, *paths, caption=tokens(house, ada)["TECH-3"])

    assert [e.filing.sections for e in files(house, ada)[-2:]] == [("TECH-3",)] * 2
    assert open_sections(house, ada) == {"TECH-8"}


def test_an_archive_with_a_token_answers_too(house: House, ada: Candidate) -> None:
    codes = " ".join(tokens(house, ada).values())

    send(house, ADA.email, "proofs.zip", codes)

    second = own(house, ada)[-1]
    new = {i.section for i in second.items if i.name in {"resume.txt", "notes.txt"}}
    assert second.round == 2
    assert new == set(ASKED)


def test_a_token_of_somebody_else_looks_like_one_that_is_nobodys(
    house: House, ada: Candidate
) -> None:
    token, before = tokens(house, ada)["TECH-3"], len(trail(house))

    theirs = send(house, BEA.email, "x.txt", f"for {token}")
    nobodys = send(house, BEA.email, "x.txt", "for R-ABCD-2345")

    assert theirs.replace(token, "R") == nobodys.replace("R-ABCD-2345", "R")
    assert "There is no open request with the code" in theirs
    assert open_sections(house, ada) == set(ASKED)
    assert len(trail(house)) == before
    with house.transaction() as uow:
        bea = uow.people.find(BEA.email)
        assert bea
        assert uow.records.of(bea) == ()


def test_one_wrong_token_keeps_only_its_own_file_out(house: House, ada: Candidate) -> None:
    good = prop(f"{tokens(house, ada)['TECH-3']}.txt", house.folder)
    bad = prop("other.txt", house.folder)

    house.send(ADA.email, good, bad, caption="R-ABCD-2345")

    assert [e.name for e in files(house, ada)[2:]] == [good.name]
    assert open_sections(house, ada) == {"TECH-8"}


def test_what_reviewers_have_seen_answers_nothing(house: House, ada: Candidate) -> None:
    said = send(house, ADA.email, "log.txt", tokens(house, ada)["TECH-3"])

    assert "stays open: file 1, log.txt, was in TECH-3" in said
    assert open_sections(house, ada) == set(ASKED)


def test_a_file_without_token_answers_nothing_until_it_is_said(
    house: House, ada: Candidate
) -> None:
    token = tokens(house, ada)["TECH-3"]
    said = send(house, ADA.email, "steps.txt", "for TECH-3")
    words = f"3 answers {token}"

    assert f"say: file {words}" in said
    assert open_sections(house, ada) == set(ASKED)
    assert Choice(label=f"File {words}", says=f"file {words}") in house.choices()
    assert f"say: file {words}" in reply(house, ADA.email, "requests")
    assert f"File 3 answers {token}" in reply(house, ADA.email, f"File {words}")
    assert open_sections(house, ada) == {"TECH-8"}


def test_any_own_file_can_be_said_to_answer_and_stands_there_then(
    house: House, ada: Candidate
) -> None:
    token = tokens(house, ada)["TECH-3"]
    send(house, ADA.email, "resume.txt", "my resume")

    reply(house, ADA.email, f"file 3 answers {token}")

    assert files(house, ada)[-1].filing.sections == ("resume", "TECH-3")
    assert "no file number 99" in reply(house, ADA.email, f"file 99 answers {token}")
    assert "no open request" in reply(house, BEA.email, f"file 1 answers {token}")


@pytest.mark.parametrize("words", ["undo", "remove 3", "move 3 to TECH-1"])
def test_a_request_waits_again_when_its_answer_leaves(
    house: House, ada: Candidate, words: str
) -> None:
    token = tokens(house, ada)["TECH-3"]
    send(house, ADA.email, "steps.txt", token)

    said = reply(house, ADA.email, words)

    assert f"this is wanted again: {token} (TECH-3)." in said
    assert open_sections(house, ada) == set(ASKED)
    send(house, ADA.email, "faults.txt", tokens(house, ada)["TECH-8"])
    assert len(own(house, ada)) == 1


def test_what_waits_again_is_on_the_trail_whoever_moved_the_answer(
    house: House, ada: Candidate
) -> None:
    send(house, ADA.email, "steps.txt", tokens(house, ada)["TECH-3"])
    number = files(house, ada)[-1].number
    with house.transaction() as uow:
        evidence = held(uow, ada, number)
        moved = refile(
            uow,
            evidence,
            evidence.filing.withdrawn(),
            message_key="test:1",
            reason="a test",
            now=house.clock(),
        )
        uow.commit()

    assert [request.section for request in moved.reopened] == ["TECH-3"]
    assert trail(house)[-1].action == "reopened"
    assert open_sections(house, ada) == set(ASKED)


def test_taking_the_answer_back_to_its_reviewers_reopens_with_a_line_each(
    house: House, ada: Candidate
) -> None:
    answer_all(house, ada)
    lines = len(trail(house))

    said = reply(house, ADA.email, "withdraw submission 2")

    assert "These requests wait for evidence again" in said
    fresh = [line for line in trail(house)[lines:] if line.action == "reopened"]
    assert {line.details["section"] for line in fresh} == set(ASKED)


def test_submitting_by_hand_is_refused_with_the_codes(house: House, ada: Candidate) -> None:
    said = reply(house, ADA.email, "submit technology")

    assert all(token in said for token in tokens(house, ada).values())
    assert len(own(house, ada)) == 1


def test_the_same_message_twice_answers_once(house: House, ada: Candidate, tmp_path: Path) -> None:
    both = " ".join(tokens(house, ada).values())
    attached = house.attach(prop("both.txt", tmp_path))
    message = house.message(ADA.email, both, attached, id="twice")

    house.deliver(message)
    again = house.deliver(message)

    assert again == []
    assert [s.round for s in own(house, ada)] == [1, 2]


def test_a_refused_file_answers_nothing(house: House, ada: Candidate) -> None:
    said = send(house, ADA.email, "locked.pdf", tokens(house, ada)["TECH-3"])

    assert "Not filed" in said
    assert open_sections(house, ada) == set(ASKED)
