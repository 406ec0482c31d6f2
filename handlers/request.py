"""What a feature handler is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.messages import InboundMessage, Reply
from bot.domain.notices.groups import Group
from bot.domain.people import Candidate, Person
from bot.errors import NotFound
from bot.knowledge.intents import Guess
from bot.knowledge.search import Found
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.people_in import Counted
from bot.usecases.put_bytes import Stored
from bot.usecases.report_unanswered import Group as Unanswered
from bot.usecases.take_in import Taken
from handlers.often import Often

MOST = 1_000_000_000  # beyond any number of anything; databases take no larger one


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The slow part, done before the transaction.

    Files read, passages found, intent guessed, declined questions grouped, an archive made, groups
    of people counted.
    """

    taken: tuple[Taken, ...] = ()
    found: Found | None = None
    guess: Guess | None = None
    groups: tuple[Unanswered, ...] | None = None
    archive: Stored | None = None
    counted: Mapping[Group, Counted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One message of one person inside one transaction. `args` are the command's named parts.

    `apart` means that its words stand for themselves: they pick no choice by its label, and go to
    no statement and to nobody who is on a question where they are handled.
    """

    message: InboundMessage
    text: str
    prepared: Prepared
    uow: UnitOfWork
    desk: Desk
    now: datetime
    person: Person | None
    candidate: Candidate | None
    apart: bool = False
    args: Mapping[str, str] = field(default_factory=dict)
    often: Often = field(default_factory=Often)

    @property
    def key(self) -> str:
        """The message's own key: what it changes carries it, so that it undoes as one."""
        return f"{self.message.sender.channel}:{self.message.id}"

    def who(self) -> Candidate:
        """The candidate who asks; `Unknown` when the address is nobody's."""
        if self.candidate is None:
            raise Unknown
        return self.candidate

    def actor(self) -> Person:
        """Whoever asks, candidate or not; `Unknown` when the address is nobody's."""
        if self.person is None:
            raise Unknown
        return self.person

    def number(self, name: str = "number") -> int:
        """A number of the command, as large as a database takes at most."""
        return min(int(self.args[name]), MOST)


class Unknown(NotFound):
    """The asker has no record here, or their address is not connected to it."""


class NotMine(Exception):
    """What looked like a command is none; it is handled as free text."""


Handler = Callable[[Request], tuple[Reply, ...]]
