"""Read what somebody shares: how far it is, its statement, its files and what was said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.choosing import plans_of
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.progress import SetProgress, progress
from bot.domain.rights import Action
from bot.domain.shared_record import SharedRecord, SharedSet, shared_files, shared_sections
from bot.domain.sharing import EVERYTHING, Comment, Share
from bot.errors import NotFound
from bot.ports import UnitOfWork
from bot.usecases.permit import permit


def read_shared(
    uow: UnitOfWork,
    program: Program,
    person: Person,
    number: int,
    *,
    set_id: str = "",
    now: datetime,
) -> SharedRecord:
    """What the share of that number shows, or only that set of it; it goes onto the trail."""
    share = find_share(uow, person, number, now=now)
    if set_id and not share.covers(set_id):
        raise _outside(program, share, set_id)
    part = set_id or share.set_id
    candidate = _owner(uow, share)
    permit(uow, person, Action.READ, owner_id=share.owner_id, set_id=part, now=now)
    owner, every = candidate.person, tuple(s.id for s in program.sets)
    evidence = uow.records.of(owner)
    whole = replace(candidate, electives=tuple(s.id for s in program.elective_sets))
    today = now.astimezone(owner.zone).date()
    submissions, routes = uow.submissions.of(owner), uow.routes.of(owner)
    plans = plans_of(program, submissions, chosen=routes, evidence=evidence)
    report = progress(program, whole, evidence, today=today, plans=plans)
    parts = {part.set.id: part for part in report.sets}
    shown = every if part == EVERYTHING else (part,)
    return SharedRecord(
        share=share,
        owner=owner,
        part=part,
        sets=tuple(_set(uow, owner, parts[id]) for id in shown),
        files=shared_files(evidence, shared_sections(program, part)),
        comments=between(uow, share, owner, set_id=part),
    )


def open_shared(
    uow: UnitOfWork, program: Program, person: Person, number: int, file: int, *, now: datetime
) -> Evidence:
    """One file that the share shows; opening it goes onto the trail."""
    share = find_share(uow, person, number, now=now)
    permit(uow, person, Action.READ, owner_id=share.owner_id, set_id=share.set_id, now=now)
    evidence = uow.records.numbered(_owner(uow, share).person, file)
    shown = shared_files((evidence,) if evidence else (), shared_sections(program, share.set_id))
    if not shown:
        raise NotFound(
            f"Share {number} shows no file {file}. Say: look at share {number}, to see those it "
            "shows."
        )
    if person.id != share.owner_id:
        uow.trail.append(
            at=now,
            actor=f"person:{person.id}",
            action="opened",
            subject=f"person:{share.owner_id}",
            details={"share": str(number), "file": str(file), "sha256": shown[0].sha256},
        )
    return shown[0]


def shared_with(
    uow: UnitOfWork, person: Person, *, now: datetime
) -> tuple[tuple[Share, Person], ...]:
    """The active shares with that person and whose they are, oldest first."""
    active = (share for share in uow.shares.with_(person) if share.active(now))
    return tuple((share, _owner(uow, share).person) for share in active)


def find_share(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Share:
    """The active share of that number, for its mentor and its owner alone.

    An ended share and a share between others look like one that does not exist.
    """
    share = uow.shares.get(number)
    if share and share.active(now) and person.id in (share.mentor_id, share.owner_id):
        return share
    raise NotFound(f"There is no share {number} for you. Say: shared with me.")


def between(uow: UnitOfWork, share: Share, owner: Person, *, set_id: str) -> tuple[Comment, ...]:
    """What owner and mentor said about what is shown, in this share and in earlier ones."""
    theirs = {s.id for s in uow.shares.by(owner) if s.mentor_id == share.mentor_id}
    said = (c for c in uow.shares.comments(owner) if c.share_id in theirs)
    return tuple(c for c in said if set_id in (EVERYTHING, c.set_id))


def _set(uow: UnitOfWork, owner: Person, part: SetProgress) -> SharedSet:
    versions = uow.statements.versions(owner, part.set.id)
    newest = versions[-1] if versions and versions[-1].paragraphs else None
    return SharedSet(progress=part, statement=newest)


def _owner(uow: UnitOfWork, share: Share) -> Candidate:
    person = uow.people.get(share.owner_id)
    candidate = uow.people.candidate(person) if person else None
    if candidate is None:  # the share's row refers to them, and candidates stay candidates
        raise NotFound(f"There is no share {share.id} for you. Say: shared with me.")
    return candidate


def _outside(program: Program, share: Share, set_id: str) -> NotFound:
    title = program.set(set_id).title
    return NotFound(f"Share {share.id} does not show {title}. Say: look at share {share.id}.")
