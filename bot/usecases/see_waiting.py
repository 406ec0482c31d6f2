"""See how long reviews like one have taken."""

from __future__ import annotations

from bot.domain.program import Program
from bot.domain.rules import Route
from bot.domain.submission import Submission
from bot.domain.waiting import Waiting, waiting
from bot.ports import UnitOfWork

LOOKED_AT = 200  # the newest decisions: older ones tell of another time


def waiting_for(uow: UnitOfWork, program: Program, submission: Submission) -> Waiting | None:
    """How long decisions on submissions like this one took; None while there are too few."""
    return waiting(
        uow.submissions.decided(submission.route, limit=LOOKED_AT),
        program.rules.review,
        set_id=submission.set_id,
        later_round=submission.round > 1,
    )


def waiting_by_route(uow: UnitOfWork, program: Program) -> dict[Route, Waiting]:
    """How long first decisions took on each route of which there are enough."""
    rule = program.rules.review
    found = {
        route: waiting(uow.submissions.decided(route, limit=LOOKED_AT), rule)
        for route in program.rules.routes
    }
    return {route: told for route, told in found.items() if told}
