"""What of a situation follows from the program too, which storage does not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.notices.days import day_in
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.rules import Outcome
from bot.domain.standing import certified


def as_seen(program: Program, situation: Situation) -> Situation:
    """The same with `touched` by set, where it was by section, and when it was complete."""
    if not situation.touched and not situation.submissions:
        return situation
    at = _certified_at(program, situation)
    return replace(
        situation,
        touched=_by_set(program, situation.touched),
        certified_on=day_in(at, situation.person.zone) if at else None,
        certified_at=at,
    )


def _by_set(program: Program, touched: Mapping[str, datetime]) -> Mapping[str, datetime]:
    """The last change by set; what is of the record as a whole is of none."""
    if not touched:
        return {}
    set_of = {section.id: section.set_id for section in program.sections}
    set_of.update((one.id, one.id) for one in program.sets)
    found: dict[str, datetime] = {}
    for place, at in touched.items():
        if set_id := set_of.get(place):
            found[set_id] = max(at, found.get(set_id, at))
    return found


def _certified_at(program: Program, situation: Situation) -> datetime | None:
    """The instant of the decision with which enough sets were achieved."""
    given = [
        (one.decision.at, one.set_id)
        for one in situation.submissions
        if one.decision and one.decision.outcome is Outcome.APPROVED
    ]
    done: frozenset[str] = frozenset()
    for at, set_id in sorted(given):
        done |= {set_id}
        if certified(program, done):
            return at
    return None
