"""A message came back from an address: it is avoided for a while, and its person told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.bouncing import Bounce, avoided_until, status_in
from bot.domain.messages import ON_RECORD, Address
from bot.domain.notices.happenings import UNDELIVERABLE
from bot.domain.notices.manner import Manner, told_as
from bot.domain.people import Person
from bot.domain.program import Program
from bot.phrases import losing
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import alert_staff
from bot.usecases.identify import named
from bot.usecases.link_address import note
from bot.usecases.lose_address import lose_address
from bot.usecases.tell import avoided, reached_at, redirect, tell
from bot.usecases.unreached import mark_reach

SPOKE = timedelta(days=1)
BEGINNING = 20  # letters of a Message-ID that tell it from every other


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """What a bounce tells of the message of that id; `hard` means that nobody is there.

    Of `why`, which others may have written, the enhanced status alone is kept.
    """

    receipt: str
    hard: bool
    why: str


def note_bounce(
    uow: UnitOfWork,
    program: Program,
    address: Address,
    came: CameBack,
    *,
    rooms: Sequence[Address] = (),
    now: datetime,
) -> bool:
    """Marks the address, and lets what waits for it go where its person is else.

    An address without a value is that to which the message went. Staff are told of somebody who is
    not reached anywhere any more: by a card where they have `rooms`. False, and nothing is done,
    when Carrel sent no message of that id there. Harmless twice.
    """
    to = _receiver(uow, address, came.receipt)
    if to is None:
        return False
    # Known by its whole id or its beginning: the same message counts once.
    known = came.receipt.strip("<> ").lower()[:BEGINNING]
    hard = came.hard and not _spoke_lately(uow, to, now=now)
    came, how = replace(came, receipt=known, hard=hard), told_as(program, UNDELIVERABLE)
    _mark(uow, to, came, rooms=rooms, now=now, how=how)
    return True


def note_refused(
    uow: UnitOfWork,
    program: Program,
    address: Address,
    *,
    why: str,
    rooms: Sequence[Address] = (),
    now: datetime,
) -> bool:
    """Notes that nobody is there, as its server said at once; see `lose_address` for the rest.

    True when its person is reached elsewhere, and what waited is on its way there.
    """
    if address.channel != ON_RECORD:
        return lose_address(uow, address, why=why, now=now)
    person = named(uow, address)
    came = CameBack(receipt=f"refused {now:%Y-%m-%d}", hard=True, why=why)
    _mark(uow, address, came, rooms=rooms, now=now, how=told_as(program, UNDELIVERABLE))
    return person is not None and reached_at(uow, person, now=now) != address


def _receiver(uow: UnitOfWork, address: Address, receipt: str) -> Address | None:
    if not address.value:
        return uow.sent_mails.receiver(address.channel, receipt)
    small = Address(channel=address.channel, value=address.value.lower())
    return small if uow.sent_mails.receipt(small, receipt) else None


def _spoke_lately(uow: UnitOfWork, address: Address, *, now: datetime) -> bool:
    """Whether somebody was there so lately that a bounce which says nobody is may be made up."""
    heard = uow.bounces.heard_at(address)
    return heard is not None and heard > now - SPOKE


def _mark(
    uow: UnitOfWork,
    address: Address,
    came: CameBack,
    *,
    rooms: Sequence[Address],
    now: datetime,
    how: Manner,
) -> None:
    said = status_in(came.why)
    before = uow.bounces.of(address)
    bounce = Bounce(hard=came.hard, at=now)
    if not uow.bounces.note(address, bounce, receipt=came.receipt, why=said):
        return
    until, person = avoided(uow, address, now=now), named(uow, address)
    if until is None or person is None or _known(before, bounce):
        return
    if not _elsewhere(uow, person, address, bounce, until=until, why=said) and bounce.hard:
        if rooms:
            mark_reach(uow, person, now=now)
        else:
            told = losing.told_unreached(person.name, address.value)
            key = f"unreached:{address}:{now.isoformat()}"
            alert_staff(uow, (), told, key=key, now=now, how=how)


def _known(before: Sequence[Bounce], bounce: Bounce) -> bool:
    """Whether the address is avoided already, and for no less."""
    same = [one for one in before if one.hard or not bounce.hard]
    until = avoided_until(same)
    return until is not None and until > bounce.at


def _elsewhere(
    uow: UnitOfWork, person: Person, address: Address, bounce: Bounce, *, until: datetime, why: str
) -> bool:
    """The other place is told once; false where there is none, and what is to be said waits."""
    now = bounce.at
    instead = reached_at(uow, person, now=now)
    if bounce.hard and instead != address:
        lose_address(uow, address, why=why, now=now)
        return True
    details = {"channel": address.channel, "why": why}
    note(uow, person, "address-avoided", now=now, actor="carrel", details=details)
    if instead == address:
        return False
    told = losing.told_avoided(address.value, until, person.zone)
    tell(uow, person, told, key=f"avoided:{address}:{now.isoformat()}", now=now)
    redirect(uow, person, address, instead, now=now)
    return True
