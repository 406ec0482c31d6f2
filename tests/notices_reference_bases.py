"""What lead times count from, told in plain if-statements for `notices_reference`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.appeal import Appeal
from bot.domain.notices.kinds import Audience, Kind, Moment
from bot.domain.notices.situation import Situation
from bot.domain.portfolio import State
from bot.domain.program import CompetencySet, Program
from bot.domain.rules import AppealRule, Outcome, Party, Route
from bot.domain.submission import Stage, Submission
from tests.notices_reference_clock import later, midnight_after


@dataclass(frozen=True, slots=True)
class Counted:
    """What a series counts from: its matter, day, part and day in keys, and when it is over."""

    matter: str
    day: date
    part: str = ""
    named: date | None = None
    since: datetime | None = None
    over: datetime | None = None
    instant: datetime | None = None


def counted_from(program: Program, situation: Situation) -> Iterator[tuple[Kind, Counted]]:
    """Each kind with each thing that it counts from now."""
    for kind in program.notices.kinds.values():
        if not kind.leads:
            continue
        if kind.moment is not Moment.OWN:
            if situation.candidate is None:
                continue
            if situation.certified_on is not None and not kind.after_certified:
                continue
        zone = situation.person.zone
        if kind.to is Audience.STAFF:
            zone = ZoneInfo(program.notices.office.time_zone)
        for base in _bases(program, situation, kind.moment, zone):
            yield kind, base


def _bases(
    program: Program, situation: Situation, moment: Moment, zone: ZoneInfo
) -> Iterator[Counted]:
    if moment is Moment.OWN:
        yield from _own(situation, zone)
    if moment is Moment.EVENT:
        yield from _events(program, zone)
    if moment in {Moment.SUBMITTED, Moment.REQUESTED}:
        yield from _reviews(situation, moment, zone)
    if moment in {Moment.SET_TOUCHED, Moment.SET_COVERED}:
        yield from _sets(program, situation, moment, zone)
    if moment is Moment.APPEAL_DUE:
        yield from _appeals(program, situation, zone)
    if moment in {Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT}:
        yield from _ends(program, situation, moment, zone)
    yield from _since_certified(program, situation, moment, zone)


def _own(situation: Situation, zone: ZoneInfo) -> Iterator[Counted]:
    for one in situation.reminders:
        day = one.at.astimezone(zone).date()
        matter = f"reminder-{one.number}"
        yield Counted(matter, day, str(one.id), since=one.made_at, instant=one.at)


def _events(program: Program, zone: ZoneInfo) -> Iterator[Counted]:
    for event in program.notices.events:
        day = event.starts.astimezone(zone).date()
        named = event.starts.date()
        yield Counted(f"event-{event.id}", day, event.id, named, over=event.starts)


def _ends(
    program: Program, situation: Situation, moment: Moment, zone: ZoneInfo
) -> Iterator[Counted]:
    candidate, years = situation.candidate, program.notices.time_limit_years
    if candidate is None:
        return
    if moment is Moment.SUBSCRIPTION_ENDS:
        day = candidate.subscription_ends
        yield Counted("expiry", day, named=day, over=midnight_after(day, zone))
    elif years is not None and _handed_in(program, situation) < program.sets_needed:
        day = later(candidate.enrolled_on, 12 * years)
        yield Counted("time-limit", day, named=day, over=midnight_after(day, zone))


def _certificate(
    program: Program, certified: date, moment: Moment, zone: ZoneInfo
) -> Iterator[Counted]:
    since = datetime(certified.year, certified.month, certified.day, tzinfo=UTC)
    renewal = program.notices.renewal
    if moment is Moment.CERTIFIED:
        yield Counted("certificate", certified, named=certified, since=since)
    if renewal is None:
        return
    closes = later(certified, 12 * renewal.years)
    if moment is Moment.RENEWAL_OPENS:
        day = later(closes, -renewal.opens_months)
        yield Counted("renewal", day, named=day, since=since)
    if moment is Moment.RENEWAL_CLOSES:
        over = midnight_after(closes, zone)
        yield Counted("renewal", closes, named=closes, since=since, over=over)
    if moment is Moment.GRACE_ENDS:
        day = later(closes, renewal.grace_months)
        over = midnight_after(day, zone)
        yield Counted("renewal", day, named=day, since=since, over=over)


def _since_certified(
    program: Program, situation: Situation, moment: Moment, zone: ZoneInfo
) -> Iterator[Counted]:
    """Where the instant of the decision is known, its day in UTC is in the keys."""
    day, at = situation.certified_on, situation.certified_at
    if day is None:
        return
    in_utc = at.astimezone(UTC).date() if at else day
    named = [one.day for one in _certificate(program, in_utc, moment, zone)]
    for one, name in zip(_certificate(program, day, moment, zone), named, strict=True):
        yield replace(one, named=name, since=at or one.since)


def _reviews(situation: Situation, moment: Moment, zone: ZoneInfo) -> Iterator[Counted]:
    for one in situation.submissions:
        if moment is Moment.SUBMITTED and one.stage in {Stage.WAITING, Stage.IN_REVIEW}:
            at = one.submitted_at
            yield _since(f"review-{one.id}", str(one.id), at, zone)
        if moment is Moment.REQUESTED:
            opened = [
                request.opened_at
                for request in situation.requests
                if request.submission_id == one.id and request.closed_at is None
            ]
            if opened:
                yield _since(f"requests-{one.id}", str(one.id), min(opened), zone)


def _sets(
    program: Program, situation: Situation, moment: Moment, zone: ZoneInfo
) -> Iterator[Counted]:
    for one in program.sets:
        if one.id in situation.touched and _is_open(program, situation, one):
            at = situation.touched[one.id]
            if moment is Moment.SET_TOUCHED and _is_begun(situation, one):
                yield _since(f"idle-{one.code.lower()}", one.id, at, zone)
            if moment is Moment.SET_COVERED and _lacks_statement(situation, one):
                yield _since(f"statement-{one.code.lower()}", one.id, at, zone)


def _is_open(program: Program, situation: Situation, one: CompetencySet) -> bool:
    electives = situation.candidate.electives if situation.candidate else ()
    if not one.required and len(electives) >= program.electives_needed and one.id not in electives:
        return False
    handed = _handed(situation, one)
    if not handed:
        return True
    if any(s.decision and s.decision.outcome is Outcome.APPROVED for s in handed):
        return False
    recommended = _recommended(situation, one)
    return recommended is not None and situation.touched[one.id] > recommended


def _recommended(situation: Situation, one: CompetencySet) -> datetime | None:
    """When a course was recommended for the set, if that is where it stands."""
    handed = _handed(situation, one)
    decision = handed[-1].decision if handed else None
    return decision.at if decision and decision.outcome is Outcome.COURSE else None


def _handed(situation: Situation, one: CompetencySet) -> list[Submission]:
    own = [s for s in situation.submissions if s.set_id == one.id]
    return [s for s in own if s.stage is not Stage.WITHDRAWN]


def _filled(situation: Situation) -> set[str]:
    files = [e for e in situation.evidence if e.filing.state is State.FILED]
    return {section for e in files for section in e.filing.sections}


def _is_begun(situation: Situation, one: CompetencySet) -> bool:
    filled = _filled(situation)
    places = [c.id for c in one.competencies] + [f"{one.id}/certificate", f"{one.id}/statement"]
    return one.id in situation.stated or any(place in filled for place in places)


def _lacks_statement(situation: Situation, one: CompetencySet) -> bool:
    filled = _filled(situation)
    if f"{one.id}/statement" in filled:
        return False
    if not all(c.id in filled for c in one.competencies) or _recommended(situation, one):
        return False
    if one.id in situation.routes:
        return situation.routes[one.id] is Route.PORTFOLIO
    return f"{one.id}/certificate" not in filled


def _appeals(program: Program, situation: Situation, zone: ZoneInfo) -> Iterator[Counted]:
    rule = program.rules.appeal
    for place, one in enumerate(situation.submissions):
        decision = one.decision
        if rule is None or decision is None or decision.outcome not in rule.against:
            continue
        appeal = next((a for a in situation.appeals if a.submission_id == one.id), None)
        if appeal is not None and appeal.taken:
            yield from _next_step(rule, one, appeal, zone)
            continue
        after = [s for s in situation.submissions[place + 1 :] if s.set_id == one.set_id]
        if all(s.stage is Stage.WITHDRAWN for s in after):
            decided = appeal.decided_on if appeal else decision.at.astimezone(zone).date()
            day = decided + timedelta(days=rule.steps[0].days)
            step = _step(one, rule.steps[0].id, day, decision.at, zone)
            in_utc = decision.at.astimezone(UTC).date()
            yield replace(step, named=in_utc + timedelta(days=rule.steps[0].days))


def _next_step(
    rule: AppealRule, one: Submission, appeal: Appeal, zone: ZoneInfo
) -> Iterator[Counted]:
    days = {"decision": appeal.decided_on, **{t.step: t.day for t in appeal.taken}}
    own = [s for s in rule.steps if s.party is Party.CANDIDATE and s.id not in days]
    if own and own[0].after in days and not appeal.result:
        day = days[own[0].after] + timedelta(days=own[0].days)
        yield _step(one, own[0].id, day, appeal.taken[-1].at, zone)


def _step(one: Submission, step: str, day: date, since: datetime, zone: ZoneInfo) -> Counted:
    over = midnight_after(day, zone)
    return Counted(f"appeal-{one.id}", day, f"{one.id}-{step}", day, since, over)


def _since(matter: str, part: str, at: datetime, zone: ZoneInfo) -> Counted:
    named = at.astimezone(UTC).date()
    return Counted(matter, at.astimezone(zone).date(), part, named, since=at)


def _handed_in(program: Program, situation: Situation) -> int:
    """Sets on their way or achieved; electives beyond those needed count for nothing."""
    done = [one for one in program.sets if _is_handed_in(situation, one)]
    required = sum(one.required for one in done)
    return required + min(len(done) - required, program.electives_needed)


def _is_handed_in(situation: Situation, one: CompetencySet) -> bool:
    own = _handed(situation, one)
    approved = any(s.decision and s.decision.outcome is Outcome.APPROVED for s in own)
    return approved or bool(own and own[-1].decision is None)
