"""Submissions and their reviews with quiet defaults; the unit of work must be entered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TypeVar

from bot.domain.people import Person
from bot.domain.portfolio import Kind
from bot.domain.rules import Outcome, Rating, Route
from bot.domain.submission import (
    Claim,
    Item,
    RatingGiven,
    ReviewDecision,
    Stage,
    Submission,
)
from bot.ports import UnitOfWork
from tests.contract.examples import HASH, NOW, later

T = TypeVar("T")


def item(number: int = 1, *, section: str = "A-1", name: str = "plan.pdf") -> Item:
    """A file of a snapshot."""
    return Item(
        section=section,
        number=number,
        name=name,
        media_type="application/pdf",
        size=12,
        sha256=HASH,
        kind=Kind.PRIMARY,
        stored_at=later(0.123456),
    )


def submitted(
    unit: UnitOfWork, someone: Person, set_id: str = "A", *, route: Route = Route.PORTFOLIO
) -> Submission:
    """A set of theirs, waiting."""
    return unit.submissions.add(
        someone, set_id=set_id, route=route, items=(item(), item(2, section="A-2")), at=NOW
    )


def in_review(submission: Submission) -> Submission:
    """The same, claimed and rated."""
    return replace(
        submission,
        stage=Stage.IN_REVIEW,
        claims=(Claim(reviewer=9, name="Rex Reader", at=later(1)),),
        ratings=(
            RatingGiven(
                reviewer=9, competency="A-1", rating=Rating.MET, comment="Fine, Ada.", at=later(2)
            ),
        ),
    )


def decided(
    submission: Submission, *, outcome: Outcome = Outcome.MORE, seconds: float = 3
) -> Submission:
    """The same with a decision, which asks for more of A-2 unless told otherwise."""
    decision = ReviewDecision(
        outcome=outcome,
        by=8,
        name="Stella Staff",
        at=later(seconds),
        reason="Ada, please send more.",
        sections=("A-2",) if outcome is Outcome.MORE else (),
        proposed=Outcome.MORE,
    )
    return replace(in_review(submission), stage=Stage.DECIDED, decision=decision)


def saved(unit: UnitOfWork, submission: Submission) -> Submission:
    """Saves it and gives it as it is kept."""
    assert unit.submissions.save(submission, at=NOW)
    kept = unit.submissions.get(submission.id)
    assert kept is not None
    return kept


def at_once(act: Callable[[int], T], *, count: int = 4) -> list[T]:
    """What each of several threads gets that start together; `act` is given the thread's number."""
    together = Barrier(count)

    def start(number: int) -> T:
        together.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))
