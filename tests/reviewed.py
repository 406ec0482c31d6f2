"""Submissions that wait for a decision, appeals against it, and who says what about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.appeal import Appeal
from bot.domain.people import Candidate, Person
from bot.domain.review import claim, rate, to_rate
from bot.domain.rights import Role
from bot.domain.rounds import carried_ratings
from bot.domain.rules import Rating, Route
from bot.domain.submission import RatingGiven, Submission
from bot.ports import TrailEntry
from channels.markup import plain_text
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House

Judged = Mapping[str, tuple[Rating, str]]  # competency -> rating and comment


def staffed(house: House) -> tuple[Person, Person]:
    """Two reviewers, one of staff, one admin; gives the reviewers."""
    house.appoint(*SAL, Role.STAFF)
    house.appoint(*ADE, Role.ADMIN)
    return house.appoint(*REV, Role.REVIEWER), house.appoint(*ROB, Role.REVIEWER)


def submitted(
    house: House,
    candidate: Candidate,
    set_id: str,
    *,
    route: Route = Route.PORTFOLIO,
    follows: Submission | None = None,
) -> Submission:
    """A set, waiting; what is in it does not matter for a decision."""
    with house.transaction() as uow:
        made = uow.submissions.add(
            candidate.person,
            set_id=set_id,
            route=route,
            items=(),
            at=house.clock(),
            follows=follows,
        )
        if follows:
            uow.submissions.save(
                replace(made, ratings=carried_ratings(follows, made.asked)), at=house.clock()
            )
        uow.commit()
    return stored(house, made.id)


def reviewed(
    house: House, submission: Submission, reviewers: tuple[Person, ...], *judged: Judged
) -> Submission:
    """The same, rated by everyone: all is met but what somebody judged otherwise."""
    program = house.desk.program
    competency_set = program.set(submission.set_id)
    now = house.clock()
    with house.transaction() as uow:
        for place, reviewer in enumerate(reviewers):
            said = judged[place] if place < len(judged) else {}
            submission = claim(submission, reviewer, program.rules.review, now=now)
            given = [
                RatingGiven(
                    reviewer=reviewer.id, competency=id, rating=rating, comment=comment, at=now
                )
                for id in to_rate(submission, competency_set)
                for rating, comment in [said.get(id, (Rating.MET, ""))]
            ]
            submission = rate(submission, competency_set, given, rule=program.rules.review)
        assert uow.submissions.save(submission, at=house.clock())
        uow.commit()
    return replace(submission, version=submission.version + 1)


def waiting(house: House, candidate: Candidate, set_id: str, *judged: Judged) -> Submission:
    """A portfolio that everyone has rated; a staff member can decide it."""
    return reviewed(house, submitted(house, candidate, set_id), staffed(house), *judged)


def stored(house: House, number: int) -> Submission:
    """The submission as it is kept."""
    with house.transaction() as uow:
        found = uow.submissions.get(number)
    assert found is not None
    return found


def reply(house: House, who: str, text: str) -> str:
    """What somebody is answered, without what others are told."""
    sent = house.deliver(house.message(who, text))
    return "\n\n".join(plain_text(m.reply) for m in sent if m.to.value == who)


def trail(house: House) -> tuple[TrailEntry, ...]:
    """Every line of the trail."""
    with house.transaction() as uow:
        return tuple(uow.trail.entries())


def appealable(house: House) -> Candidate:
    """Ada, for whom a course was recommended, in submission 1; Bea is enrolled too."""
    house.enrol(BEA)
    ada = house.enrol(ADA)
    weak = {"TECH-3": (Rating.NOT_MET, "No log of your own is here.")}
    one = waiting(house, ada, "technology", weak)
    reply(house, SAL[1], f"recommend course {one.id}: A course fits better.")
    return ada


def begin_appeal(house: House) -> None:
    """Ada drafts and files her notice."""
    reply(house, ADA.email, "notice 1")
    reply(house, ADA.email, "file notice 1")


def appeal_of(house: House, number: int = 1) -> Appeal:
    """The appeal as it is kept."""
    with house.transaction() as uow:
        found = uow.appeals.get(number)
    assert found is not None
    return found
