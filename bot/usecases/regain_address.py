"""An address that was lost is its person's again once its owner speaks there."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Address
from bot.domain.people import Person
from bot.phrases import losing
from bot.ports import UnitOfWork
from bot.usecases.link_address import note
from bot.usecases.tell import places_of, tell_at
from bot.usecases.unreached import mark_reach


def regain_address(uow: UnitOfWork, address: Address, *, now: datetime) -> Person | None:
    """Whose the address is again, who is told of it wherever else they are reached; or None.

    Only what was lost, on a channel whose identifiers are never given to somebody else, and not
    what its person disconnected. Harmless twice.
    """
    if not losing.is_for_good(address.channel):
        return None
    person = uow.people.restore(address, at=now)
    if person is None:
        return None
    note(uow, person, "address-regained", now=now, details={"channel": address.channel})
    mark_reach(uow, person, now=now)
    told = losing.told_regained(address, uow.people.addresses(person), person=person, now=now)
    others = (place for place in places_of(uow, person) if place != address)
    tell_at(uow, others, told, key=f"regained:{address}:{now:%Y-%m-%d}", now=now)
    return person
