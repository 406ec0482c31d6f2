"""Write a learning statement, message by message; nothing that was kept is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.choosing import route_of
from bot.domain.needs import is_needed
from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.portfolio import State, chosen_sets, open_sections
from bot.domain.program import CompetencySet, Program
from bot.domain.rights import Action
from bot.domain.sections import SectionKind, section_id
from bot.domain.standing import standing
from bot.domain.statement import Draft, Paragraphs, StatementVersion
from bot.errors import Refused
from bot.ports import UnitOfWork
from bot.usecases.permit import permit

Operation = Callable[[Paragraphs], Paragraphs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A new version, and how many paragraphs the one before it had."""

    version: StatementVersion
    before: int


def statements_of(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> tuple[Draft, ...]:
    """The statements of the sets chosen, and of any other that has one."""
    _permit(uow, candidate, Action.READ, now=now)
    chosen = chosen_sets(program, candidate)
    drafts = (_draft(uow, program, candidate, one) for one in program.sets)
    return tuple(draft for draft in drafts if draft.set in chosen or draft.versions or draft.filed)


def statement_of(
    uow: UnitOfWork, program: Program, candidate: Candidate, set_id: str, *, now: datetime
) -> Draft:
    """The statement of that set, also when nothing was written yet."""
    _permit(uow, candidate, Action.READ, now=now, set_id=set_id)
    return _draft(uow, program, candidate, program.set(set_id))


def open_statement(
    uow: UnitOfWork, program: Program, candidate: Candidate, set_id: str, *, now: datetime
) -> Draft:
    """The statement of that set if it may be written; `Refused` when it is not wanted any more."""
    _permit(uow, candidate, Action.KEEP, now=now, set_id=set_id)
    draft = _draft(uow, program, candidate, program.set(set_id))
    title = draft.set.title
    if draft.achieved:
        raise Refused(f"{title} is achieved and stays so: no statement is needed for it any more.")
    if set_id not in {section.set_id for section in open_sections(program, candidate)}:
        raise Refused(
            f"{title} is an elective you did not choose; nothing was changed. Say: electives, to "
            "see and change your choice."
        )
    return draft


def begin(uow: UnitOfWork, candidate: Candidate, set_id: str, *, conversation: str) -> None:
    """From now on the candidate's words in the conversation go to that statement."""
    uow.statements.write(conversation, candidate.person, set_id)


def stop(uow: UnitOfWork, *, conversation: str) -> None:
    """The candidate's words go to no statement any more."""
    uow.statements.stop_writing(conversation)


def writing(
    uow: UnitOfWork, program: Program, candidate: Candidate | None, *, conversation: str
) -> str:
    """The set whose statement this candidate is writing in the conversation; empty when none is.

    Others may speak in the same conversation: what they say is not for it. An achieved set wants
    no words any more.
    """
    here = uow.statements.writing(conversation)
    if here is None or candidate is None or here.person_id != candidate.person.id:
        return ""
    if here.set_id not in {one.id for one in program.sets}:
        return ""
    phase = standing(here.set_id, uow.submissions.of(candidate.person)).phase
    return "" if phase is Phase.ACHIEVED else here.set_id


def change(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    set_id: str,
    operation: Operation,
    *,
    now: datetime,
) -> Kept:
    """What the operation makes of the newest version, as the next one.

    It is applied again when the same candidate was faster elsewhere, so that both changes hold.
    `Refused` when it changes nothing.
    """
    versions = open_statement(uow, program, candidate, set_id, now=now).versions
    before = versions[-1].paragraphs if versions else ()
    saved = uow.statements.save(candidate.person, set_id, _applied(operation, before), at=now)
    if saved.number > len(versions) + 1:
        before = uow.statements.versions(candidate.person, set_id)[saved.number - 2].paragraphs
        saved = uow.statements.save(candidate.person, set_id, _applied(operation, before), at=now)
    _note(uow, saved, now=now)
    return Kept(version=saved, before=len(before))


def _applied(operation: Operation, before: Paragraphs) -> Paragraphs:
    after = operation(before)
    if after == before:
        raise Refused("That is how the text stands already; nothing was changed.")
    return after


def _draft(
    uow: UnitOfWork, program: Program, candidate: Candidate, competency_set: CompetencySet
) -> Draft:
    person, set_id = candidate.person, competency_set.id
    evidence = tuple(e for e in uow.records.of(person) if e.filing.state is State.FILED)
    stands = standing(set_id, uow.submissions.of(person))
    section = section_id(set_id, SectionKind.STATEMENT)
    chosen = uow.routes.of(person)
    route = route_of(competency_set, stands, chosen=chosen, evidence=evidence)
    return Draft(
        set=competency_set,
        route=route,
        asked=is_needed(program, route, SectionKind.STATEMENT),
        phase=stands.phase,
        versions=uow.statements.versions(person, set_id),
        filed=tuple(e for e in evidence if section in e.filing.sections),
    )


def _permit(
    uow: UnitOfWork, candidate: Candidate, action: Action, *, now: datetime, set_id: str = ""
) -> None:
    permit(uow, candidate.person, action, owner_id=candidate.person.id, set_id=set_id, now=now)


def _note(uow: UnitOfWork, version: StatementVersion, *, now: datetime) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{version.person_id}",
        action="statement-kept",
        subject=f"statement:{version.person_id}/{version.set_id}",
        details={"version": str(version.number), "words": str(version.words)},
    )
