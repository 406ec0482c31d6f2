"""The kinds of notices told when something happens; a pack may give them titles and flags."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.notices.kinds import Audience, Kind, Moment

WELCOME = "welcome"
RECEIVED = "review-received"
STARTED = "review-started"
DECIDED = "review-decided"
COMPLETE = "complete"
APPEAL_NEWS = "appeal-news"
ANSWERED = "question-answered"
COMMENTS = "comments"
SHARING = "sharing"
OFFERS = "offers"
CHANGES = "changes"
BROADCASTS = "broadcasts"
RIGHTS = "rights"
MOVED = "subscription-moved"
READY = "ready"
OUTCOMES = "outcomes"
APPEALS = "appeals"
ASKED = "question-asked"
UNDELIVERABLE = "undeliverable"
SET_ASIDE = "set-aside"
STAFF_DIGEST = "staff-digest"

# Told at any hour: what somebody asked for, and what only the staff can mend.
AT_ANY_HOUR = frozenset({ANSWERED, UNDELIVERABLE, SET_ASIDE})
# What others than candidates are told as well: mentors, reviewers, staff.
FOR_ANYBODY = frozenset({ANSWERED, COMMENTS, SHARING, OFFERS, CHANGES, RIGHTS, BROADCASTS})


def _kind(
    id: str,
    title: str,
    *,
    to: Audience = Audience.PERSON,
    mandatory: bool = False,
    waits: bool = False,
) -> Kind:
    """What has happened is told whether or not the certification is complete."""
    return Kind(
        id=id,
        title=title,
        moment=Moment.HAPPENS,
        to=to,
        mandatory=mandatory,
        waits=waits,
        after_certified=True,
    )


def _staff(id: str, title: str, *, mandatory: bool = False, waits: bool = True) -> Kind:
    return _kind(id, title, to=Audience.STAFF, mandatory=mandatory, waits=waits)


_KINDS = (
    _kind(RECEIVED, "submissions that have come in", waits=True),
    _kind(STARTED, "reviews that have begun", waits=True),
    _kind(DECIDED, "decisions, with the letter that is filed on approval", mandatory=True),
    _kind(COMPLETE, "the certification, once it is complete", mandatory=True),
    _kind(APPEAL_NEWS, "how an appeal of yours stands", mandatory=True),
    _kind(WELCOME, "a welcome on enrolment", mandatory=True),
    _kind(ANSWERED, "replies of the staff to what you asked", mandatory=True),
    _kind(COMMENTS, "comments on what is shared", waits=True),
    _kind(SHARING, "records that somebody shares with you", waits=True),
    _kind(OFFERS, "files that are offered, and what became of them", waits=True),
    _kind(CHANGES, "changes in documents that an answer came from", waits=True),
    _kind(BROADCASTS, "messages of the staff to many", waits=False),
    _kind(MOVED, "another end of your subscription, once it is moved", mandatory=True),
    _kind(RIGHTS, "roles that you are given or that are taken away", mandatory=True),
    _staff(READY, "submissions that are ready for review or for a decision"),
    _staff(OUTCOMES, "what became of submissions"),
    _staff(APPEALS, "appeals that were filed or reopen a review"),
    _staff(ASKED, "questions that are passed to the staff"),
    _staff(UNDELIVERABLE, "people whom no message reaches", mandatory=True, waits=False),
    _staff(SET_ASIDE, "mails that were set aside", mandatory=True, waits=False),
    _staff(STAFF_DIGEST, "the daily overview for the staff", waits=False),
)

HAPPENINGS: Mapping[str, Kind] = MappingProxyType({kind.id: kind for kind in _KINDS})
