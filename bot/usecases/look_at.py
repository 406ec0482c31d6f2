"""Say how far somebody else is, to those who may know."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Candidate, Person
from bot.domain.program import Program
from bot.domain.progress import Progress
from bot.domain.rights import Action
from bot.errors import NotFound
from bot.ports import UnitOfWork
from bot.usecases.permit import permit
from bot.usecases.report_progress import report_progress


def look_at(
    uow: UnitOfWork, program: Program, person: Person, who: str, *, now: datetime
) -> tuple[Candidate, Progress]:
    """Whoever is named, and how far they are.

    To somebody who may not read that record, it looks the same whether there is one or not.
    """
    somebody = uow.people.find(who)
    permit(uow, person, Action.READ, owner_id=somebody.id if somebody else 0, now=now)
    if somebody is None:
        raise NotFound(f"Nobody is known by {who}: give the e-mail address on record.")
    candidate = uow.people.candidate(somebody)
    if candidate is None:
        raise NotFound(f"{somebody.name} is no candidate, so there is no record to look at.")
    return candidate, report_progress(uow, program, candidate, now=now)
