"""Connect an address to a person by a one-time code."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from bot.domain.codes import fresh_code, letters_of
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.errors import Refused
from bot.ports import UnitOfWork

VALID = timedelta(minutes=30)


def issue_code(uow: UnitOfWork, person: Person, *, now: datetime, actor: str = "") -> str:
    """A code like K7QM-2XWD that connects one address to this person within half an hour.

    `actor` is who asked for it, as the trail names them; the person when nobody is named.
    """
    code = fresh_code()
    uow.links.issue(person, code_hash=_hash(code), expires=now + VALID)
    _note(uow, person, action="code-issued", now=now, actor=actor)
    return code


def redeem_code(uow: UnitOfWork, code: str, address: Address, *, now: datetime) -> Person:
    """The person the address now belongs to; `Refused` for a wrong, used or old code.

    An address that is connected already spends no code, or a slip would cost a new one.
    """
    owner = uow.people.at(address)
    if owner is not None:
        raise Refused(
            f"This address is connected to {owner.name} already; the code was not used. Send it "
            "from the address you want to connect."
        )
    person = uow.links.redeem(_hash(code), now=now)
    if person is None:
        raise Refused("That code is wrong, used or too old. Ask for a new one and send it again.")
    uow.people.connect(person, address, at=now)
    _note(uow, person, action="linked", now=now, channel=address.channel)
    return person


def _hash(code: str) -> str:
    return hashlib.sha256(letters_of(code).encode()).hexdigest()


def _note(
    uow: UnitOfWork,
    person: Person,
    *,
    action: str,
    now: datetime,
    actor: str = "",
    channel: str = "",
) -> None:
    uow.trail.append(
        at=now,
        actor=actor or f"person:{person.id}",
        action=action,
        subject=f"person:{person.id}",
        details={"channel": channel} if channel else {},
    )
