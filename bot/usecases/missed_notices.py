"""What could not be said in time, as the staff are told it: who lost what they have to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.notices.kinds import Audience, Moment
from bot.domain.notices.notice import Noted
from bot.domain.program import Program
from bot.domain.staff_digest import Missed
from bot.ports import UnitOfWork

NAMED = 5  # people of one kind
MOST = 2_000  # notices that are read for their people; of those beyond only how many there are


def missed_notices(uow: UnitOfWork, program: Program, *, since: datetime) -> tuple[Missed, ...]:
    """By kind, with the people of those that nobody can decline; these kinds come first.

    Of what may be declined, and of what people set themselves, it is only told how often that was.
    """
    counts = uow.notices.count_missed(since=since)
    owed = [kind for kind in counts if _is_owed(program, kind)]
    read = uow.notices.missed(since=since, limit=MOST) if owed else ()
    by_kind = {kind: _first_days([one for one in read if one.kind == kind]) for kind in owed}
    named = {kind: dict(list(days.items())[:NAMED]) for kind, days in by_kind.items()}
    names = uow.situations.names({person for days in named.values() for person in days})
    found = [
        Missed(
            kind=kind,
            count=count,
            who=tuple(
                (names[one], due) for one, due in named.get(kind, {}).items() if one in names
            ),
            others=max(0, len(by_kind.get(kind, {})) - NAMED),
        )
        for kind, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: not one.who))


def _is_owed(program: Program, kind: str) -> bool:
    """Whether its person has to be told it, and the staff know of it anyway."""
    found = program.notices.kinds.get(kind)
    if found is None or found.moment is Moment.OWN:
        return False
    return found.mandatory and found.to is Audience.PERSON


def _first_days(read: Sequence[Noted]) -> Mapping[int, datetime]:
    """When the first missed notice of each person was due, the earliest first."""
    days: dict[int, datetime] = {}
    for one in sorted(read, key=lambda one: one.due):
        days.setdefault(one.person_id, one.due)
    return days
