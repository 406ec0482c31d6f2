"""Bound how often a stranger may ask for codes or try some, by what the trail holds of them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.messages import Address
from bot.errors import Refused
from bot.ports import Signer, UnitOfWork

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_CALLED = {HOUR: "an hour", DAY: "a day"}


class Try(StrEnum):
    """What is counted, as the trail calls it."""

    ASKED = "code-asked"
    WRONG = "code-wrong"


MOST = {  # by one address
    Try.ASKED: {HOUR: 5, DAY: 10},  # well below what goes to one person, or one silences another
    Try.WRONG: {HOUR: 10},
}


def check_tries(
    uow: UnitOfWork, signer: Signer, address: Address, what: Try, *, now: datetime
) -> None:
    """`Refused` when the address did that too often of late; whatever came of it."""
    lines = uow.trail.entries(subject=_alias(signer, address))
    done = [line.at for line in lines if line.action == what]
    for within, most in MOST[what].items():
        if sum(at > now - within for at in done) >= most:
            called = _CALLED[within]
            raise Refused(
                f"That was {most} times within {called} from here, which is as often as I listen. "
                f"Wait {called}, or say: ask staff: please connect me."
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
