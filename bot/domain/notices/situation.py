"""Everything that a person's notices are derived from, read at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.appeal import Appeal
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Address, Reply
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.wishes import Wishes
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence
from bot.domain.rules import Route
from bot.domain.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Something that happened and waits for the person's next digest."""

    key: str
    person_id: int
    kind: str
    at: datetime
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A person as notices see them; `candidate` is None for one who is none.

    `places` are where they can be told things: proved addresses, the newest first, then the one on
    record; those `avoided` now (messages came back) are among them too. `touched` is the last
    change by set, in evidence or statement; sets without any are not in it. Submissions, requests
    and appeals are all there are, oldest first; a submission's `items` are left out. `stated` are
    the sets with a statement. `certified_on` is the day, where the person lives, of the decision at
    `certified_at` with which the certification was complete. `gathered` is what waits for a digest,
    oldest first; `gone` is what waited and is not theirs to hear any more, the reason by key.
    """

    person: Person
    places: tuple[Address, ...]
    avoided: frozenset[Address] = frozenset()
    candidate: Candidate | None = None
    evidence: tuple[Evidence, ...] = ()
    touched: Mapping[str, datetime] = field(default_factory=dict)
    stated: frozenset[str] = frozenset()
    routes: Mapping[str, Route] = field(default_factory=dict)
    submissions: tuple[Submission, ...] = ()
    requests: tuple[EvidenceRequest, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    certified_on: date | None = None
    certified_at: datetime | None = None
    reminders: tuple[Reminder, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    gathered: tuple[Gathered, ...] = ()
    gone: Mapping[str, str] = field(default_factory=dict)
