"""Answers that are worked out: from the clock, the program's data, or the asker's record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.choosing import Plan
from bot.domain.mentions import Mentions
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, State, chosen_sets
from bot.domain.program import OpeningHours, Program, Support
from bot.domain.progress import Progress, progress
from bot.phrases.progress import achieved, clock, missing_lead, set_state
from bot.phrases.sections import short_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an answer may be worked out from; `plans` are those of the candidate's sets, by id."""

    program: Program
    candidate: Candidate | None
    evidence: tuple[Evidence, ...]
    mentioned: Mentions
    now: datetime
    plans: Mapping[str, Plan] = field(default_factory=dict)


def support_open(facts: Facts) -> str:
    """Whether the help line is open now, in its own time zone, and when it opens next."""
    support = facts.program.support
    if support is None:
        return ""
    local = facts.now.astimezone(ZoneInfo(support.time_zone))
    said = f"By its published hours the {support.name} ({support.contact}) is"
    clock_time = f"it is {local:%A %H:%M} there ({support.time_zone})"
    if hours := _hours(support, local):
        told = f"{said} open now, until {hours.closes:%H:%M}; {clock_time}."
    else:
        opens = _next_opening(support, local)
        told = f"{said} closed now; {clock_time}. It opens next on {opens:%A at %H:%M}."
    return f"{told} {support.caveat}".strip()


def missing(facts: Facts) -> str:
    """What the sets named, or all sets, still lack."""
    parts = _progress(facts).sets
    named = [p for p in parts if p.set.id in facts.mentioned.sets]
    lines = []
    for part in named or parts:
        ids = ", ".join(c.id for c in part.missing)
        lack = f" Missing: {ids}." if ids and not part.complete else ""
        lines.append(missing_lead(facts.program, part) + lack)
    return "\n".join(lines)


def how_far(facts: Facts) -> str:
    """Each set's state in a line."""
    report = _progress(facts)
    head = f"{report.sets_complete} of {report.sets_needed} sets are complete.{achieved(report)}"
    return "\n".join((head, *(f"{p.set.title}: {set_state(p)}." for p in report.sets)))


def expiry(facts: Facts) -> str:
    """When the subscription ends."""
    report = _progress(facts)
    return clock(report.subscription_ends, report.days_left)


def files(facts: Facts) -> str:
    """What is filed, and where."""
    held = [e for e in facts.evidence if e.filing.state is not State.WITHDRAWN]
    if not held:
        return "You have filed nothing yet."
    return "\n".join(_file_line(facts.program, e) for e in held)


def electives(facts: Facts) -> str:
    """The electives chosen."""
    candidate = _candidate(facts)
    titles = [s.title for s in chosen_sets(facts.program, candidate) if not s.required]
    needed = facts.program.electives_needed
    if not titles:
        return f"You have not chosen any of your {needed} electives yet."
    return f"You chose {len(titles)} of {needed} electives: {', '.join(titles)}."


COMPUTATIONS: dict[str, Callable[[Facts], str]] = {
    "support-open": support_open,
    "missing": missing,
    "progress": how_far,
    "expiry": expiry,
    "files": files,
    "electives": electives,
}


def _candidate(facts: Facts) -> Candidate:
    if facts.candidate is None:
        raise LookupError("an answer from a record was chosen for someone who has none")
    return facts.candidate


def _progress(facts: Facts) -> Progress:
    candidate = _candidate(facts)
    today = facts.now.astimezone(candidate.person.zone).date()
    return progress(facts.program, candidate, facts.evidence, today=today, plans=facts.plans)


def _file_line(program: Program, evidence: Evidence) -> str:
    places = " and ".join(short_name(program, s) for s in evidence.filing.sections)
    return f"File {evidence.number}: {evidence.name}, {places or 'waiting for a section'}."


def _hours(support: Support, local: datetime) -> OpeningHours | None:
    """The hours that hold at that moment; a day may have several, as around a lunch break."""
    today = (h for h in support.hours if local.weekday() in h.days)
    return next((h for h in today if h.opens <= local.time() < h.closes), None)


def _next_opening(support: Support, local: datetime) -> datetime:
    """The next opening after `local`; a week always holds one, since hours are never empty."""
    days = (local + timedelta(days=ahead) for ahead in range(8))
    openings = (
        datetime.combine(day.date(), hours.opens, tzinfo=local.tzinfo)
        for day in days
        for hours in support.hours
        if day.weekday() in hours.days
    )
    return min(opening for opening in openings if opening > local)
