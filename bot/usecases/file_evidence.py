"""File what was taken in: into its section, or onto the waiting pile with a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.filing import Action, Alternative, Decision
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, Filing, State, open_sections
from bot.errors import NotFound, Refused
from bot.evidence.requested import Meant, meant
from bot.evidence.routing import decide
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.find_request import named_requests, reason
from bot.usecases.take_in import Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A new file stands in its section, or waits when `evidence` is not filed.

    `named` are the requests that it was sent for, `maybe` those of which it answers one.
    """

    evidence: Evidence
    decision: Decision
    note: str
    named: tuple[EvidenceRequest, ...] = ()
    maybe: tuple[EvidenceRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The same bytes were there already; `added` are sections they now stand in as well."""

    evidence: Evidence
    name: str
    added: tuple[str, ...]
    named: tuple[EvidenceRequest, ...] = ()
    maybe: tuple[EvidenceRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A file that was not kept, and why."""

    name: str
    advice: str


Outcome = Filed | Known | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The files of a message, whose key their filing carries.

    `asked` are the requests that it replies to: a file that names none itself is for one of them.
    """

    taken: tuple[Taken, ...]
    message_key: str
    asked: Sequence[EvidenceRequest] = ()


def file_evidence(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    sent: Sent,
    *,
    now: datetime,
) -> tuple[Outcome, ...]:
    """One outcome for each file, in order; everything inside the caller's transaction.

    A file that is for a request goes where that request says. The caller closes it
    (`close_requests`) once all files of the message stand in their sections.
    """
    open_ids = frozenset(s.id for s in open_sections(desk.program, candidate))
    step = _Step(uow=uow, candidate=candidate, sent=sent, now=now)
    return tuple(_file(step, one, open_ids) for one in sent.taken)


def _file(step: _Step, one: Taken, open_ids: frozenset[str]) -> Outcome:
    if one.refusal or one.look is None:
        return Rejected(name=one.name, advice=one.refusal)
    try:
        named = named_requests(step.uow, step.candidate, name=one.name, caption=one.caption)
    except (NotFound, Refused) as refused:
        return Rejected(name=one.name, advice=f"It names a request. {refused}")
    decision = decide(one.look, open_sections=open_ids)
    among = Meant(requests=named, sure=True) if named else meant(one.look, step.sent.asked)
    if among.requests:
        decision = _asked_for(decision, among) if among.sure else _to_ask(decision)
    known = _known(step.uow, step.candidate, one.sha256)
    outcome = step.again(known, one, decision) if known else step.new(one, decision)
    if among.sure:
        return replace(outcome, named=among.requests)
    return replace(outcome, maybe=among.requests)


def _to_ask(decision: Decision) -> Decision:
    """Waits for the person's word, although it may be plain where else it could go."""
    return replace(decision, action=Action.ASK, also=(), explicit=False)


def _asked_for(decision: Decision, among: Meant) -> Decision:
    """The sections that the requests are for, wherever else the file could go."""
    named = among.requests
    first, *further = dict.fromkeys(request.section for request in named)
    return Decision(
        action=Action.FILE,
        section=first,
        kind=decision.kind,
        confidence=1.0,
        alternatives=(Alternative(section=first, confidence=1.0),),
        reasons=(*map(reason, named), *among.reasons),
        also=tuple(further),
        explicit=True,
    )


def _known(uow: UnitOfWork, candidate: Candidate, sha256: str) -> Evidence | None:
    held = uow.records.of(candidate.person)
    same = (e for e in held if e.sha256 == sha256 and e.filing.state is not State.WITHDRAWN)
    return next(same, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    uow: UnitOfWork
    candidate: Candidate
    sent: Sent
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
            evidence, filing, message_key=self.sent.message_key, reason=reason, at=self.now
        )
        note_change(self.uow, changed, now=self.now)
        return changed


def _filing(decision: Decision) -> Filing:
    if decision.action is not Action.FILE:
        return Filing(state=State.WAITING, kind=decision.kind)
    sections = (decision.section, *decision.also)
    return Filing(state=State.FILED, sections=sections, kind=decision.kind)


def note_change(uow: UnitOfWork, evidence: Evidence, *, now: datetime, actor: str = "") -> None:
    """Puts where a file stands now onto the trail; the candidate acted when nobody is named.

    The reason stays in the history alone: it may quote people and files, and the trail is for ever.
    """
    uow.trail.append(
        at=now,
        actor=actor or f"person:{evidence.person_id}",
        action=evidence.filing.state.value,
        subject=f"evidence:{evidence.person_id}/{evidence.number}",
        details={
            "sha256": evidence.sha256,
            "sections": " ".join(evidence.filing.sections),
            "kind": evidence.filing.kind.value,
        },
    )
