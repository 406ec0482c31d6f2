"""Nobody is reached at an address any more: what waits there goes to where its person is."""

from __future__ import annotations

from datetime import datetime

from bot.domain.bouncing import status_in
from bot.domain.messages import ON_RECORD, Address
from bot.domain.people import Person
from bot.phrases import losing
from bot.ports import UnitOfWork
from bot.usecases.link_address import note
from bot.usecases.tell import reached_at, redirect, tell

LONGEST_WHY = 80  # characters


def lose_address(uow: UnitOfWork, address: Address, *, why: str, now: datetime) -> bool:
    """Disconnects an address whose account is switched off, or whose owner shut Carrel out.

    `why` is a vendor's word or a few of ours, for the trail; of what a mail server says its status.
    The person is told once, at the next proved address or else the one on record. True when there
    is such a person and such a place, and what waited is on its way there; codes stay behind.
    Harmless twice. See `regain_address` for how it comes back.
    """
    person = uow.people.at(address)
    if person is None:
        return _lose_record(uow, address, why=why, now=now)
    uow.people.disconnect(address, lost=True)
    _note(uow, person, address, why=why, now=now)
    instead = reached_at(uow, person, now=now)
    if instead == address:
        return False
    told = losing.told_lost(address, uow.people.addresses(person))
    tell(uow, person, told, key=f"lost:{address}:{now.isoformat()}", now=now)
    redirect(uow, person, address, instead, now=now)
    return True


def _lose_record(uow: UnitOfWork, address: Address, *, why: str, now: datetime) -> bool:
    """The address on record, which nobody proved, takes no mail; only the staff can mend that."""
    person = uow.people.find(address.value) if address.channel == ON_RECORD else None
    if person is None or person.email != address.value or not uow.people.addresses(person):
        return False
    told = losing.told_record_lost(address.value)
    if tell(uow, person, told, key=f"lost:{address}", now=now):
        _note(uow, person, address, why=why, now=now)
    return redirect(uow, person, address, reached_at(uow, person, now=now), now=now) > 0


def _note(uow: UnitOfWork, person: Person, address: Address, *, why: str, now: datetime) -> None:
    mailed = address.channel == ON_RECORD
    said = status_in(why) if mailed else " ".join(why.split())[:LONGEST_WHY]
    details = {"channel": address.channel, "why": said}
    note(uow, person, "address-lost", now=now, actor="carrel", details=details)
