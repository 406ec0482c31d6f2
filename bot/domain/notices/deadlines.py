"""A person's deadlines as their state has them now: what belongs into their calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.notices.kinds import Moment
from bot.domain.notices.moments.base import Base
from bot.domain.notices.moments.table import BASES
from bot.domain.notices.situation import Situation
from bot.domain.program import Program

_WHILE_CANDIDATE = (
    Moment.SUBSCRIPTION_ENDS,
    Moment.TIME_LIMIT,
    Moment.APPEAL_DUE,
    Moment.EVENT,
)
_ONCE_CERTIFIED = (Moment.RENEWAL_OPENS, Moment.RENEWAL_CLOSES, Moment.GRACE_ENDS)


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
    """Whether its person said so; what is mandatory to be told stays, and so in a calendar."""
    said = (one for one in situation.wishes.hushed if one.matter == base.matter)
    if not any(one.until is None and (base.since is None or base.since <= one.at) for one in said):
        return False
    return not any(k.mandatory for k in program.notices.kinds.values() if k.moment is moment)


def _moments(program: Program, situation: Situation) -> Iterator[Moment]:
    """Once the certification is complete only its renewal counts."""
    yield Moment.OWN
    if situation.candidate is None:
        return
    if situation.certified_on is None:
        yield from _WHILE_CANDIDATE
        return
    renewal = program.notices.renewal
    grace = renewal is not None and renewal.grace_months > 0
    yield from (one for one in _ONCE_CERTIFIED if grace or one is not Moment.GRACE_ENDS)


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
