"""People as notices see them, made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.domain.messages import Address
from bot.domain.notices.due import Due, due
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Situation
from bot.domain.notices.timed import spoken_at, timed
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.program import Program
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage, Submission

ZONES = (
    "America/Chicago",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
)
MAIL = Address(channel="email", value="ada@example.org")
SLACK = Address(channel="slack", value="U1")


def at(text: str) -> datetime:
    """An instant; UTC where it names no offset."""
    told = datetime.fromisoformat(text)
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def person(zone: str = "America/Chicago") -> Person:
    """Ada, with the number 7."""
    return Person(id=7, name="Ada Reyes", email=MAIL.value, time_zone=zone)


def fresh(
    zone: str = "America/Chicago", *, enrolled: str = "2025-01-15", ends: str = "2029-01-15"
) -> Situation:
    """A candidate who has done nothing yet."""
    ada = person(zone)
    candidate = Candidate(
        person=ada,
        enrolled_on=date.fromisoformat(enrolled),
        subscription_ends=date.fromisoformat(ends),
    )
    return Situation(person=ada, places=(MAIL,), candidate=candidate)


def filed(*sections: str, number: int = 1, when: str = "2026-03-01T12:00") -> Evidence:
    """A file in those sections."""
    return Evidence(
        id=number,
        number=number,
        person_id=7,
        name="log.txt",
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        stored_at=at(when),
        filing=Filing(state=State.FILED, sections=sections),
    )


def submission(
    number: int,
    set_id: str,
    *,
    when: datetime,
    stage: Stage = Stage.WAITING,
    outcome: Outcome | None = None,
    decided: datetime | None = None,
) -> Submission:
    """A submission of a set; one with an outcome is decided."""
    decision = None
    if outcome is not None and decided is not None:
        decision = ReviewDecision(outcome=outcome, by=9, name="Ron", at=decided, reason="why")
        stage = Stage.DECIDED
    return Submission(
        id=number,
        person_id=7,
        set_id=set_id,
        route=Route.PORTFOLIO,
        round=1,
        follows=None,
        asked=(),
        items=(),
        submitted_at=when,
        stage=stage,
        decision=decision,
    )


def look(
    program: Program,
    situation: Situation,
    known: set[str],
    *,
    now: datetime,
    swept: datetime | None,
) -> Due:
    """One look at a person."""
    shifted = [timed(program, situation, notice) for notice in plan(program, situation)]
    spoken = partial(spoken_at, program, situation, now=now)
    return due([one for one in shifted if one], known, now=now, swept=swept, spoken=spoken)


def told(
    program: Program, situation: Situation, *, begins: datetime, days: int
) -> list[tuple[datetime, str]]:
    """What is said when somebody looks at just the instants that each look names."""
    known: set[str] = set()
    said = []
    now, swept = begins, None
    while True:
        found = look(program, situation, known, now=now, swept=swept)
        assert not found.missed
        said += [(now, notice.key) for notice in found.now]
        known |= {notice.key for notice in found.now}
        if found.next_at is None or found.next_at >= begins + timedelta(days=days):
            return sorted(said)
        now, swept = found.next_at, now
