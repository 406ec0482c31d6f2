"""What is said to those who may not, and what the trail says of those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.people import Candidate, Person
from bot.domain.rights import Action, Relation, Role
from bot.domain.submission import Claim, Stage, Submission
from bot.errors import NotFound, Refused
from bot.usecases.permit import permit, roles_of
from tests.cast import ADA, BEA, MIA, REV, SAL
from tests.desk import House
from tests.reviewed import stored, submitted, trail

WEEK = timedelta(days=7)


@pytest.fixture
def ada(house: House) -> Candidate:
    """Whose record it is about."""
    return house.enrol(ADA)


def ask(
    house: House,
    person: Person,
    action: Action,
    *,
    owner: Person | None = None,
    submission: Submission | None = None,
    set_id: str = "",
) -> Relation:
    """The relation in which it is allowed; what was noted is kept."""
    with house.transaction() as uow:
        if submission:
            relation = permit(uow, person, action, submission=submission, now=house.clock())
        else:
            relation = permit(
                uow,
                person,
                action,
                owner_id=owner.id if owner else 0,
                set_id=set_id,
                now=house.clock(),
            )
        uow.commit()
    return relation


def share(house: House, owner: Person, mentor: Person, set_id: str = "") -> None:
    """Shares for a week."""
    now = house.clock()
    with house.transaction() as uow:
        uow.shares.add(owner, mentor, set_id=set_id, until=now + WEEK, at=now)
        uow.commit()


def taken(house: House, submission: Submission, person: Person) -> Submission:
    """The submission, taken on."""
    claim = Claim(reviewer=person.id, name=person.name, at=house.clock())
    with house.transaction() as uow:
        changed = replace(submission, stage=Stage.IN_REVIEW, claims=(claim,))
        assert uow.submissions.save(changed, at=house.clock())
        uow.commit()
    return stored(house, submission.id)


def test_roles_are_those_granted_and_those_that_follow(house: House, ada: Candidate) -> None:
    mia = house.appoint(*MIA, Role.STAFF)
    share(house, ada.person, mia)

    with house.transaction() as uow:
        now = house.clock()
        assert roles_of(uow, ada.person, now=now) == {Role.KNOWN, Role.CANDIDATE}
        assert roles_of(uow, mia, now=now) == {Role.KNOWN, Role.STAFF, Role.MENTOR}
        assert roles_of(uow, mia, now=now + WEEK) == {Role.KNOWN, Role.STAFF}


def test_a_share_covers_its_set_and_ends_on_time(house: House, ada: Candidate) -> None:
    mia = house.appoint(*MIA)
    share(house, ada.person, mia, "technology")

    assert ask(house, mia, Action.READ, owner=ada.person, set_id="technology") is Relation.SHARED
    for set_id in ("access-services", ""):
        with pytest.raises(NotFound):
            ask(house, mia, Action.READ, owner=ada.person, set_id=set_id)
    house.clock.forward(WEEK)
    with pytest.raises(NotFound):
        ask(house, mia, Action.READ, owner=ada.person, set_id="technology")


def test_a_whole_record_shared_covers_every_set(house: House, ada: Candidate) -> None:
    mia = house.appoint(*MIA)
    share(house, ada.person, mia)

    for set_id in ("technology", ""):
        assert ask(house, mia, Action.READ, owner=ada.person, set_id=set_id) is Relation.SHARED


def test_a_share_of_somebody_else_opens_nothing(house: House, ada: Candidate) -> None:
    mia, bea = house.appoint(*MIA), house.enrol(BEA)
    share(house, bea.person, mia)

    with pytest.raises(NotFound):
        ask(house, mia, Action.READ, owner=ada.person)


def test_ones_own_comes_before_every_other_relation(house: House, ada: Candidate) -> None:
    house.appoint(ADA.name, ADA.email, Role.REVIEWER, Role.STAFF, Role.ADMIN)
    own = submitted(house, ada, "technology")

    assert ask(house, ada.person, Action.READ, owner=ada.person) is Relation.OWN
    for action in (Action.CLAIM, Action.READ_DOSSIER, Action.RATE, Action.DECIDE):
        with pytest.raises(Refused, match=f"You cannot {action.value} in a matter of your own"):
            ask(house, ada.person, action, submission=own)


def test_a_taken_submission_comes_before_a_share(house: House, ada: Candidate) -> None:
    rev = house.appoint(*REV, Role.REVIEWER)
    share(house, ada.person, rev)
    waits = submitted(house, ada, "technology")

    assert ask(house, rev, Action.CLAIM, submission=waits) is Relation.SHARED
    held = taken(house, waits, rev)
    assert ask(house, rev, Action.RATE, submission=held) is Relation.ASSIGNED
    with pytest.raises(Refused, match="Submission 1 is yours already"):
        ask(house, rev, Action.CLAIM, submission=held)


def test_a_dismissed_reviewer_has_no_rights_in_what_they_hold(house: House, ada: Candidate) -> None:
    rev = house.appoint(*REV)
    held = taken(house, submitted(house, ada, "technology"), rev)

    for action in (Action.RATE, Action.READ_DOSSIER, Action.CLAIM):
        with pytest.raises(NotFound):
            ask(house, rev, action, submission=held)


@pytest.mark.parametrize(
    ("role", "action", "told"),
    [
        (Role.REVIEWER, Action.RATE, "To take it on, say: claim 1"),
        (Role.REVIEWER, Action.READ_DOSSIER, "To take it on, say: claim 1"),
        (Role.REVIEWER, Action.DECIDE, "takes the role staff or admin"),
        (Role.STAFF, Action.CLAIM, "takes the role reviewer"),
        (Role.ADMIN, Action.RATE, "takes the role reviewer"),
        (Role.STAFF, Action.APPOINT, "An admin gives it: appoint EMAIL admin"),
        (Role.STAFF, Action.APPOINT, "takes the role admin"),
        (Role.ADMIN, Action.KEEP, "Your role does not allow to keep the record"),
    ],
)
def test_an_office_holder_is_told_what_it_takes(
    house: House, ada: Candidate, role: Role, action: Action, told: str
) -> None:
    somebody = house.appoint(*SAL, role)
    one = submitted(house, ada, "technology")

    with pytest.raises(Refused, match=told):
        ask(house, somebody, action, submission=one)


@pytest.mark.parametrize("action", [a for a in Action if a is not Action.OFFER])
def test_somebody_without_an_office_is_told_nothing(
    house: House, ada: Candidate, action: Action
) -> None:
    mia, bea = house.appoint(*MIA), house.enrol(BEA)
    one = submitted(house, ada, "technology")

    told = set()
    for somebody in (mia, bea.person):
        for owner in (ada.person, None):
            with pytest.raises(NotFound) as refused:
                ask(house, somebody, action, owner=owner)
            told.add(str(refused.value))
        with pytest.raises(NotFound) as refused:
            ask(house, somebody, action, submission=one)
        told.add(str(refused.value))
    assert told == {"There is nothing of that number or name for you. Say: help."}


def test_reading_what_is_anothers_is_on_the_trail(house: House, ada: Candidate) -> None:
    sal = house.appoint(*SAL, Role.STAFF)
    one = submitted(house, ada, "technology")

    ask(house, sal, Action.READ, owner=ada.person)
    ask(house, sal, Action.READ_DOSSIER, submission=one)

    record, dossier = trail(house)[-2:]
    assert (record.actor, record.action) == (f"person:{sal.id}", "read")
    assert (dossier.action, dossier.details) == ("read-dossier", {"submission": "1"})
    assert {record.subject, dossier.subject} == {f"person:{ada.person.id}"}


def test_reading_what_is_ones_own_is_not(house: House, ada: Candidate) -> None:
    before = len(trail(house))

    ask(house, ada.person, Action.READ, owner=ada.person)

    assert len(trail(house)) == before
