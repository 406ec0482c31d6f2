"""Connect an address to a person by a one-time code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.codes import fresh_code, hash_of
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.errors import Refused
from bot.phrases import linking
from bot.ports import UnitOfWork
from bot.usecases.follow_declined import follow_declined
from bot.usecases.tell import places_of, tell_at
from bot.usecases.unreached import mark_reach

VALID = timedelta(minutes=30)


class WrongCode(Refused):
    """A code that connects nothing: nobody gave it out, or it was used, or its time is over."""


def issue_code(
    uow: UnitOfWork, person: Person, *, now: datetime, actor: str = "", channel: str = ""
) -> str:
    """A code like K7QM-2XWD that connects one address to this person within half an hour.

    `actor` is who asked for it, as the trail names them, the person when nobody is named; `channel`
    is where it goes when that is not where it was asked for.
    """
    code = fresh_code()
    uow.links.issue(person, code_hash=hash_of(code), expires=now + VALID)
    details = {"channel": channel} if channel else {}
    note(uow, person, "code-issued", now=now, actor=actor, details=details)
    return code


def redeem_code(uow: UnitOfWork, code: str, address: Address, *, now: datetime) -> Person:
    """The person the address now belongs to, who is told of it wherever else they are reached.

    `WrongCode` for a wrong, used or old code. An address that is connected already spends no code,
    or a slip would cost a new one.
    """
    check_free(uow, address, unused="; the code was not used")
    person = uow.links.redeem(hash_of(code), now=now)
    if person is None:
        raise WrongCode("That code is wrong, used or too old. Ask for a new one and send it again.")
    uow.people.connect(person, address, at=now)
    follow_declined(uow, person, address)
    note(uow, person, "linked", now=now, details={"channel": address.channel})
    mark_reach(uow, person, now=now)
    told = linking.told_linked(address, uow.people.addresses(person), person=person, now=now)
    others = (place for place in places_of(uow, person) if place != address)
    tell_at(uow, others, told, key=f"linked:{address}:{now.isoformat()}", now=now)
    return person


def check_free(uow: UnitOfWork, address: Address, *, unused: str = "") -> None:
    """`Refused` when the address is somebody's already, who can only be whoever asks."""
    owner = uow.people.at(address)
    if owner is not None:
        raise Refused(
            f"This address is connected to {owner.name} already{unused}. Send it from the address "
            "you want to connect."
        )


def note(
    uow: UnitOfWork,
    person: Person,
    action: str,
    *,
    now: datetime,
    actor: str = "",
    details: Mapping[str, str],
) -> None:
    """Puts onto the trail what became of a person's addresses; the person did it if not `actor`."""
    uow.trail.append(
        at=now,
        actor=actor or f"person:{person.id}",
        action=action,
        subject=f"person:{person.id}",
        details=details,
    )
