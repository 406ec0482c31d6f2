"""Bound how often a stranger may ask for codes or try some, by what the trail holds of them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.messages import Address
from bot.errors import Refused
from bot.ports import Signer, UnitOfWork

WITHIN = timedelta(hours=1)


class Try(StrEnum):
    """What is counted, as the trail calls it."""

    ASKED = "code-asked"
    WRONG = "code-wrong"


MOST = {Try.ASKED: 5, Try.WRONG: 10}  # by one address within an hour


def check_tries(
    uow: UnitOfWork, signer: Signer, address: Address, what: Try, *, now: datetime
) -> None:
    """`Refused` when the address did that too often within the hour; whatever came of it."""
    lines = uow.trail.entries(subject=_alias(signer, address))
    recent = sum(line.action == what and line.at > now - WITHIN for line in lines)
    if recent >= MOST[what]:
        raise Refused(
            f"That was {MOST[what]} times within an hour from this address, which is as often as I "
            "listen. Wait an hour, or say: ask staff: please connect my address."
        )


def note_try(
    uow: UnitOfWork, signer: Signer, address: Address, what: Try, *, now: datetime
) -> None:
    """Counts one more."""
    uow.trail.append(
        at=now,
        actor="stranger",
        action=what,
        subject=_alias(signer, address),
        details={"channel": address.channel},
    )


def _alias(signer: Signer, address: Address) -> str:
    """What stands for a stranger on the trail, where addresses must not be.

    Nobody without the secret can tell whose it is.
    """
    signed = signer.sign(f"stranger {address}".encode())
    return f"address:{hashlib.sha256(signed.encode()).hexdigest()[:16]}"
