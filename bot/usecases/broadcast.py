"""Staff write to many people at once: drafted and shown, tried, confirmed, stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.notices.broadcast import Broadcast, BroadcastState
from bot.domain.notices.groups import Group, group_of
from bot.domain.notices.happenings import BROADCASTS
from bot.domain.notices.manner import told_as
from bot.domain.notices.reach import Reach
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Action, Role
from bot.errors import NotFound, Overtaken, Refused
from bot.phrases import broadcast_reports, broadcasting
from bot.ports import UnitOfWork
from bot.usecases.broadcast_words import check_broadcast
from bot.usecases.people_in import Counted, is_for_others
from bot.usecases.permit import permit, roles_of
from bot.usecases.replaced_broadcast import instead_of
from bot.usecases.tell import reached_at, tell

STALE = timedelta(days=1)  # a draft that is older is shown once more before it is sent
Count = Callable[[Group], Counted]  # raises `Refused` where a group holds nobody
_OVER = frozenset((BroadcastState.CANCELLED, BroadcastState.REPLACED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A draft and where its people are reached; `instead` is the number of the one it replaces.

    `why` tells what changed since that was drafted, where nobody asked for another.
    """

    broadcast: Broadcast
    reach: Reach
    instead: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A cancelled broadcast, and how many of its messages were withdrawn from the outbox.

    One that was replaced before is not cancelled; `instead` is what took its place.
    """

    broadcast: Broadcast
    withdrawn: int
    instead: Broadcast | None = None


def draft(
    uow: UnitOfWork, person: Person, group: Group, text: str, *, count: Count, now: datetime
) -> Preview:
    """Keeps it with the people who are in the group now; nobody is told before it is confirmed.

    `Refused` for a group of nobody, and for a text that is empty, too long or not to be filled in.
    """
    permit(uow, person, Action.BROADCAST, now=now)
    return _draft(uow, person, group, text, count=count, now=now)


def change(
    uow: UnitOfWork, person: Person, number: int, text: str, *, count: Count, now: datetime
) -> Preview:
    """A new draft to the same group in place of an older one, which cannot be sent any more."""
    old = _own(uow, person, number, now=now)
    if old.state is not BroadcastState.DRAFT:
        raise Refused(broadcast_reports.not_a_draft(old))
    made = _draft(uow, person, _group(old), text, count=count, now=now)
    _replace(uow, old, now=now)
    return replace(made, instead=old.id)


def send_test(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Address:
    """Sends it to whoever asks alone, just as the others will get it; where to is given."""
    broadcast = find(uow, person, number, now=now)
    to = reached_at(uow, person, now=now)
    key = f"broadcast-test:{number}:{person.id}:{now.isoformat()}"
    uow.outbox.add(message(program, broadcast, person, to, key=key), due=now)
    return to


def confirm(
    uow: UnitOfWork, person: Person, number: int, *, count: Count, now: datetime
) -> Broadcast | Preview:
    """Lets it be sent; only whoever drafted it and admins may. Harmless twice.

    An old draft, and one whose group has other people since, is not sent: a new one is
    made in its place, to be looked at and confirmed.
    """
    found = _own(uow, person, number, now=now)
    if found.state in _OVER:
        raise Refused(broadcast_reports.not_a_draft(found))
    if found.state is not BroadcastState.DRAFT:
        return found
    group = _group(found)
    old = now - found.made_at > STALE
    if old or is_for_others(uow, found, count(group)):
        made = _draft(uow, person, group, found.text, count=count, now=now)
        _replace(uow, found, now=now)
        why = broadcasting.why_anew(made.broadcast, found, old=old)
        return replace(made, instead=found.id, why=why)
    sending = replace(found, state=BroadcastState.SENDING)
    _save(uow, sending, was=found)
    note(uow, sending, "broadcast-sent", by=person, now=now)
    return sending


def cancel(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Cancelled:
    """Stops it: what is not in the outbox goes nowhere, and what waits there is withdrawn.

    Any of the staff may. What was sent stays with those who have it. Harmless twice.
    """
    found = _held(uow, person, number, now=now)
    if found.state in _OVER:
        return Cancelled(broadcast=found, withdrawn=0, instead=instead_of(uow, found))
    withdrawn = uow.broadcasts.withdraw(number, at=now, reason=broadcast_reports.WITHDRAWN)
    if found.state is BroadcastState.SENT and not withdrawn:
        raise Refused(broadcast_reports.nothing_to_stop(found))
    ended = replace(found, state=BroadcastState.CANCELLED, ended_at=now)
    _save(uow, ended, was=found)
    note(uow, ended, "broadcast-cancelled", by=person, now=now, more={"withdrawn": str(withdrawn)})
    _tell_drafter(uow, program, person, ended, now=now)
    return Cancelled(broadcast=ended, withdrawn=withdrawn)


def find(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Broadcast:
    """The broadcast of that number, for whoever may write to many; `NotFound` otherwise."""
    permit(uow, person, Action.BROADCAST, now=now)
    return _there(uow.broadcasts.get(number), number)


def message(
    program: Program, broadcast: Broadcast, person: Person, to: Address, *, key: str
) -> OutboundMessage:
    """What the person gets of it at that place."""
    return OutboundMessage(
        key=key,
        to=to,
        conversation=str(to),
        reply=as_read(program, broadcast, person),
        kind=told_as(program, BROADCASTS).declinable,
        whose=person.id,
    )


def as_read(program: Program, broadcast: Broadcast, person: Person) -> Reply:
    """What the person reads."""
    declinable = bool(told_as(program, BROADCASTS).declinable)
    return broadcasting.message(program, broadcast.text, person.name, declinable=declinable)


def note(
    uow: UnitOfWork,
    broadcast: Broadcast,
    action: str,
    *,
    by: Person,
    now: datetime,
    more: Mapping[str, str] | None = None,
) -> None:
    """Puts onto the trail what was done with it: to how many, and a hash in place of its words."""
    digest = hashlib.sha256(broadcast.text.encode()).hexdigest()
    details = {"group": broadcast.group, "people": str(broadcast.total), "sha256": digest}
    uow.trail.append(
        at=now,
        actor=f"person:{by.id}",
        action=action,
        subject=f"broadcast:{broadcast.id}",
        details=details | dict(more or {}),
    )


def _draft(
    uow: UnitOfWork, person: Person, group: Group, text: str, *, count: Count, now: datetime
) -> Preview:
    words = text.strip()
    check_broadcast(words)
    found = count(group)
    people = found.people
    new = Broadcast(
        id=0, by=person.id, group=group.said, text=words, made_at=now, total=len(people)
    )
    kept = uow.broadcasts.add(new, people)
    note(uow, kept, "broadcast-drafted", by=person, now=now)
    return Preview(broadcast=kept, reach=found.reach)


def _held(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Broadcast:
    """The same, held before its messages, as whoever sends it does; waits for such a one."""
    permit(uow, person, Action.BROADCAST, now=now)
    return _there(uow.broadcasts.hold(number), number)


def _there(found: Broadcast | None, number: int) -> Broadcast:
    if found is None:
        raise NotFound(f"There is no broadcast {number}. Say: broadcasts, for those there are.")
    return found


def _own(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Broadcast:
    """One that this person may send: their own, or an admin's choice."""
    found = find(uow, person, number, now=now)
    if found.by != person.id and Role.ADMIN not in roles_of(uow, person, now=now):
        raise Refused(broadcasting.somebody_elses(found))
    return found


def _group(broadcast: Broadcast) -> Group:
    found = group_of(broadcast.group)
    if found is None:
        raise Refused(
            f"Broadcast {broadcast.id} is to a group that this version does not know; nothing was "
            "sent. Draft it anew: broadcast to GROUP: WORDS."
        )
    return found


def _replace(uow: UnitOfWork, old: Broadcast, *, now: datetime) -> None:
    """Another draft took its place, so it can only be a mistake to send it."""
    _save(uow, replace(old, state=BroadcastState.REPLACED, ended_at=now), was=old)


def _save(uow: UnitOfWork, broadcast: Broadcast, *, was: Broadcast) -> None:
    if not uow.broadcasts.save(broadcast, was=was):
        raise Overtaken(f"Broadcast {was.id} changed just now. Look again: broadcast {was.id}.")


def _tell_drafter(
    uow: UnitOfWork, program: Program, person: Person, ended: Broadcast, *, now: datetime
) -> None:
    """Somebody else stopped what they wrote."""
    drafter = uow.people.get(ended.by)
    if drafter and drafter.id != person.id:
        told = broadcast_reports.stopped_by(program, ended, person.name)
        tell(uow, drafter, told, key=f"broadcast-cancelled:{ended.id}", now=now)
