"""Who may do what to whose record: one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here. A person may have several roles.

    Everybody whose address was proved is known. Candidate and mentor follow from being enrolled and
    from being shared with; the others are granted.
    """

    KNOWN = "known"
    CANDIDATE = "candidate"
    MENTOR = "mentor"
    REVIEWER = "reviewer"
    STAFF = "staff"
    ADMIN = "admin"


STAFF = (Role.STAFF, Role.ADMIN)  # who is told what staff are told
GRANTED = (Role.REVIEWER, *STAFF)


class Relation(StrEnum):
    """How somebody stands to the record that an action is about. Exactly one holds, first wins."""

    OWN = "own"
    ASSIGNED = "assigned"
    SHARED = "shared"
    OTHER = "other"


class Action(StrEnum):
    """What can be done; one word for each use case or group of them."""

    KEEP = "keep the record"  # file, move, choose, write, submit, withdraw, share, appeal
    READ = "read the record"
    COMMENT = "comment on the record"
    OFFER = "offer evidence"
    SEE_QUEUE = "see the queue"
    CLAIM = "claim a submission"
    READ_DOSSIER = "read a dossier"
    RATE = "rate a submission"
    DECIDE = "decide a submission"
    TRACK_APPEAL = "track an appeal"
    ANSWER = "answer questions"
    CURATE = "curate answers"
    REPORT = "see reports"
    BROADCAST = "write to many people"
    APPOINT = "appoint people"


_OWN, _ASSIGNED, _SHARED, _OTHER = Relation
_NOT_OWN = frozenset({_ASSIGNED, _SHARED, _OTHER})
_ANY = frozenset(Relation)

# What is absent is denied. Nobody reviews, decides or tracks an appeal about themselves.
RIGHTS: Mapping[Role, Mapping[Action, frozenset[Relation]]] = {
    Role.KNOWN: {
        Action.OFFER: _NOT_OWN,  # a supervisor to whom nothing is shared sends a letter too
    },
    Role.CANDIDATE: {
        Action.KEEP: frozenset({_OWN}),
        Action.READ: frozenset({_OWN}),
        Action.COMMENT: frozenset({_OWN}),
    },
    Role.MENTOR: {
        Action.READ: frozenset({_SHARED}),
        Action.COMMENT: frozenset({_SHARED}),
    },
    Role.REVIEWER: {
        Action.SEE_QUEUE: _ANY,
        Action.CLAIM: frozenset({_SHARED, _OTHER}),
        Action.READ_DOSSIER: frozenset({_ASSIGNED}),
        Action.RATE: frozenset({_ASSIGNED}),
    },
    Role.STAFF: {
        Action.SEE_QUEUE: _ANY,
        Action.READ: _NOT_OWN,
        Action.READ_DOSSIER: _NOT_OWN,
        Action.DECIDE: _NOT_OWN,
        Action.TRACK_APPEAL: _NOT_OWN,
        Action.ANSWER: _ANY,
        Action.CURATE: _ANY,
        Action.REPORT: _ANY,
        Action.BROADCAST: _ANY,
    },
    Role.ADMIN: {
        Action.SEE_QUEUE: _ANY,
        Action.READ: _NOT_OWN,
        Action.READ_DOSSIER: _NOT_OWN,
        Action.DECIDE: _NOT_OWN,
        Action.TRACK_APPEAL: _NOT_OWN,
        Action.ANSWER: _ANY,
        Action.CURATE: _ANY,
        Action.REPORT: _ANY,
        Action.BROADCAST: _ANY,
        Action.APPOINT: _ANY,
    },
}


def may(roles: frozenset[Role], action: Action, relation: Relation) -> bool:
    """Whether any of the roles allows the action in that relation."""
    return any(relation in RIGHTS[role].get(action, frozenset()) for role in roles)
