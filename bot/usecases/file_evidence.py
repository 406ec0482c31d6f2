"""File what was taken in: into its section, or onto the waiting pile with a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.filing import Action, Decision
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, Filing, State, open_sections
from bot.evidence.routing import decide
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.take_in import Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A new file stands in its section, or waits when `evidence` is not filed."""

    evidence: Evidence
    decision: Decision
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The same bytes were there already; `added` are sections they now stand in as well."""

    evidence: Evidence
    name: str
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A file that was not kept, and why."""

    name: str
    advice: str


Outcome = Filed | Known | Rejected


def file_evidence(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    *,
    taken: tuple[Taken, ...],
    message_key: str,
    now: datetime,
) -> tuple[Outcome, ...]:
    """One outcome for each file, in order; everything inside the caller's transaction."""
    open_ids = frozenset(s.id for s in open_sections(desk.program, candidate))
    outcomes: list[Outcome] = []
    for one in taken:
        if one.refusal or one.look is None:
            outcomes.append(Rejected(name=one.name, advice=one.refusal))
            continue
        decision = decide(one.look, open_sections=open_ids)
        known = _known(uow, candidate, one.sha256)
        step = _Step(uow=uow, candidate=candidate, message_key=message_key, now=now)
        outcomes.append(step.again(known, one, decision) if known else step.new(one, decision))
    return tuple(outcomes)


def _known(uow: UnitOfWork, candidate: Candidate, sha256: str) -> Evidence | None:
    held = uow.records.of(candidate.person)
    same = (e for e in held if e.sha256 == sha256 and e.filing.state is not State.WITHDRAWN)
    return next(same, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    uow: UnitOfWork
    candidate: Candidate
    message_key: str
    now: datetime

    def new(self, taken: Taken, decision: Decision) -> Filed:
        evidence = self.uow.records.add(
            self.candidate.person,
            name=taken.name,
            media_type=taken.media_type,
            size=taken.size,
            sha256=taken.sha256,
            at=self.now,
        )
        filing = _filing(decision)
        evidence = self._change(evidence, filing, "; ".join(decision.reasons))
        return Filed(evidence=evidence, decision=decision, note=taken.note)

    def again(self, known: Evidence, taken: Taken, decision: Decision) -> Known:
        """The same bytes again: only an explicit hint files them under another section too."""
        named = (decision.section, *decision.also) if decision.explicit else ()
        added = tuple(s for s in named if s not in known.filing.sections)
        for section in added:
            filing = known.filing.also(section)
            known = self._change(known, filing, f"the same file was sent for {section}")
        return Known(evidence=known, name=taken.name, added=added)

    def _change(self, evidence: Evidence, filing: Filing, reason: str) -> Evidence:
        changed = self.uow.records.change(
            evidence, filing, message_key=self.message_key, reason=reason, at=self.now
        )
        note_change(self.uow, changed, reason=reason, now=self.now)
        return changed


def _filing(decision: Decision) -> Filing:
    if decision.action is not Action.FILE:
        return Filing(state=State.WAITING, kind=decision.kind)
    sections = (decision.section, *decision.also)
    return Filing(state=State.FILED, sections=sections, kind=decision.kind)


def note_change(uow: UnitOfWork, evidence: Evidence, *, reason: str, now: datetime) -> None:
    """Puts where a file stands now onto the trail."""
    uow.trail.append(
        at=now,
        actor=f"person:{evidence.person_id}",
        action=evidence.filing.state.value,
        subject=f"evidence:{evidence.person_id}/{evidence.number}",
        details={
            "sha256": evidence.sha256,
            "sections": " ".join(evidence.filing.sections),
            "kind": evidence.filing.kind.value,
            "reason": reason,
        },
    )
