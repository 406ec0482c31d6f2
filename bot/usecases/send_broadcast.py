"""Put the messages of broadcasts into the outbox, few enough that nobody else waits for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.channel_state import State
from bot.domain.messages import Address, OutboundMessage
from bot.domain.notices.broadcast import Broadcast, BroadcastState, message_key
from bot.domain.notices.days import after_quiet
from bot.domain.notices.happenings import BROADCASTS
from bot.domain.notices.manner import Manner, told_as
from bot.domain.notices.reach import reached_with
from bot.domain.notices.situation import Situation
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Role
from bot.errors import Overtaken
from bot.phrases import broadcast_reports
from bot.ports import Clock, UnitOfWork
from bot.usecases.broadcast import message
from bot.usecases.broken_people import guarded, left_out, readable
from bot.usecases.see_broadcast import progress_of
from bot.usecases.tell import tell_all

RATE = 20  # messages a second, over all channels
BATCH = timedelta(seconds=5)  # of messages that one transaction puts into the outbox
SOON = timedelta(seconds=2)  # before its first message is due a batch is made
AHEAD = timedelta(minutes=2)  # more than this was noted by a clock that was ahead
EVERY = timedelta(seconds=30)  # between looks whether all of a broadcast has arrived
LATEST = timedelta(days=2)  # nothing is due later than that from now, but by a clock that was ahead
LONGEST = timedelta(days=1)  # after which its end is told although some of it still waits
AT_ONCE = 20  # broadcasts whose end is told in one transaction
_FASTER = "Somebody else was faster."


class Broadcasting:
    """Sends what is to be sent, and tells who drafted it when that is done. One for each thread."""

    def __init__(self, uow: UnitOfWork, program: Program, *, clock: Clock) -> None:
        self._uow = uow
        self._program = program
        self._clock = clock
        self._next = clock()

    def __call__(self) -> bool:
        """Puts some messages into the outbox; false when there is nothing to put there now."""
        now = self._clock()
        did = self._once(send_some)
        if not now < self._next <= now + EVERY:
            self._next = now + EVERY
            did |= self._once(bring_back)
            did |= self._once(tell_ended)
        return did

    def _once(self, do: Callable[..., bool]) -> bool:
        """In a transaction of its own, which is undone when another sender was faster."""
        with self._uow as uow:
            if not uow.broadcasts.alone():
                return False
            try:
                did = do(uow, self._program, now=self._clock())
            except Overtaken:
                return True
            if did:
                uow.commit()
        return did


def send_some(uow: UnitOfWork, program: Program, *, now: datetime, rate: int = RATE) -> bool:
    """Puts the next few messages of the oldest broadcast that is being sent into the outbox.

    They are due one after the other, `rate` a second, so that an answer is never behind more than
    a few of them; nothing is added while earlier ones are not sent. False when there is nothing to
    do now. `Overtaken` when another sender was faster: roll back. The messages' keys and the marks
    at the people are of one transaction, so that a crash leaves nobody out and tells nobody twice.
    """
    running = uow.broadcasts.sending()
    if running is None:
        return False
    start = _free_from(uow, now=now)
    if start > now + SOON or _is_behind(uow, running, now=now, most=rate * 2):
        return False
    _hold(uow, running)
    people = uow.broadcasts.next_people(running.id, limit=int(rate * BATCH.total_seconds()))
    until = start + timedelta(seconds=len(people) / rate)
    after = replace(running, queued=running.queued + len(people), spread_until=until)
    if not people:
        after = replace(running, state=BroadcastState.SENT, ended_at=now)
    _save(uow, after, was=running)
    spread = _Spread(start=start, before=running.queued, rate=rate)
    uow.outbox.add_many(tuple(_messages(uow, program, running, people, spread=spread)))
    return True


def bring_back(uow: UnitOfWork, _program: Program, *, now: datetime, rate: int = RATE) -> bool:
    """Lets what was put off by a clock that was ahead leave now, at the rate; False for nothing.

    Whoever drafted it is told again once all of it has arrived.
    """
    return uow.broadcasts.bring_back(now=now, latest=now + LATEST, rate=rate)


def tell_ended(uow: UnitOfWork, program: Program, *, now: datetime) -> bool:
    """Tells the drafters of broadcasts all of whose messages have arrived or failed, once each.

    The messages of one that still waits are not counted. `Overtaken` when another sender was
    faster: roll back.
    """
    did = False
    for one in uow.broadcasts.untold(limit=AT_ONCE):
        if now - (one.ended_at or now) < LONGEST and uow.broadcasts.waits(one.id):
            continue
        _save(uow, replace(one, told_at=now), was=one)
        did = True
        report = broadcast_reports.ended(program, progress_of(uow, one))
        key = f"broadcast-ended:{one.id}:{one.ended_at}"  # which a clock that was ahead may change
        tell_all(uow, _answerable(uow, one), report, key=key, now=now)
    return did


def _answerable(uow: UnitOfWork, broadcast: Broadcast) -> Sequence[Person]:
    """Whoever drafted it; the admins where that is nobody of the staff any more."""
    drafter = uow.people.get(broadcast.by)
    return (drafter,) if drafter and uow.roles.of(drafter) else uow.roles.holders((Role.ADMIN,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """When each message of a batch is due; `before` are those of the broadcast that went before."""

    start: datetime
    before: int
    rate: int

    def due(self, place: int, manner: Manner, situation: Situation) -> datetime:
        """Not within quiet hours; what waits for their end does not come all at once then."""
        at = self.start + timedelta(seconds=place / self.rate)
        quiet = situation.wishes.quiet or manner.quiet
        due = after_quiet(at, quiet, situation.person.zone)
        return due if due == at else due + timedelta(seconds=(self.before + place) / self.rate)


def _messages(
    uow: UnitOfWork, program: Program, running: Broadcast, people: Sequence[int], *, spread: _Spread
) -> Iterator[tuple[OutboundMessage, datetime]]:
    """Those who are not reached, want none of it or are broken are left out: the report says so."""
    manner = told_as(program, BROADCASTS)

    def put(place: int, one: Situation) -> tuple[OutboundMessage, datetime] | None:
        to = reached_with(manner, one)
        if not isinstance(to, Address):
            return None
        key = message_key(running.id, one.person.id)
        return message(program, running, one.person, to, key=key), spread.due(place, manner, one)

    fault = left_out(f"broadcast {running.id}")
    found = readable(uow, program, people, now=spread.start, fault=fault)
    for place, one in enumerate(found):
        if made := guarded(fault, one.person.id, put, place, one):
            yield made


def _hold(uow: UnitOfWork, running: Broadcast) -> None:
    """Keeps whoever cancels it waiting until the end of this transaction.

    What is being put into the outbox would else not be withdrawn. Other senders are kept out by
    `alone`, and where one was not asked for, find here that it is not any more what it was.
    """
    if uow.broadcasts.hold(running.id) != running:
        raise Overtaken(_FASTER)


def _save(uow: UnitOfWork, broadcast: Broadcast, *, was: Broadcast) -> None:
    if not uow.broadcasts.save(broadcast, was=was):
        raise Overtaken(_FASTER)


def _free_from(uow: UnitOfWork, *, now: datetime) -> datetime:
    """When the next message may be due, after those of earlier batches."""
    until = uow.broadcasts.spread_until()
    return now if until is None or until < now or until > now + AHEAD else until


def _is_behind(uow: UnitOfWork, running: Broadcast, *, now: datetime, most: int) -> bool:
    """Whether so many wait on a channel that works; one that does not holds up no other."""
    states = {one.channel: one.state for one in uow.channels.all()}
    behind = uow.broadcasts.behind(running.id, now=now)
    return any(
        count > most and states.get(channel) is State.CONNECTED for channel, count in behind.items()
    )
