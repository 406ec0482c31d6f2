"""See what waits to be said, what was said, and what was not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.codes import KEY as CODE
from bot.domain.codes import without_codes
from bot.domain.filenames import printable
from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.people import Person
from bot.errors import NotFound
from bot.ports import Listed, Standing, UnitOfWork, Wanted
from bot.ports.listing import Fault
from bot.usecases.identify import named
from bot.usecases.tell import places_of

HIDDEN = "(a code: whoever has it is let in)"
PERSONAL = "(a reminder of their own)"
_OWN = "done reminder-"  # every such reminder offers that, whatever a program calls their kind
_LONGEST = 80  # characters of what is shown of a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message of the outbox, and whom it goes to: None for a room and for strangers."""

    listed: Listed
    person: Person | None
    begins: str

    @property
    def kind(self) -> str:
        """What sort of notice it is; empty for answers."""
        message = self.listed.message
        return message.kind or next((key.partition(":")[0] for key in message.notices), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for. `who` is an e-mail address on record, `#NUMBER`, or `CHANNEL:PLACE`."""

    standing: Standing | None = None
    who: str = ""
    kind: str = ""
    since: datetime | None = None


def see_outbox(
    uow: UnitOfWork, asked: Asked, *, limit: int, fault: Fault | None = None
) -> tuple[Mapping[Standing, int], tuple[Seen, ...]]:
    """How many messages of each standing there are in all, and those that were asked for.

    Of each that cannot be read `fault` is told the number. Nothing is changed, and nobody is kept
    from sending meanwhile for longer than that takes.
    """
    wanted = Wanted(
        standing=asked.standing,
        places=_places(uow, asked.who) if asked.who else (),
        kind=asked.kind,
        since=asked.since,
    )
    people: dict[Address, Person | None] = {}
    found = uow.listed.page(wanted, limit=limit, fault=fault)
    return uow.listed.counts(), tuple(_seen(uow, one, people) for one in found)


def first_words(reply: Reply, *, longest: int = _LONGEST) -> str:
    """How a reply begins, on one line and with nothing in it that a terminal would obey."""
    said = next((line for line in map(printable, reply.said) if line), "")
    return said if len(said) <= longest else f"{said[: longest - 1]}\u2026"


def _seen(uow: UnitOfWork, listed: Listed, people: dict[Address, Person | None]) -> Seen:
    message = listed.message
    if message.to not in people:
        people[message.to] = named(uow, message.to)
    return Seen(listed=listed, person=people[message.to], begins=begins(message))


def begins(message: OutboundMessage) -> str:
    """How it begins, without what lets anybody in, and without what somebody told themselves."""
    if message.key.startswith(CODE):
        return HIDDEN
    if message.notices and any(one.says.startswith(_OWN) for one in message.reply.choices):
        return PERSONAL
    return without_codes(first_words(message.reply))


def whole(message: OutboundMessage) -> tuple[str, ...]:
    """All that it says, line by line, with the same left out."""
    first = begins(message)
    if first in (HIDDEN, PERSONAL):
        return (first,)
    said = replace(message.reply, choices=()).said
    return tuple(without_codes(line) for line in map(printable, said) if line)


def _places(uow: UnitOfWork, who: str) -> tuple[str, ...]:
    person = uow.people.find(who)
    if person is not None:
        return tuple(str(place) for place in places_of(uow, person))
    if ":" in who:
        # A terminal's name goes on with whose it is, and so does the place there.
        return (who, f"{who}:{who.partition(':')[2]}")
    raise NotFound(
        f"Nobody is known by {who!r}: give the e-mail address on record, #NUMBER, or "
        "CHANNEL:PLACE as the list shows it."
    )
