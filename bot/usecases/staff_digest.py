"""Tell the staff on each working day what waits for them, once, in one message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.messages import Address
from bot.domain.notices.days import day_in
from bot.domain.notices.happenings import STAFF_DIGEST
from bot.domain.notices.manner import told_as
from bot.domain.notices.progress import Progress
from bot.domain.overdue import days_waited, office_zone, overdue_days
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import left_to_rate
from bot.domain.rights import STAFF, Action
from bot.domain.rules import Route
from bot.domain.staff_digest import Late, StaffDigest, begins_week, is_troubled, slot_of
from bot.domain.submission import OPEN_STAGES, Claim, Submission
from bot.phrases import staff_digest as phrases
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import tell_rooms
from bot.usecases.broken_people import guarded, left_out
from bot.usecases.clock_back import once_more
from bot.usecases.desk import Desk
from bot.usecases.missed_notices import missed_notices
from bot.usecases.permit import permit
from bot.usecases.report_unanswered import Group, declined, grouped, told
from bot.usecases.see_broadcast import progress_of
from bot.usecases.sweep_fewer import LATER
from bot.usecases.tell import tell
from bot.usecases.unreached import unreached

DAY, WEEK = timedelta(days=1), timedelta(days=7)
IDLE_DAYS = 7  # of the office's calendar, after which a review that was taken on counts as resting
PAGE, MOST = 200, 2_000  # submissions read at a time, and at most; and of broken people
QUESTIONS = 50  # that wait for a reply
DECLINED = 200  # questions of a week that are grouped
_SWEPT = "staff-digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What is told, and under which key."""

    found: StaffDigest
    key: str
    now: datetime


def digest_staff(
    transaction: UnitOfWork, desk: Desk, rooms: Sequence[Address], *, now: datetime
) -> bool:
    """Tells each room, or where there is none each of the staff, once on a working day.

    To be called every minute; it enters the transaction and commits by itself. Of those who are
    told singly nobody who declined that. False when there was nothing to do; a day on which there
    is nothing to tell passes in silence.
    """
    office, zone = desk.program.notices.office, office_zone(desk.program)
    slot = slot_of(office, now=now)
    if slot is None:
        return False
    day = day_in(slot, zone)
    monday = begins_week(day, office)
    with transaction as uow:
        last, _ = uow.looks.swept(_SWEPT)
        if last is not None and slot <= last <= now:
            return False
        found = gather(uow, desk.program, since=last, now=now)
        asked = declined(uow, days=WEEK.days, most=DECLINED, now=now) if monday else None
    if asked is not None:  # slow, so not in a transaction
        found = replace(found, topics=tuple(told(one, zone) for one in grouped(desk, asked)))
    with transaction as uow:
        if not found.empty:
            key = f"{STAFF_DIGEST}:{day}{once_more(uow, slot)}"
            _tell(uow, desk.program, rooms, _News(found=found, key=key, now=now))
        uow.looks.note_swept(_SWEPT, at=now)
        uow.commit()
    return not found.empty


def see_digest(
    uow: UnitOfWork, desk: Desk, person: Person, topics: Sequence[Group], *, now: datetime
) -> StaffDigest:
    """All that waits, for one of the staff who asks: what the last week's digests told as well.

    `topics` are what was asked in that week and not answered, grouped before the transaction.
    """
    permit(uow, person, Action.REPORT, now=now)
    found = gather(uow, desk.program, since=now - WEEK, now=now)
    return replace(found, topics=tuple(told(one, person.zone) for one in topics))


def gather(
    uow: UnitOfWork, program: Program, *, since: datetime | None, now: datetime
) -> StaffDigest:
    """What waits now, and what was missed since then, else within the last day."""
    submissions = tuple(_open(uow))
    waited = [days_waited(program, one, now=now) for one in submissions]
    return StaffDigest(
        waiting=uow.submissions.count(OPEN_STAGES),
        longest=max(waited, default=0),
        overdue=_longest_first(_overdue(uow, program, submissions, now=now)),
        idle=_longest_first(_idle(program, submissions, now=now)),
        questions=uow.handovers.open(limit=QUESTIONS),
        unreached=unreached(uow, now=now),
        broken=_broken(uow, now=now),
        missed=missed_notices(uow, program, since=_from(since, now=now)),
        running=tuple(_running(uow)),
        troubled=tuple(one for one in uow.channels.all() if is_troubled(one, now=now)),
    )


def _from(since: datetime | None, *, now: datetime) -> datetime:
    return since if since and since <= now else now - DAY


def _tell(uow: UnitOfWork, program: Program, rooms: Sequence[Address], news: _News) -> None:
    """One reading of it for each room, or for each person on their own calendar."""
    told = partial(phrases.overview, program, news.found, now=news.now)
    if rooms:
        reply = told(zone=office_zone(program))
        tell_rooms(uow, rooms, reply, key=news.key, now=news.now)
        return
    how = told_as(program, STAFF_DIGEST)

    def say(person: Person) -> None:
        tell(uow, person, told(zone=person.zone), key=news.key, now=news.now, how=how)

    for person in uow.roles.holders(STAFF):
        guarded(left_out("the staff's digest"), person.id, say, person)


def _broken(uow: UnitOfWork, *, now: datetime) -> tuple[str, ...]:
    """Names of those at whom the last look failed: they are looked at again within `LATER`."""
    people = uow.looks.failing(until=now + LATER, limit=MOST)
    names = uow.situations.names(people)
    return tuple(names[person] for person in people if person in names)


def _open(uow: UnitOfWork) -> Iterator[Submission]:
    """Open submissions without their items, oldest first."""
    after, read, standing_in = 0, 0, uow.submissions.standing_in
    while read < MOST and (page := standing_in(OPEN_STAGES, limit=PAGE, after=after)):
        yield from page
        after, read = page[-1].id, read + len(page)


def _overdue(
    uow: UnitOfWork, program: Program, submissions: Iterable[Submission], *, now: datetime
) -> Iterator[Late]:
    waited = [(one, overdue_days(program, one, now=now)) for one in submissions]
    names = uow.situations.names({one.person_id for one, days in waited if days is not None})
    for one, days in waited:
        if days is not None:
            who = names.get(one.person_id, "")
            yield Late(number=one.id, set_id=one.set_id, who=who, days=days)


def _idle(program: Program, submissions: Iterable[Submission], *, now: datetime) -> Iterator[Late]:
    """Reviews whose reviewer did nothing for a while although something is left to do."""
    zone = office_zone(program)
    for one in submissions:
        for claim in one.claims:
            days = (day_in(now, zone) - day_in(_did_last(one, claim), zone)).days
            left = left_to_rate(one, program.set(one.set_id), claim.reviewer)
            if days >= IDLE_DAYS and (left or one.route is Route.COURSE):
                yield Late(number=one.id, set_id=one.set_id, who=claim.name, days=days)


def _did_last(submission: Submission, claim: Claim) -> datetime:
    own = (one.at for one in submission.ratings if one.reviewer == claim.reviewer)
    return max((claim.at, *own))


def _longest_first(found: Iterable[Late]) -> tuple[Late, ...]:
    return tuple(sorted(found, key=lambda one: (-one.days, one.number)))


def _running(uow: UnitOfWork) -> Iterator[Progress]:
    for one in uow.broadcasts.running():
        yield progress_of(uow, one)
