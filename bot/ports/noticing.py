"""What is kept for notices. Everything may raise `StorageFailed`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.notices.calendar import Entry
from bot.domain.notices.notice import Noted
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.notices.wishes import Hush, Wishes
from bot.domain.people import Person
from bot.domain.program import Program


class Situations(Protocol):
    """People with all that their notices are derived from, many in a few queries."""

    def of(
        self, people: Collection[int], *, now: datetime, program: Program
    ) -> tuple[Situation, ...]:
        """Those of the people (some thousand at most) who are not erased, by number.

        The program tells what is kept which sections are of which set, and what completes it.
        """
        ...

    def numbers(self, *, after: int = 0, limit: int) -> tuple[int, ...]:
        """The numbers above `after` of everybody known and not erased, in order."""
        ...

    def zones(self) -> Mapping[str, int]:
        """How many people live in each time zone, by its name as it is kept."""
        ...

    def count(self) -> int:
        """How many people are known and not erased."""
        ...

    def names(self, people: Collection[int]) -> Mapping[int, str]:
        """What those of the people are called who are not erased."""
        ...


class Notices(Protocol):
    """The books: what became of each notice, by its key."""

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that are in the books."""
        ...

    def note(self, noted: Sequence[Noted]) -> frozenset[str]:
        """Writes them; gives the keys that were not there, which are the caller's to act on."""
        ...

    def unsay(self, keys: Collection[str], *, message: str) -> None:
        """Takes out those of the keys that were said by that message, which did not say them."""
        ...

    def miss(self, keys: Collection[str], *, message: str, at: datetime) -> None:
        """Those of the keys that were to be said by that message were missed then instead."""
        ...

    def told(self, person: Person, matter: str) -> bool:
        """Whether anything of that matter was ever said to the person."""
        ...

    def forget(self, *, missed_after: datetime, due_after: datetime | None) -> int:
        """Takes out what was missed after the one instant or is due after the other; how many.

        None stands for never.
        """
        ...

    def of(self, person: Person, *, limit: int) -> tuple[Noted, ...]:
        """The newest of a person's, newest first."""
        ...

    def missed(self, *, since: datetime, limit: int) -> tuple[Noted, ...]:
        """Those missed at or after that instant, oldest first."""
        ...

    def count_missed(self, *, since: datetime) -> Mapping[str, int]:
        """How many were missed at or after that instant, by kind."""
        ...


class KeptWishes(Protocol):
    """What people chose about notices, but for declined kinds (`WantedKinds`).

    What cannot be read of it is as if it was not chosen, and is told in the log.
    """

    def of(self, person: Person) -> Wishes:
        """The person's wishes, with what is declined at any of their places and what is hushed."""
        ...

    def put(self, person: Person, wishes: Wishes) -> None:
        """Keeps quiet hours, cadences and the channel in place of those kept before."""
        ...

    def unreadable(self) -> Mapping[int, tuple[str, ...]]:
        """What of their choices cannot be read, in words, of those of whom anything cannot."""
        ...

    def hush(self, person: Person, hush: Hush) -> None:
        """Keeps it in place of what was said of the same matter before."""
        ...

    def bring_back(self, *, now: datetime) -> int:
        """Moves what was hushed after that back to it, by the same length; how many.

        For a clock that was ahead: a snooze of three days lasts three days from now.
        """
        ...

    def unhush(self, person: Person, matter: str) -> bool:
        """Forgets it; False when there was none."""
        ...


class Reminders(Protocol):
    """Reminders that people set for themselves."""

    def add(self, new: Reminder) -> Reminder:
        """Keeps one; its id and its number in the person's list are given here.

        Whoever adds another for the person meanwhile waits until the transaction ends.
        """
        ...

    def of(self, person: Person) -> tuple[Reminder, ...]:
        """Those that were neither cancelled nor done, by time."""
        ...

    def numbered(self, person: Person, number: int) -> Reminder | None:
        """The person's reminder of that number, unless it ended."""
        ...

    def end(self, reminder: Reminder, *, at: datetime) -> bool:
        """Cancels it or notes that it is done; False when it had ended."""
        ...

    def move(self, reminder: Reminder, *, to: datetime) -> Reminder | None:
        """The same with another time (aware UTC), and its number kept; None when it had ended."""
        ...

    def reopen(self, person: Person, number: int) -> Reminder | None:
        """Takes back that it ended; None when the person's one of that number had not."""
        ...


class GatheredNews(Protocol):
    """What happened and waits for somebody's digest."""

    def add(self, gathered: Gathered) -> bool:
        """Keeps it; False when its key was used before."""
        ...

    def known(self, key: str) -> bool:
        """Whether there is news of that key, told or not."""
        ...

    def take(self, keys: Collection[str], *, message: str, at: datetime) -> None:
        """They are told by that message of the outbox now."""
        ...

    def forget(self, *, until: datetime) -> int:
        """Forgets those that were told up to that instant by a message that ended; how many."""
        ...

    def give_back(self, keys: Collection[str], *, message: str) -> None:
        """Those that the message was to tell, and did not, wait again."""
        ...

    def bring_back(self, *, now: datetime, dropped: Collection[str]) -> int:
        """Lets what happened after that have happened then; how many. For a clock that was ahead.

        What was `dropped` after it, for one of those reasons in place of a message, waits again.
        """
        ...

    def told_by(self, message: str) -> tuple[Gathered, ...]:
        """What that message of the outbox tells, oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A private calendar address: only the hash of its token is kept."""

    person_id: int
    token_hash: str
    made_at: datetime


class Feeds(Protocol):
    """Private calendar addresses, one a person, and what their calendars were told last."""

    def of(self, person: Person) -> Feed | None:
        """The person's feed."""
        ...

    def put(self, person: Person, token_hash: str, *, at: datetime) -> None:
        """Puts the token in place of an older one, which opens nothing from now on."""
        ...

    def drop(self, person: Person) -> bool:
        """Nothing opens the person's calendar any more; False when nothing did."""
        ...

    def owner(self, token_hash: str) -> Person | None:
        """Whose feed it is."""
        ...

    def entries(self, person: Person) -> tuple[Entry, ...]:
        """The entries as they were told last, cancelled ones too, by uid.

        Until the transaction ends they are kept from whoever else asks for them: that one waits,
        so that two never count on from the same. Nobody who keeps other things of the person waits.
        """
        ...

    def keep(self, person: Person, entries: Sequence[Entry]) -> None:
        """Puts these in their place."""
        ...
