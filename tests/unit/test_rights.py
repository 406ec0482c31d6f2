"""The table of rights: what it promises, whoever reads it."""

from __future__ import annotations

import pytest

from bot.domain.rights import GRANTED, RIGHTS, Action, Relation, Role, may
from tests.rights_matrix import allowed, written

OWN, ASSIGNED, SHARED, OTHER = Relation
STAFF = frozenset({Role.STAFF})


def able(action: Action, relation: Relation) -> set[Role]:
    """The roles that may do that."""
    return {role for role in Role if may(frozenset({role}), action, relation)}


def test_every_role_and_every_action_is_in_the_table() -> None:
    assert set(RIGHTS) == set(Role)
    assert {action for rights in RIGHTS.values() for action in rights} == set(Action)
    assert all(relations for rights in RIGHTS.values() for relations in rights.values())


def test_the_table_is_the_one_that_was_agreed() -> None:
    granted = {
        (role, action, relation)
        for role, rights in RIGHTS.items()
        for action, relations in rights.items()
        for relation in relations
    }

    assert granted == allowed()
    assert written() == ({role.name for role in Role}, {action.name for action in Action})


def test_whoever_has_no_role_may_do_nothing() -> None:
    assert not any(may(frozenset(), a, r) for a in Action for r in Relation)


@pytest.mark.parametrize(
    "action",
    [
        Action.CLAIM,
        Action.READ_DOSSIER,
        Action.RATE,
        Action.DECIDE,
        Action.TRACK_APPEAL,
        Action.OFFER,
    ],
)
def test_nobody_acts_in_a_matter_of_their_own(action: Action) -> None:
    assert not may(frozenset(Role), action, OWN)


def test_a_record_is_changed_by_its_owner_alone() -> None:
    assert able(Action.KEEP, OWN) == {Role.CANDIDATE}
    assert not any(able(Action.KEEP, relation) for relation in (ASSIGNED, SHARED, OTHER))


def test_a_record_is_read_by_its_owner_its_mentors_and_staff() -> None:
    assert able(Action.READ, OWN) == {Role.CANDIDATE}
    assert able(Action.READ, SHARED) == {Role.MENTOR, Role.STAFF, Role.ADMIN}
    assert able(Action.READ, OTHER) == {Role.STAFF, Role.ADMIN}


def test_a_reviewer_reads_and_rates_what_they_have_taken_on_and_nothing_else() -> None:
    reviewer = frozenset({Role.REVIEWER})

    assert [r for r in Relation if may(reviewer, Action.RATE, r)] == [ASSIGNED]
    assert [r for r in Relation if may(reviewer, Action.READ_DOSSIER, r)] == [ASSIGNED]
    assert able(Action.RATE, ASSIGNED) == {Role.REVIEWER}


def test_reviewers_do_not_decide_and_staff_do_not_rate() -> None:
    assert able(Action.DECIDE, OTHER) == {Role.STAFF, Role.ADMIN}
    assert able(Action.CLAIM, OTHER) == {Role.REVIEWER}


def test_admins_may_do_what_staff_may_and_alone_appoint() -> None:
    for action in Action:
        for relation in Relation:
            staff = may(STAFF, action, relation)
            assert not staff or may(frozenset({Role.ADMIN}), action, relation)
    assert able(Action.APPOINT, OTHER) == {Role.ADMIN}


def test_roles_add_up() -> None:
    both = frozenset({Role.REVIEWER, Role.STAFF})

    assert may(both, Action.CLAIM, OTHER)
    assert may(both, Action.DECIDE, OTHER)
    assert not may(both, Action.APPOINT, OTHER)


def test_known_candidate_and_mentor_are_not_granted() -> None:
    assert set(Role) - set(GRANTED) == {Role.KNOWN, Role.CANDIDATE, Role.MENTOR}
