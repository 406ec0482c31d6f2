"""Decide a reviewed submission: one decision, by a person, with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.needs import sections_for
from bot.domain.notices.happenings import OUTCOMES
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import decide
from bot.domain.rights import STAFF, Action
from bot.domain.rules import Outcome, Route
from bot.domain.standing import achieved
from bot.domain.submission import ReviewDecision, Submission, decision_of
from bot.domain.verdict import Proposal, proposed
from bot.errors import NotFound, Refused
from bot.phrases import deciding
from bot.ports import UnitOfWork
from bot.usecases.approve_set import approve_set
from bot.usecases.ask_for_more import ask_for_more
from bot.usecases.desk import Desk
from bot.usecases.recommend_course import recommend_course
from bot.usecases.review_step import find_submission, keep_step
from bot.usecases.tell import tell

_FOR = re.compile(r"\bfor\s+([\w/-]+(?:(?:\s*,\s*|\s+and\s+)[\w/-]+)*)[\s.]*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*,\s*|\s+and\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person wants decided. `sections` are words for what more is wanted for.

    Without sections the rule's own are taken.
    """

    outcome: Outcome
    reason: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that was kept, whose set it is about, and what the rule had proposed."""

    submission: Submission
    owner: Person
    proposal: Proposal | None


def decide_review(
    uow: UnitOfWork, desk: Desk, person: Person, number: int, ruling: Ruling, *, now: datetime
) -> Decided:
    """Keeps the decision, sees to what follows from it, and tells everyone concerned.

    `Refused` when it is decided already (by whom and when), when somebody was faster, when it is
    the person's own, while ratings are missing, or when the program has no such chance left.
    """
    program = desk.program
    before = find_submission(uow, person, number, Action.DECIDE, now=now)
    owner = uow.people.get(before.person_id)
    if owner is None:
        raise NotFound(f"Nobody is known whose submission {number} is; nothing was changed.")
    competency_set = program.set(before.set_id)
    proposal = proposed(before, competency_set, program.rules.review)
    after = decide(
        before,
        ReviewDecision(
            outcome=ruling.outcome,
            by=person.id,
            name=person.name,
            at=now,
            reason=ruling.reason.strip(),
            sections=_wanted(program, before, ruling, proposal),
            proposed=proposal.outcome if proposal else None,
        ),
        program.rules.review,
        competency_set=competency_set,
        sections=_askable(program, before),
    )
    _check_new(uow, program, owner, after)
    kept = keep_step(uow, before, after, person=person, action="decided", now=now)
    _follow(uow, desk, owner, kept, now=now)
    _tell_colleagues(uow, desk, owner, kept, now=now)
    return Decided(submission=kept, owner=owner, proposal=proposal)


def _askable(program: Program, submission: Submission) -> tuple[str, ...]:
    """The sections that more can be asked for: what the set is proved by on its route."""
    found = sections_for(program, submission.set_id, submission.route)
    return tuple(section.id for section in found)


def _wanted(
    program: Program, submission: Submission, ruling: Ruling, proposal: Proposal | None
) -> tuple[str, ...]:
    """The sections meant, each once; a word that names none stays as it was said."""
    if ruling.outcome is not Outcome.MORE:
        return ()
    sections = _askable(program, submission)
    words = {word: s for s in sections for word in (s.casefold(), s.rpartition("/")[2].casefold())}
    if not ruling.sections:
        rule = proposal.asks if proposal else ()
        return sections if submission.route is Route.COURSE else rule or _last(ruling.reason, words)
    named = {words.get(said.casefold(), said) for said in ruling.sections}
    return (*(s for s in sections if s in named), *sorted(named - set(sections)))


def _last(reason: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The sections that a reason ends with: `The date is missing for TECH-8`; or nothing."""
    found = _FOR.search(reason)
    said = _BETWEEN.split(found[1].casefold()) if found else ()
    if not words.keys() >= set(said):
        return ()
    return tuple(dict.fromkeys(section for word, section in words.items() if word in said))


def _check_new(uow: UnitOfWork, program: Program, owner: Person, after: Submission) -> None:
    """A set is approved once."""
    others = [s for s in uow.submissions.of(owner) if s.id != after.id]
    if after.set_id in achieved(program, others):
        title = program.set(after.set_id).title
        raise Refused(f"{title} is achieved already, and stays so; nothing was changed.")


def _follow(
    uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission, *, now: datetime
) -> None:
    match decision_of(submission).outcome:
        case Outcome.APPROVED:
            approve_set(uow, desk, owner, submission, now=now)
        case Outcome.MORE:
            ask_for_more(uow, desk, owner, submission, now=now)
        case Outcome.COURSE:
            recommend_course(uow, desk, owner, submission, now=now)


def _tell_colleagues(
    uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission, *, now: datetime
) -> None:
    """The reviewers and the other staff, each once; never the owner of the set."""
    if desk.rooms:
        return  # it is on the card there
    by, key = decision_of(submission).by, f"decided:{submission.id}"
    reply = deciding.decided_too(desk.program, submission, owner.name)
    staff, how = uow.roles.holders(STAFF), told_as(desk.program, OUTCOMES)
    reviewers = (uow.people.get(claim.reviewer) for claim in submission.claims)
    people = {one.id: one for one in (*reviewers, *staff) if one}
    for one in people.values():
        if one.id not in {by, owner.id}:
            tell(uow, one, reply, key=key, now=now, how=how)
