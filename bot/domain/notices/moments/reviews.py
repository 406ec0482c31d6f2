"""Submissions that wait for their decision, and what was asked for and has not come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.notices.days import day_in
from bot.domain.notices.moments.base import Base
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.submission import Submission


def submitted(_: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """Each submission that is on its way."""
    waiting = [one for one in situation.submissions if one.open]
    return [waiting_since(one, zone) for one in waiting]


def waiting_since(one: Submission, zone: ZoneInfo) -> Base:
    """What is counted from while it waits."""
    return _base("review", one, one.submitted_at, zone, {})


def requested(_: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """Each submission with requests that are open."""
    return _requested(situation, zone) if situation.requests else ()


def _requested(situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    for one in situation.submissions:
        waiting = [r for r in situation.requests if r.open and r.submission_id == one.id]
        if waiting:
            at = min(request.opened_at for request in waiting)
            about: dict[str, str | int] = {"count": len(waiting), "wanted": _wanted(waiting)}
            yield _base("requests", one, at, zone, about)


def _wanted(requests: list[EvidenceRequest]) -> str:
    """Each section with its token, told apart by blanks: no section or token has one."""
    return " ".join(f"{request.section} {request.token}" for request in requests)


def _base(
    stem: str, one: Submission, at: datetime, zone: ZoneInfo, about: dict[str, str | int]
) -> Base:
    day = day_in(at, zone)
    return Base(
        matter=f"{stem}-{one.id}",
        part=str(one.id),
        day=day,
        named=day_in(at, UTC),
        since=at,
        about={"date": day, "set_id": one.set_id, "number": one.id, **about},
    )
