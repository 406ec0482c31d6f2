"""What each may see of one submission: its candidate, staff, reviewers, mentors and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.domain.people import Candidate, Person
from bot.domain.rights import Relation, Role
from bot.domain.submission_view import Offered, SeenSubmission, View
from bot.errors import NotFound
from bot.usecases.see_submission import see_submission
from tests.cast import ADA, BEA, MIA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, trail
from tests.submitted import asked_for_more, fill, tokens
from tests.usecases.matters import Matter, every_matter

# Rows are roles, columns own, assigned, shared, everybody else's; a share makes a mentor of anyone.
VIEWS = """
    KNOWN      -    -         mentor  -
    CANDIDATE  own  -         mentor  -
    MENTOR     -    -         mentor  -
    REVIEWER   -    reviewer  mentor  -
    STAFF      -    reviewer  staff   staff
    ADMIN      -    reviewer  staff   staff
"""


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, of whose submission 1 (Technology) more was asked for TECH-3 and TECH-8."""
    return asked_for_more(house)


@pytest.fixture
def matters(house: House) -> Mapping[tuple[Role, Relation], Matter]:
    """A person for each role and relation."""
    return every_matter(house)


def view(house: House, person: Person, number: int) -> str:
    """How much of it that person sees; nothing of it is kept."""
    try:
        return seen(house, person, number).view.value
    except NotFound:
        return "-"


def seen(house: House, person: Person, number: int) -> SeenSubmission:
    with house.transaction() as uow:
        return see_submission(uow, house.desk.program, person, number, now=house.clock())


def share_with_mia(house: House) -> str:
    """Mia, with whom Ada shares Technology."""
    house.appoint(*MIA)
    reply(house, ADA.email, f"share technology with {MIA[1]}")
    return MIA[1]


def test_every_role_in_every_relation_sees_what_is_theirs(
    house: House, matters: Mapping[tuple[Role, Relation], Matter]
) -> None:
    wanted = {
        (Role[role], relation): cell
        for role, *cells in (line.split() for line in VIEWS.strip().splitlines())
        for relation, cell in zip(Relation, cells, strict=True)
    }

    found = {key: view(house, m.person, m.submission.id) for key, m in matters.items()}

    assert found == wanted


def test_its_candidate_sees_the_reason_the_comments_and_the_codes(
    house: House, ada: Candidate
) -> None:
    said = reply(house, ADA.email, "submission 1")

    assert "The reason given: Two are thin." in said
    assert "TECH-3: Reviewer 1: Show the steps." in said
    assert all(token in said for token in tokens(house, ada).values())
    assert not any(name in said for name in (REV[0], ROB[0]))


def test_staff_see_everything_with_names_and_the_owners_requests(
    house: House, ada: Candidate
) -> None:
    said = reply(house, SAL[1], "submission 1")

    assert "Submission 1 of Ada Reyes: Technology" in said
    assert f"Taken on by {REV[0]}, {ROB[0]}." in said
    assert f"{SAL[0]} decided. The reason given: Two are thin." in said
    assert f"TECH-3: {REV[0]}: Show the steps." in said
    assert all(token in said for token in tokens(house, ada).values())
    assert trail(house)[-1].action == "read"


def test_only_the_candidate_is_offered_to_withdraw_it(house: House) -> None:
    sal = house.appoint(*SAL, Role.STAFF)
    owner = house.enrol(ADA)
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")

    assert Offered.WITHDRAW in seen(house, owner.person, 1).offered
    assert seen(house, sal, 1).offered == (Offered.DOSSIER, Offered.RATINGS)
    reply(house, SAL[1], "submission 1")
    assert not any("withdraw" in choice.says for choice in house.choices())


def test_a_mentor_sees_how_far_it_is_and_what_came_of_it_and_not_why(
    house: House, ada: Candidate
) -> None:
    said = reply(house, share_with_mia(house), "submission 1")

    assert "more documents wanted" in said
    hidden = ("Two are thin", "Show the steps", REV[0], SAL[0], *tokens(house, ada).values())
    assert not any(words in said for words in hidden)
    assert house.choices() == ()


def test_what_is_shared_no_more_looks_like_nothing(house: House, ada: Candidate) -> None:
    mia = share_with_mia(house)
    house.clock.forward(timedelta(days=40))

    assert "There is no submission 1 for you" in reply(house, mia, "submission 1")


def test_a_reviewer_sees_how_others_rated_after_rating_themselves(house: House) -> None:
    people = [house.appoint(*who, Role.REVIEWER) for who in (REV, ROB)]
    house.enrol(ADA)
    house.enrol(BEA)
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    for who in (REV, ROB):
        reply(house, who[1], "claim 1")
    reply(house, REV[1], "rate 1 TECH-3 partially met: Show the steps.")

    assert "Show the steps." in reply(house, REV[1], "submission 1")
    assert "Show the steps." not in reply(house, ROB[1], "submission 1")
    reply(house, ROB[1], "rate 1 all met")
    assert "Show the steps." in reply(house, ROB[1], "submission 1")
    assert seen(house, people[1], 1).view is View.REVIEWER


def test_a_course_tells_its_reason_and_keeps_the_reviewers_words(
    house: House, ada: Candidate
) -> None:
    for section, token in tokens(house, ada).items():
        reply(house, ADA.email, f"also 2 in {section}")
        reply(house, ADA.email, f"file 2 answers {token}")
    reply(house, REV[1], "rate 2 TECH-3 not met: This is somebody else's.")
    reply(house, REV[1], "rate 2 the rest met")
    reply(house, ROB[1], "rate 2 the rest met")
    reply(house, SAL[1], "recommend course 2: A course fits better.")

    said = reply(house, ADA.email, "submission 2")

    assert "A course fits better." in said
    assert "somebody else's" not in said
