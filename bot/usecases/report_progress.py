"""Say how far a candidate is."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Candidate
from bot.domain.portfolio import Progress, progress
from bot.domain.program import Program
from bot.domain.standing import phases
from bot.ports import UnitOfWork


def report_progress(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> Progress:
    """Progress on the calendar day it is where the candidate lives."""
    today = now.astimezone(candidate.person.zone).date()
    return progress(
        program,
        candidate,
        uow.records.of(candidate.person),
        today=today,
        phases=phases(program, uow.submissions.of(candidate.person)),
    )
