"""Show a candidate the letters that stand in their record."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, State
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.sections import SectionKind
from bot.ports import UnitOfWork
from bot.usecases.permit import permit


def see_letters(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> tuple[Evidence, ...]:
    """The files in the sections for letters, by number."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    places = {section.id for section in program.sections if section.kind is SectionKind.LETTER}
    filed = (e for e in uow.records.of(own) if e.filing.state is State.FILED)
    return tuple(one for one in filed if places & set(one.filing.sections))
