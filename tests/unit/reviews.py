"""Submissions of a gardener and the people around them, for tests of the review's rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain import review
from bot.domain.people import Person
from bot.domain.portfolio import Kind
from bot.domain.rules import Outcome, Rating, Route
from bot.domain.submission import Claim, Item, RatingGiven, ReviewDecision, Stage, Submission
from tests.unit.garden import garden

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
PROGRAM = garden()
SOIL = PROGRAM.set("soil-care")
IDS = tuple(c.id for c in SOIL.competencies)
SECTIONS = tuple(s.id for s in PROGRAM.sections_of(SOIL.id))
RULE = PROGRAM.rules.review
MISSING = "the dates"

GIA = Person(id=1, name="Gia Sol", email="gia@example.org")  # the candidate
RAY = Person(id=2, name="Ray Ode", email="ray@example.org", time_zone="Asia/Tokyo")  # reviewers
RUT = Person(id=3, name="Rut Lam", email="rut@example.org")
RON = Person(id=4, name="Ron Bex", email="ron@example.org")
SAM = Person(id=5, name="Sam Poe", email="sam@example.org")  # staff
SUE = Person(id=6, name="Sue Orr", email="sue@example.org")


def item(section: str, number: int = 1) -> Item:
    """A file in that section."""
    return Item(
        section=section,
        number=number,
        name=f"file-{number}.pdf",
        media_type="application/pdf",
        size=812,
        sha256=f"{number:064x}",
        kind=Kind.PRIMARY,
        stored_at=NOW,
    )


def submission(
    *,
    route: Route = Route.PORTFOLIO,
    round: int = 1,
    asked: Sequence[str] = (),
    claims: Sequence[Person] = (),
    ratings: Sequence[RatingGiven] = (),
) -> Submission:
    """A submission of Gia's, number 12."""
    return Submission(
        id=12,
        person_id=GIA.id,
        set_id=SOIL.id,
        route=route,
        round=round,
        follows=11 if round > 1 else None,
        asked=tuple(asked),
        items=tuple(item(section, place) for place, section in enumerate(SECTIONS, start=1)),
        submitted_at=NOW,
        stage=Stage.IN_REVIEW if claims else Stage.WAITING,
        claims=tuple(Claim(reviewer=p.id, name=p.name, at=NOW) for p in claims),
        ratings=tuple(ratings),
    )


def given(
    reviewer: Person,
    competency: str = IDS[0],
    rating: Rating = Rating.MET,
    *,
    comment: str = MISSING,
    carried: bool = False,
) -> RatingGiven:
    """One rating."""
    return RatingGiven(
        reviewer=reviewer.id,
        competency=competency,
        rating=rating,
        comment=comment,
        at=NOW,
        carried=carried,
    )


def rated(*pairs: str, round: int = 1) -> Submission:
    """Rated by Ray and Rut: for each competency two letters of m, p and n, such as `mp`."""
    letters = {"m": Rating.MET, "p": Rating.PARTIALLY, "n": Rating.NOT_MET}
    ratings = [
        given(person, competency, letters[letter])
        for competency, pair in zip(IDS, pairs, strict=True)
        for person, letter in zip((RAY, RUT), pair, strict=True)
    ]
    return submission(round=round, asked=IDS, claims=(RAY, RUT), ratings=ratings)


def decision(
    outcome: Outcome = Outcome.APPROVED,
    *,
    by: Person = SAM,
    reason: str = "Well shown.",
    sections: Sequence[str] = (),
) -> ReviewDecision:
    """What a person decided."""
    return ReviewDecision(
        outcome=outcome,
        by=by.id,
        name=by.name,
        at=NOW,
        reason=reason,
        sections=tuple(sections),
    )


def decided(one: Submission, said: ReviewDecision) -> Submission:
    """The submission after that decision, if it is legal."""
    return review.decide(one, said, RULE, competency_set=SOIL, sections=SECTIONS)
