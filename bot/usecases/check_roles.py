"""Has everybody exactly the roles that the trail tells of?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.ports import TrailEntry, UnitOfWork
from bot.usecases.appoint import APPOINTED, DISMISSED

Held = tuple[int, str]  # a person's number, and the name of a role


def unaccounted_roles(uow: UnitOfWork) -> Iterator[tuple[Held, str]]:
    """Every role that somebody has or lacks otherwise than the trail tells, and which of both."""
    told, granted = _told(uow.trail.done((APPOINTED, DISMISSED))), uow.roles.granted()
    for number, role in sorted(told ^ granted):
        # Somebody may have acted between the two readings.
        still = _told(uow.trail.about((f"person:{number}",))) ^ uow.roles.granted()
        if (number, role) in still:
            has = (number, role) in granted
            yield (number, role), "has it unappointed" if has else "lost it undismissed"


def _told(lines: Iterable[TrailEntry]) -> set[Held]:
    held: set[Held] = set()
    for line in lines:
        one = (int(line.subject.removeprefix("person:")), line.details.get("role", ""))
        if line.action == APPOINTED:
            held.add(one)
        elif line.action == DISMISSED:
            held.discard(one)
    return held
