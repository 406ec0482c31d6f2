"""Say how far a candidate is."""

from __future__ import annotations

from datetime import datetime

from bot.domain.choosing import plans_of
from bot.domain.people import Candidate
from bot.domain.program import Program
from bot.domain.progress import Progress, progress
from bot.ports import UnitOfWork


def report_progress(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> Progress:
    """Progress on the calendar day it is where the candidate lives."""
    own = candidate.person
    evidence, today = uow.records.of(own), now.astimezone(own.zone).date()
    plans = plans_of(program, uow.submissions.of(own), chosen=uow.routes.of(own), evidence=evidence)
    return progress(program, candidate, evidence, today=today, plans=plans)
