"""Under which rules people were looked at last: several processes may have different ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from logging import getLogger

from bot.domain.program import Program
from bot.ports import UnitOfWork

log = getLogger(__name__)
NAME = "notices"
LATE = timedelta(minutes=10)  # after which a sweep should be over
SETTLES = timedelta(minutes=10)  # how long two versions may run side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The program and the version of its rules; `since` is when they took another one's place."""

    program: str
    rules: str
    since: datetime | None = None

    def __str__(self) -> str:
        since = self.since.isoformat() if self.since else ""
        return json.dumps([self.program, self.rules, since])

    def settled(self, now: datetime) -> bool:
        """Whether it is a while since they took another one's place."""
        return self.since is None or not self.since <= now < self.since + SETTLES


@dataclass(frozen=True, slots=True)
class Since:
    """Until when people were looked at: all of them, but for those at whom that failed."""

    swept: datetime | None
    failed: Mapping[int, datetime]

    def of(self, person: int) -> datetime | None:
        """None where nobody was ever looked at."""
        before = self.failed.get(person)
        return min(self.swept, before) if self.swept and before else self.swept


def mark_of(text: str) -> Mark | None:
    """The mark as it was kept; None for nothing that is one."""
    try:
        program, rules, since = json.loads(text)
        begun = datetime.fromisoformat(since) if since else None
    except (TypeError, ValueError):
        return None
    return Mark(program=str(program), rules=str(rules), since=begun)


def next_mark(
    swept: datetime | None, mark: Mark | None, program: Program, *, now: datetime
) -> Mark | None:
    """The mark of a sweep by that program; None where it has no turn.

    Another program has one once nobody has swept by the first for a while, and says so. Other rules
    of the same program take their place at once, but not again for a while: two processes that
    sweep in turns by different ones would look at everybody each time.
    """
    rules = program.notices.mark
    if swept is None or mark is None:
        return Mark(program=program.id, rules=rules)
    if mark.program != program.id:
        if swept <= now < swept + SETTLES:
            _warn(program.id, mark.program)
            return None
        return Mark(program=program.id, rules=rules)
    if mark.rules == rules or not mark.settled(now):
        return mark
    return Mark(program=program.id, rules=rules, since=now)


def warn_held(swept: datetime | None, *, now: datetime) -> None:
    """Says in the log that another process sweeps for so long that it may never end."""
    if swept is not None and now - swept > LATE:
        log.warning(
            "Another process is at the notices of this database, and nobody has been told anything "
            "by the clock for %d minutes. If this goes on it hangs: end it, and start it anew",
            (now - swept).total_seconds() // 60,
            extra={"action": "notices-held"},
        )


def swept_by_others(uow: UnitOfWork, program: Program) -> bool:
    """Whether notices are said by another program here."""
    mark = mark_of(uow.looks.swept(NAME)[1])
    return mark is not None and mark.program != program.id


@cache  # once in a process, and not each minute
def _warn(own: str, other: str) -> None:
    log.warning(
        "This process has the program %s, and another one tells people of deadlines by %s, so this "
        "one does not. Serve one program for a database",
        own,
        other,
        extra={"action": "notices-others"},
    )
