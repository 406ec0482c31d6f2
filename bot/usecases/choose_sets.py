"""Choose and drop electives, and say which there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.choosing import choose, drop, held_electives
from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.program import Program
from bot.domain.progress import SetProgress, progress
from bot.domain.rights import Action
from bot.domain.standing import Standing, standings
from bot.ports import UnitOfWork
from bot.usecases.permit import permit


@dataclass(frozen=True, slots=True, kw_only=True)
class Elective:
    """One elective: how far it is, where it stands, and whether it was chosen."""

    progress: SetProgress
    phase: Phase
    chosen: bool


def see_electives(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> tuple[Elective, ...]:
    """Every elective of the program, in its order."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    found = _standings(uow, program, candidate)
    phases = {s.set_id: s.phase for s in found}
    held = held_electives(program, candidate, found)
    every = replace(candidate, electives=tuple(s.id for s in program.elective_sets))
    report = progress(program, every, uow.records.of(own), today=candidate.subscription_ends)
    return tuple(
        Elective(progress=part, phase=phases[part.set.id], chosen=part.set.id in held)
        for part in report.sets
        if not part.set.required
    )


def choose_electives(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    wanted: Sequence[str],
    *,
    now: datetime,
) -> tuple[str, ...]:
    """The electives with those wanted added; `Refused` says what to do instead."""
    after = choose(program, candidate, wanted, _standings(uow, program, candidate))
    return _keep(uow, candidate, after, now=now)


def drop_elective(
    uow: UnitOfWork, program: Program, candidate: Candidate, set_id: str, *, now: datetime
) -> tuple[str, ...]:
    """The electives without that one; `Refused` says why it stays."""
    after = drop(program, candidate, set_id, _standings(uow, program, candidate))
    return _keep(uow, candidate, after, now=now)


def _standings(uow: UnitOfWork, program: Program, candidate: Candidate) -> tuple[Standing, ...]:
    return standings(program, uow.submissions.of(candidate.person))


def _keep(
    uow: UnitOfWork, candidate: Candidate, electives: tuple[str, ...], *, now: datetime
) -> tuple[str, ...]:
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    uow.people.choose(own, electives)
    uow.trail.append(
        at=now,
        actor=f"person:{own.id}",
        action="chose-electives",
        subject=f"person:{own.id}",
        details={"electives": " ".join(electives), "before": " ".join(candidate.electives)},
    )
    return electives
