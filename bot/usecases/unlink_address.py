"""A person's addresses, and how they disconnect one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.people import Person, Proved
from bot.errors import Refused
from bot.phrases import linking
from bot.ports import UnitOfWork
from bot.usecases.link_address import note
from bot.usecases.tell import places_of, reached_at, redirect, tell_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """An address that was disconnected, and where the person is told things now."""

    address: Address
    instead: Address


def see_addresses(uow: UnitOfWork, person: Person) -> tuple[Proved, ...]:
    """The person's addresses, the one that gets their notices first."""
    return uow.people.proved(person)


def unlink_address(
    uow: UnitOfWork, person: Person, address: Address, *, here: Address, now: datetime
) -> Unlinked:
    """Disconnects the address; what waits for it goes to the next one.

    The person, who says so `here`, is told everywhere else. Codes that were asked for are void, or
    whoever holds the lost address could come back by one.
    """
    places = places_of(uow, person)  # the lost one too: it may be all that its owner has left
    uow.people.disconnect(address)
    uow.links.void(person, at=now)
    uow.private_tokens.drop(person)  # whoever had the address may have seen it
    instead = reached_at(uow, person, now=now)
    if instead != address:
        redirect(uow, person, address, instead, now=now)
    note(uow, person, "unlinked", now=now, details={"channel": address.channel})
    told = linking.told_unlinked(address, here, zone=person.zone, now=now)
    others = (place for place in places if place != here)
    tell_at(uow, others, told, key=f"unlinked:{address}:{now.isoformat()}", now=now)
    return Unlinked(address=address, instead=instead)


def give_up_lost(uow: UnitOfWork, person: Person, channel: str, *, now: datetime) -> bool:
    """Lets no address that was lost on that channel come back; false when there is none."""
    found = _called(uow.people.lost(person), channel)
    for address in found:
        uow.people.disconnect(address)
        note(uow, person, "unlinked", now=now, details={"channel": address.channel})
    return bool(found)


def has_address(uow: UnitOfWork, person: Person, channel: str) -> bool:
    """Whether the person is connected on that channel."""
    return bool(_called(uow.people.addresses(person), channel))


def find_address(uow: UnitOfWork, person: Person, *, number: int = 0, channel: str = "") -> Address:
    """The address of that number in the person's list, or the only one on that channel.

    `Refused` when there is none, or when there are several on the channel.
    """
    known = uow.people.addresses(person)
    if not channel:
        if not 1 <= number <= len(known):
            raise Refused(f"You have no address {number}. Say: addresses, for those you have.")
        return known[number - 1]
    found = _called(known, channel)
    if not found:
        raise Refused(f"You have no address on {channel!r}. Say: addresses, for those you have.")
    if len(found) > 1:
        raise Refused(
            f"You have {len(found)} addresses on {channel}. Say: addresses, and then: unlink with "
            "the number of one."
        )
    return found[0]


def _called(addresses: Sequence[Address], channel: str) -> list[Address]:
    """Those of them that are on what people call so."""
    return [one for one in addresses if linking.is_called(one, channel)]
