"""Sets that were begun and lie still, and those that lack nothing but their statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.choosing import route_of
from bot.domain.needs import is_needed
from bot.domain.notices.days import day_in
from bot.domain.notices.moments.base import Base
from bot.domain.notices.situation import Situation
from bot.domain.phases import Phase
from bot.domain.portfolio import State
from bot.domain.program import CompetencySet, Program
from bot.domain.sections import SectionKind, section_id
from bot.domain.standing import Standing, standing


def touched(program: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """Each set that holds something and is the candidate's to go on with."""
    return _touched(program, situation, zone) if situation.touched else ()


def _touched(program: Program, situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    filled = _filled(situation)
    for one, _, at in _begun(program, situation):
        covered = sum(c.id in filled for c in one.competencies)
        if filled & _sections(one) or one.id in situation.stated:
            yield _base("idle", one, at, zone, {"covered": covered, "total": len(one.competencies)})


def covered(program: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """Each of them where every competency has evidence and only the statement lacks."""
    return _covered(program, situation, zone) if situation.touched else ()


def _covered(program: Program, situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    filled = _filled(situation)
    for one, stands, at in _begun(program, situation):
        stated = section_id(one.id, SectionKind.STATEMENT)
        if stated in filled or not all(c.id in filled for c in one.competencies):
            continue
        route = route_of(one, stands, chosen=situation.routes, evidence=situation.evidence)
        if is_needed(program, route, SectionKind.STATEMENT):
            yield _base("statement", one, at, zone, {})


def _begun(
    program: Program, situation: Situation
) -> Iterator[tuple[CompetencySet, Standing, datetime]]:
    """Sets that were touched and are open, with the last change in each."""
    for one in program.sets:
        at = situation.touched.get(one.id)
        if at is None or _is_given_up(program, situation, one):
            continue
        stands = standing(one.id, situation.submissions)
        if _is_open(stands, at):
            yield one, stands, at


def _is_open(stands: Standing, at: datetime) -> bool:
    """Whether it is the candidate's; after a review only once they went on with it."""
    if stands.phase is Phase.COURSE_RECOMMENDED and stands.submission:
        decision = stands.submission.decision
        return decision is not None and at > decision.at
    return stands.phase is Phase.OPEN


def _is_given_up(program: Program, situation: Situation, one: CompetencySet) -> bool:
    """An elective that is not among those chosen, once enough are."""
    electives = situation.candidate.electives if situation.candidate else ()
    settled = len(electives) >= program.electives_needed
    return settled and not one.required and one.id not in electives


def _filled(situation: Situation) -> frozenset[str]:
    """The sections that hold a file."""
    filed = (e.filing.sections for e in situation.evidence if e.filing.state is State.FILED)
    return frozenset(section for sections in filed for section in sections)


def _sections(one: CompetencySet) -> frozenset[str]:
    others = (SectionKind.CERTIFICATE, SectionKind.STATEMENT)
    return frozenset(
        (*(c.id for c in one.competencies), *(section_id(one.id, kind) for kind in others))
    )


def _base(
    stem: str, one: CompetencySet, at: datetime, zone: ZoneInfo, about: dict[str, int]
) -> Base:
    day = day_in(at, zone)
    return Base(
        matter=f"{stem}-{one.code.lower()}",
        part=one.id,
        day=day,
        named=day_in(at, UTC),
        since=at,
        about={"date": day, "set_id": one.id, **about},
    )
