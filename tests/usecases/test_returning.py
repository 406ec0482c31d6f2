"""When everything that was wanted has come, the set goes back to its reviewers by itself."""

from __future__ import annotations

import pytest

from bot.domain.messages import Choice
from bot.domain.people import Candidate
from bot.domain.portfolio import State
from bot.domain.rights import Role
from bot.domain.submission import Stage
from tests.cast import ADA, ADE, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, stored
from tests.submitted import (
    ASKED,
    REVIEWERS,
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


def test_when_all_came_the_set_is_back_with_its_reviewers(house: House, ada: Candidate) -> None:
    said = answer_all(house, ada)

    second = own(house, ada)[-1]
    assert (second.round, second.follows, second.stage) == (2, 1, Stage.IN_REVIEW)
    assert second.asked == ASKED
    assert [c.name for c in second.claims] == [REV[0], ROB[0]]
    assert {r.competency for r in second.ratings} == {f"TECH-{n}" for n in (1, 2, 4, 5, 6, 7, 9)}
    assert all(r.carried for r in second.ratings)
    assert "That was all" in said
    assert "as submission 2, round 2" in said
    assert "carrel-submission-1." in said
    for who in (*REVIEWERS, SAL[1], ADE[1]):
        (told,) = [text for text in house.heard(who) if "is back as submission 2" in text]
        assert "New: steps.txt in TECH-3, faults.txt in TECH-8." in told
        assert "Unchanged: 10." in told


def test_only_what_was_asked_for_is_taken_from_the_record(house: House, ada: Candidate) -> None:
    send(house, ADA.email, "better.txt", "for TECH-1")
    reply(house, ADA.email, "remove 2")  # the statement

    answer_all(house, ada)

    first, second = own(house, ada)
    kept = [i for i in second.items if i.section not in ASKED]
    assert kept == [i for i in first.items if i.section not in ASKED]


def test_the_second_round_ends_like_any_other(house: House, ada: Candidate) -> None:
    answer_all(house, ada)
    for who in REVIEWERS:
        assert "Rated in submission 2: TECH-3, TECH-8." in reply(house, who, "rate 2 all met")

    reply(house, SAL[1], "approve 2: Now it is shown.")

    assert "Technology: achieved." in reply(house, ADA.email, "progress")
    assert "no open request" in reply(house, ADA.email, "requests")


def test_after_the_return_an_undo_touches_the_record_only(house: House, ada: Candidate) -> None:
    answer_all(house, ada)
    before = own(house, ada)

    said = reply(house, ADA.email, "undo")

    assert files(house, ada)[-1].filing.state is State.WITHDRAWN
    assert "wanted again" not in said
    text = " ".join(said.split())
    assert "Submission 2 (Technology) was frozen before and keeps file 4 (faults.txt) in" in text
    assert "To take it back as a whole, say: withdraw submission 2." in text
    assert own(house, ada) == before
    assert open_sections(house, ada) == set()


def test_a_further_file_for_an_answered_request_goes_back_with_it(
    house: House, ada: Candidate
) -> None:
    codes = tokens(house, ada)
    send(house, ADA.email, "steps.txt", codes["TECH-3"])

    said = send(house, ADA.email, "more-steps.txt", codes["TECH-3"])
    send(house, ADA.email, "faults.txt", codes["TECH-8"])

    assert f"{codes['TECH-3']} was answered already; file 4 stands in TECH-3 too" in said
    sent = {i.name for i in own(house, ada)[-1].items if i.section == "TECH-3"}
    assert sent == {"log.txt", "steps.txt", "more-steps.txt"}


def test_a_token_is_told_to_be_late_once_the_set_went_back(house: House, ada: Candidate) -> None:
    answer_all(house, ada)
    held = files(house, ada)

    said = send(house, ADA.email, "late.txt", tokens(house, ada)["TECH-3"])

    assert "was answered: the set is with its reviewers again, as submission 2" in said
    assert files(house, ada) == held


def test_should_all_be_answered_and_the_set_still_be_here_submitting_sends_it_back(
    house: House, ada: Candidate
) -> None:
    send(house, ADA.email, "steps.txt", "for TECH-3 and TECH-8")
    with house.transaction() as uow:  # as when two last answers come in at the same moment
        for request in uow.requests.of(ada.person):
            assert uow.requests.close(request, evidence=3, at=house.clock())
        uow.commit()

    said = reply(house, ADA.email, "submit technology")

    assert "as submission 2, round 2" in said
    assert own(house, ada)[-1].stage is Stage.IN_REVIEW


def test_a_second_round_taken_back_wants_its_documents_again(house: House, ada: Candidate) -> None:
    answer_all(house, ada)

    said = reply(house, ADA.email, "withdraw submission 2")

    assert "These requests wait for evidence again" in said
    assert open_sections(house, ada) == set(ASKED)
    assert "more documents are wanted" in reply(house, ADA.email, "progress")
    for section, token in tokens(house, ada).items():
        number = {"TECH-3": 3, "TECH-8": 4}[section]
        reply(house, ADA.email, f"file {number} answers {token}")
    assert [s.round for s in own(house, ada)] == [1, 2, 2]
    assert own(house, ada)[-1].stage is Stage.IN_REVIEW


def test_a_second_round_is_not_taken_back_once_rated_anew(house: House, ada: Candidate) -> None:
    answer_all(house, ada)
    reply(house, REV[1], "rate 2 TECH-3 met")

    assert "has started" in reply(house, ADA.email, "withdraw submission 2")
    assert open_sections(house, ada) == set()


def test_who_reviews_no_more_leaves_a_place_for_others(house: House, ada: Candidate) -> None:
    zoe = ("Zoe Ngata", "zoe@example.org")
    house.appoint(*zoe, Role.REVIEWER)
    with house.transaction() as uow:
        rob = uow.people.find(ROB[1])
        assert rob
        uow.roles.revoke(rob, Role.REVIEWER)
        uow.commit()

    answer_all(house, ada)

    assert [c.name for c in stored(house, 2).claims] == [REV[0]]
    assert "is back as submission 2" in house.heard(zoe[1])[-1]
    assert Choice(label="Claim 2", says="claim 2") in next(
        m.reply.choices for m in reversed(house.channel.sent) if m.to.value == zoe[1]
    )
    assert "is yours to review" in reply(house, zoe[1], "claim 2")


def test_a_course_goes_back_with_a_better_certificate(house: House) -> None:
    staffed(house)
    candidate = house.enrol(ADA)
    send(house, ADA.email, "slip.txt", "certificate for technology")
    reply(house, ADA.email, "submit technology")
    reply(house, REV[1], "claim 1")
    reply(house, SAL[1], "ask more 1 technology/certificate: The scan cannot be read.")
    (token,) = tokens(house, candidate).values()

    said = send(house, ADA.email, "clear-slip.txt", token)

    second = own(house, candidate)[-1]
    assert "as submission 2, round 2" in said
    assert [c.name for c in second.claims] == [REV[0]]
    assert [i.name for i in second.items] == ["slip.txt", "clear-slip.txt"]
