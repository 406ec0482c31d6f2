"""A message came back from an address: it is left alone for a while, and its person told."""

from __future__ import annotations

from datetime import datetime

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.phrases import losing
from bot.ports import UnitOfWork
from bot.usecases.identify import named
from bot.usecases.link_address import note
from bot.usecases.lose_address import LONGEST_WHY, lose_address
from bot.usecases.tell import reached_at, rests, tell

BEGINNING = 20  # letters of a Message-ID that tell it from every other


def note_bounce(
    uow: UnitOfWork, address: Address, *, receipt: str, hard: bool, why: str, now: datetime
) -> bool:
    """Marks the address, and lets what waits for it go where its person is else.

    False, and nothing is done, when Carrel sent no message of that id there. Harmless twice.
    """
    address = Address(channel=address.channel, value=address.value.lower())
    if not uow.mailing.was_sent(address, receipt):
        return False
    said = " ".join(why.split())[:LONGEST_WHY]
    rested = rests(uow, address, now=now)
    bounce = Bounce(hard=hard, at=now)
    # Known by its whole id or its beginning: the same message counts once.
    known = receipt.strip("<> ").lower()[:BEGINNING]
    if not uow.mailing.note_bounce(address, bounce, receipt=known, why=said):
        return True
    if rested or not (until := rests(uow, address, now=now)):
        return True
    person = named(uow, address)
    if person is not None:
        _rest(uow, person, address, bounce, until=until, why=said)
    return True


def _rest(
    uow: UnitOfWork,
    person: Person,
    address: Address,
    bounce: Bounce,
    *,
    until: datetime,
    why: str,
) -> None:
    """The other place is told once; where there is none, what is to be said waits."""
    now = bounce.at
    instead = reached_at(uow, person, now=now)
    if bounce.hard and instead != address:
        lose_address(uow, address, why=why, now=now)
        return
    details = {"channel": address.channel, "why": why}
    note(uow, person, "address-resting", now=now, actor="carrel", details=details)
    if instead != address:
        told = losing.told_resting(address.value, until, person.zone)
        tell(uow, person, told, key=f"resting:{address}:{now.isoformat()}", now=now)
        uow.outbox.redirect(address, instead)
