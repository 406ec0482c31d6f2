"""A person's deadlines as their state has them now: what belongs into their calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.notices.hushing import is_done
from bot.domain.notices.kinds import RENEWAL, WHILE_CANDIDATE, Audience, Kind, Moment
from bot.domain.notices.moments.base import Base
from bot.domain.notices.moments.table import BASES
from bot.domain.notices.series import came_up
from bot.domain.notices.situation import Situation
from bot.domain.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline: a whole `day`, or from `begins` (aware) to `ends`.

    `name` stands for it among its person's deadlines always, whatever its day. `about` are the
    values for its words.
    """

    name: str
    moment: Moment
    day: date | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    about: Mapping[str, str | int | date] = field(default_factory=dict)


def deadlines(program: Program, situation: Situation) -> tuple[Deadline, ...]:
    """All that notices count to, and own reminders; also what is past, while its state stands."""
    zone = situation.person.zone
    return tuple(
        _deadline(moment, base)
        for moment in _moments(program, situation)
        for base in BASES[moment](program, situation, zone)
        if not _is_done(program, situation, moment, base)
    )


def _is_done(program: Program, situation: Situation, moment: Moment, base: Base) -> bool:
    """Whether none of its notices is told any more because its person said so."""
    hush = next((one for one in situation.wishes.hushed if one.matter == base.matter), None)
    if hush is None or hush.until is not None:
        return False
    kinds = [kind for kind in _told(program, situation) if kind.moment is moment]
    if not kinds:
        return base.since is None or base.since <= hush.at
    rules, person = program.notices, situation.person
    return all(
        is_done(kind, base, hush, since=came_up(kind, base, zone=person.zone, at=rules.at))
        for kind in kinds
    )


def _told(program: Program, situation: Situation) -> Iterator[Kind]:
    """The kinds that its person is told at present."""
    certified = situation.certified_on is not None
    for kind in program.notices.kinds.values():
        if kind.to is Audience.PERSON and (kind.after_certified or not certified):
            yield kind


def _moments(program: Program, situation: Situation) -> Iterator[Moment]:
    """Once the certification is complete its renewal counts, and events that are told even then."""
    yield Moment.OWN
    if situation.candidate is None:
        return
    if situation.certified_on is None:
        yield from WHILE_CANDIDATE
        return
    if any(kind.moment is Moment.EVENT for kind in _told(program, situation)):
        yield Moment.EVENT
    renewal = program.notices.renewal
    grace = renewal is not None and renewal.grace_months > 0
    yield from (one for one in RENEWAL if grace or one is not Moment.GRACE_ENDS)


def _deadline(moment: Moment, base: Base) -> Deadline:
    name = f"{moment.value}:{base.part}"
    about = {"matter": base.matter, **base.about}
    begins = _begins(moment, base)
    if begins is None:
        return Deadline(name=name, moment=moment, day=base.day, about=about)
    minutes = base.about.get("minutes", 0)
    ends = begins + timedelta(minutes=minutes) if isinstance(minutes, int) and minutes else None
    return Deadline(name=name, moment=moment, begins=begins, ends=ends, about=about)


def _begins(moment: Moment, base: Base) -> datetime | None:
    """When what has a time of day begins."""
    if moment is Moment.EVENT:
        starts = base.about["starts"]
        return starts if isinstance(starts, datetime) else None
    return base.instant
