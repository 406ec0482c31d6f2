"""A mail that surely comes from the address on record connects that address."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import ON_RECORD, Address
from bot.domain.people import Person
from bot.phrases import linking
from bot.ports import UnitOfWork
from bot.usecases.identify import with_email
from bot.usecases.link_address import note
from bot.usecases.tell import places_of, tell_at
from bot.usecases.unreached import mark_reach


def prove_address(uow: UnitOfWork, address: Address, *, now: datetime) -> Person | None:
    """Whose the address is from now on, who is told of it wherever else they are reached; or None.

    Only what is on record, is connected to nobody, and was not disconnected by its person. Harmless
    twice.
    """
    if address.channel != ON_RECORD or uow.people.at(address) is not None:
        return None
    person = with_email(uow, address.value)
    if person is None or uow.people.gave_up(person, address):
        return None
    uow.people.connect(person, address, at=now)
    note(uow, person, "linked", now=now, details={"channel": address.channel, "by": "mail"})
    mark_reach(uow, person, now=now)
    told = linking.told_linked(address, uow.people.addresses(person), person=person, now=now)
    others = (place for place in places_of(uow, person) if place != address)
    tell_at(uow, others, told, key=f"proved:{address}:{now.isoformat()}", now=now)
    return person
