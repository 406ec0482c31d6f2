"""The one thing to do next, and what it is about; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.appeal_case import Case
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.readiness import SetCheck
from bot.domain.sections import SectionKind


class Step(StrEnum):
    """What can come next for a candidate; the first that applies is told."""

    APPEAL = "go on with an appeal"
    ANSWER_REQUESTS = "answer requests"
    SETTLE_OFFER = "settle an offer"
    FINISH_WRITING = "finish writing"
    PLACE_FILE = "place a file"
    SUBMIT = "submit a set"
    CHOOSE = "choose electives"
    FILE = "file evidence"
    WRITE = "write a statement"
    WAIT = "wait for reviews"
    NOTHING = "nothing is left"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatters:
    """What the choice rests on.

    `sets` are the checks of the sets chosen, `appeals` those filed and not ended, `offers` the
    numbers of files that others sent, `writing` the id of the set whose statement is being written,
    `electives` how many are still to be chosen.
    """

    sets: Sequence[SetCheck]
    appeals: Sequence[Case] = ()
    requests: Sequence[EvidenceRequest] = ()
    offers: Sequence[int] = ()
    writing: str = ""
    waiting: Sequence[Evidence] = ()
    electives: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A step, and what it is about: of the parts only those that it needs are filled."""

    step: Step
    check: SetCheck | None = None
    case: Case | None = None
    requests: tuple[EvidenceRequest, ...] = ()
    files: tuple[Evidence, ...] = ()
    number: int = 0
    count: int = 0
    sections: tuple[str, ...] = field(default=())


def next_step(program: Program, matters: OpenMatters) -> NextStep:
    """What somebody waits for goes first, then what is nearly done, then what is missing."""
    return _awaited(matters) or _of_sets(program, matters)


def _awaited(matters: OpenMatters) -> NextStep | None:
    for case in matters.appeals:
        if case.next and case.next.own and not case.lapsed:
            return NextStep(step=Step.APPEAL, case=case)
    if wanted := tuple(one for one in matters.requests if one.open):
        return NextStep(step=Step.ANSWER_REQUESTS, requests=wanted, count=len(wanted))
    if matters.offers:
        number, count = matters.offers[0], len(matters.offers)
        return NextStep(step=Step.SETTLE_OFFER, number=number, count=count)
    if matters.writing:
        mine = (one for one in matters.sets if one.plan.set.id == matters.writing)
        return NextStep(step=Step.FINISH_WRITING, check=next(mine, None))
    if matters.waiting:
        files = tuple(matters.waiting)
        return NextStep(step=Step.PLACE_FILE, files=files, count=len(files))
    return None


def _of_sets(program: Program, matters: OpenMatters) -> NextStep:
    open_sets = [one for one in matters.sets if one.submittable]
    for one in open_sets:
        if one.found.ready:
            return NextStep(step=Step.SUBMIT, check=one)
    if matters.electives:
        return NextStep(step=Step.CHOOSE, count=matters.electives)
    if open_sets:
        return _missing(program, min(open_sets, key=_distance))
    on_way = [one for one in matters.sets if one.plan.standing.phase is not Phase.ACHIEVED]
    return NextStep(step=Step.WAIT if on_way else Step.NOTHING, count=len(on_way))


def _missing(program: Program, one: SetCheck) -> NextStep:
    kinds = {section.id: section.kind for section in program.sections}
    wanted = one.found.checks if one.found.refused else one.found.missing
    missing = tuple(check.section for check in wanted)
    papers = tuple(id for id in missing if kinds[id] is not SectionKind.STATEMENT)
    step = Step.FILE if papers else Step.WRITE
    return NextStep(step=step, check=one, sections=papers or missing, count=len(missing))


def _distance(one: SetCheck) -> tuple[bool, int]:
    """How far a set is from ready; one that was begun goes before one that was not."""
    missing = len(one.found.missing)
    return missing == len(one.found.checks), missing


class Duty(StrEnum):
    """What can come next for somebody with an office."""

    ANSWER = "answer questions"
    RATE = "rate a submission"
    APPEAL = "go on with an appeal"
    CLAIM = "look at the queue"
    NOTHING = "nothing waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDuty:
    """A duty, the number of the question or submission that it begins with, and how many wait."""

    duty: Duty
    number: int = 0
    count: int = 0
    competency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDuties:
    """What waits for somebody with an office, each oldest first.

    `questions` are numbers; `to_rate` has for each
    submission taken on the competencies that they have still to rate; `appeals` are those filed and
    not ended; `queue` counts submissions.
    """

    questions: Sequence[int] = ()
    to_rate: Sequence[tuple[int, Sequence[str]]] = ()
    appeals: Sequence[Case] = ()
    queue: int = 0


def next_duty(duties: OpenDuties) -> NextDuty:
    """People who asked go first, then what was taken on, then what nobody has taken on."""
    if duties.questions:
        count = len(duties.questions)
        return NextDuty(duty=Duty.ANSWER, number=duties.questions[0], count=count)
    for number, left in duties.to_rate:
        if left:
            return NextDuty(duty=Duty.RATE, number=number, count=len(left), competency=left[0])
    appeals = [case for case in duties.appeals if case.lapsed or not (case.next and case.next.own)]
    if appeals:
        return NextDuty(duty=Duty.APPEAL, number=appeals[0].appeal.id, count=len(appeals))
    if duties.queue:
        return NextDuty(duty=Duty.CLAIM, count=duties.queue)
    return NextDuty(duty=Duty.NOTHING)
