"""What somebody wants to be told nowhere is not told at a new address of theirs either."""

from __future__ import annotations

from bot.domain.messages import Address
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.usecases.tell import places_of


def follow_declined(uow: UnitOfWork, person: Person, new: Address) -> None:
    """Declines at a new address what the person has declined at every other one."""
    others = [set(uow.wanted_kinds.declined(p)) for p in places_of(uow, person) if p != new]
    for kind in set.intersection(*others) if others else ():
        uow.wanted_kinds.decline(new, kind)
