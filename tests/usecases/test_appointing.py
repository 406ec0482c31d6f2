"""Roles are given and taken by admins, first of all by whoever runs Carrel; looks leave a trace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Stage
from tests.cast import ADA, ADE, BEA, DOT, MIA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, stored, submitted, trail

NOTHING = "There is nothing of that number or name for you. Say: help."


@pytest.fixture
def admin(home: House) -> House:
    """Ade is admin, and Mia is known."""
    home.appoint(*ADE, Role.ADMIN)
    home.appoint(*MIA)
    return home


def roles(house: House, email: str) -> frozenset[Role]:
    """What was granted to that person."""
    with house.transaction() as uow:
        person = uow.people.find(email)
        return uow.roles.of(person) if person else frozenset()


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("appoint mia@example.org reviewer", Role.REVIEWER),
        ("Appoint MIA@example.org as a Reviewer.", Role.REVIEWER),
        ("appoint mia@example.org staff", Role.STAFF),
        ("appoint mia@example.org as an admin", Role.ADMIN),
    ],
)
def test_an_admin_appoints_and_the_person_is_told(admin: House, said: str, role: Role) -> None:
    told = reply(admin, ADE[1], said)

    assert told.startswith(f"Mia Sato is {role} now and was told so.")
    assert roles(admin, MIA[1]) == {role}
    assert admin.heard(MIA[1])[-1].startswith(f"You have the role {role} now.")
    line = trail(admin)[-1]
    assert (line.action, line.details) == ("appointed", {"role": role.value})
    assert line.actor != line.subject


def test_what_an_admin_says_works_at_once(admin: House) -> None:
    assert reply(admin, MIA[1], "queue") == NOTHING
    reply(admin, ADE[1], "appoint mia@example.org reviewer")
    assert reply(admin, MIA[1], "queue") == "Nothing waits for a review."
    reply(admin, ADE[1], "dismiss mia@example.org reviewer")
    assert reply(admin, MIA[1], "queue") == NOTHING


def test_somebody_can_be_told_again_after_a_dismissal(admin: House) -> None:
    for said in ("appoint", "dismiss", "appoint"):
        admin.clock.forward(timedelta(minutes=1))
        reply(admin, ADE[1], f"{said} mia@example.org staff")

    assert ["You have" in text for text in admin.heard(MIA[1])] == [True, False, True]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("appoint mia@example.org boss", "Use one of: reviewer, staff, admin."),
        ("appoint mia@example.org mentor", "a mentor is whom a candidate shares with"),
        ("appoint nobody@example.org staff", "carrel appoint nobody@example.org ROLE --name NAME"),
        ("appoint ade@example.org admin", "Ade Kaya has the role admin already"),
        ("dismiss mia@example.org staff", "Mia Sato does not have the role staff"),
        ("dismiss ade@example.org admin", "Ade Kaya is the last admin"),
    ],
)
def test_what_cannot_be_done_changes_nothing(admin: House, said: str, told: str) -> None:
    before = len(trail(admin))

    assert told in flat(reply(admin, ADE[1], said))
    assert len(trail(admin)) == before
    assert roles(admin, ADE[1]) == {Role.ADMIN}
    assert roles(admin, MIA[1]) == frozenset()


def test_an_admin_may_go_when_there_is_another(admin: House) -> None:
    reply(admin, ADE[1], "appoint mia@example.org admin")

    assert "Ade Kaya is admin no more" in reply(admin, ADE[1], "dismiss ade@example.org admin")
    assert "is the last admin" in reply(admin, MIA[1], "dismiss mia@example.org admin")


@pytest.mark.parametrize("said", ["roles", "appoint x@example.org boss", "dismiss a@b.org admin"])
def test_whoever_is_no_admin_learns_nothing(admin: House, said: str) -> None:
    admin.appoint(*SAL, Role.STAFF)
    admin.appoint(*REV, Role.REVIEWER)

    for who in (SAL[1], REV[1]):
        assert "takes the role admin, which you do not have" in flat(reply(admin, who, said))
    for who in (ADA.email, MIA[1]):
        assert reply(admin, who, said) == NOTHING
    assert "admin" not in reply(admin, DOT, said)


def test_roles_are_listed_with_their_people(admin: House) -> None:
    admin.appoint(*REV, Role.REVIEWER, Role.STAFF)

    told = reply(admin, ADE[1], "roles")

    assert "- reviewer: Rev Lindqvist (rev@example.org)." in told
    assert "- staff: Rev Lindqvist (rev@example.org)." in told
    assert "- admin: Ade Kaya (ade@example.org)." in told
    reply(admin, ADE[1], "dismiss rev@example.org staff")
    assert "- staff: nobody." in reply(admin, ADE[1], "roles")


def test_a_dismissed_reviewers_unfinished_work_goes_back_to_the_queue(admin: House) -> None:
    staffed(admin)
    ada = _candidate(admin)
    for set_id in ("technology", "access-services"):
        submitted(admin, ada, set_id)
    submitted(admin, ada, "foundations-of-library-services", route=Route.COURSE)
    for said in ("claim 1", "claim 2", "claim 3", "rate 1 all met", "rate 2 the rest met"):
        reply(admin, REV[1], said)
    reply(admin, ROB[1], "claim 1")
    admin.appoint("Ron Bex", "ron@example.org", Role.REVIEWER)
    reply(admin, "ron@example.org", "claim 2")

    told = reply(admin, ADE[1], "dismiss ron@example.org reviewer")
    more = reply(admin, ADE[1], "dismiss rev@example.org reviewer")

    assert "Back in the queue: submission 2." in told
    assert "Back in the queue: submission 3." in more
    assert [c.name for c in stored(admin, 2).claims] == [REV[0]]  # rated to the end: it counts
    assert len(stored(admin, 1).claims) == 2
    assert stored(admin, 3).stage is Stage.WAITING


@pytest.mark.parametrize("who", [SAL, ADE])
@pytest.mark.parametrize("words", ["look at", "record of", "who is"])
def test_staff_look_at_a_record_and_the_trail_tells_so(
    admin: House, who: tuple[str, str], words: str
) -> None:
    staff = admin.appoint(*who, Role.STAFF)

    told = flat(reply(admin, who[1], f"{words} ada@example.org"))

    assert "0 of 6 sets of the CAR of Ada Reyes are complete." in told
    assert "Technology: 0 of 10 parts" in told
    assert "ends on 15 January 2029" in told
    line = trail(admin)[-1]
    assert (line.action, line.actor) == ("read", f"person:{staff.id}")
    assert line.subject == f"person:{_candidate(admin).person.id}"


def test_for_everybody_else_there_is_no_record_whoever_is_named(admin: House) -> None:
    before = len(trail(admin))

    for who in (BEA.email, MIA[1]):
        for whose in (ADA.email, MIA[1] if who != MIA[1] else ADE[1], "nobody@example.org"):
            assert reply(admin, who, f"look at {whose}") == NOTHING
    assert len(trail(admin)) == before


def test_a_reviewer_reads_dossiers_and_no_records(admin: House) -> None:
    admin.appoint(*REV, Role.REVIEWER)

    told = {
        flat(reply(admin, REV[1], f"look at {whose}")) for whose in (ADA.email, "x@example.org")
    }

    assert len(told) == 1
    assert "takes the role staff or admin" in told.pop()


@pytest.mark.parametrize(
    ("whose", "told"),
    [("mia@example.org", "Mia Sato is no candidate"), ("x@example.org", "Nobody is known by x@")],
)
def test_staff_are_told_when_there_is_no_record(admin: House, whose: str, told: str) -> None:
    before = len(trail(admin))

    assert told in reply(admin, ADE[1], f"look at {whose}")
    assert len(trail(admin)) == before


def test_a_candidate_may_look_at_their_own(admin: House) -> None:
    assert "the CAR of Ada Reyes" in flat(reply(admin, ADA.email, "look at ada@example.org"))
    assert trail(admin)[-1].action != "read"


def _candidate(house: House) -> Candidate:
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        found = uow.people.candidate(person) if person else None
    assert found
    return found
