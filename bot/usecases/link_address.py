"""Connect an address to a person by a one-time code."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.domain.messages import Address
from bot.domain.people import Person
from bot.errors import Refused
from bot.ports import UnitOfWork

VALID = timedelta(minutes=30)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
LENGTH = 8  # 40 bits: not guessed within half an hour at any rate a channel allows


def issue_code(uow: UnitOfWork, person: Person, *, now: datetime, actor: str = "") -> str:
    """A code like K7QM-2XWD that connects one address to this person within half an hour.

    `actor` is who asked for it, as the trail names them; the person when nobody is named.
    """
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    uow.links.issue(person, code_hash=_hash(code), expires=now + VALID)
    _note(uow, person, action="code-issued", now=now, actor=actor)
    return f"{code[:4]}-{code[4:]}"


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
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()


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
