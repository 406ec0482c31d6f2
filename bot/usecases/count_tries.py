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
    FOR = "code-wanted-for"  # that address, by mails that anybody may have written


MOST = {  # by one address
    Try.ASKED: {HOUR: 5, DAY: 10},  # well below what goes to one person, or one silences another
    Try.WRONG: {HOUR: 10},
    Try.FOR: {HOUR: 4, DAY: 8},  # forged senders are many: together they leave the most for others
}


def check_tries(
    uow: UnitOfWork,
    signer: Signer,
    address: Address,
    what: Try,
    *,
    proved: bool = True,
    now: datetime,
) -> None:
    """`Refused` when the address did that too often of late; whatever came of it.

    What was not `proved` to be from there counts apart: it must use up nothing of the owner's.
    """
    found = _reached(uow, signer, address, what, proved=proved, now=now)
    if found is not None:
        called = _CALLED[found]
        raise Refused(
            f"That was {MOST[what][found]} times within {called} from here, which is as often as I "
            f"listen. Wait {called}, or say: ask staff: please connect me."
        )


def has_tried_enough(
    uow: UnitOfWork, signer: Signer, address: Address, what: Try, *, now: datetime
) -> bool:
    """Whether that was done too often of late, where nobody may be told so."""
    return _reached(uow, signer, address, what, proved=True, now=now) is not None


def note_try(
    uow: UnitOfWork,
    signer: Signer,
    address: Address,
    what: Try,
    *,
    proved: bool = True,
    now: datetime,
) -> None:
    """Counts one more."""
    uow.trail.append(
        at=now,
        actor="stranger",
        action=what,
        subject=_alias(signer, address, proved=proved),
        details={"channel": address.channel},
    )


def _reached(
    uow: UnitOfWork, signer: Signer, address: Address, what: Try, *, proved: bool, now: datetime
) -> timedelta | None:
    """Within which time it was done as often as it may be; None where it was not."""
    lines = uow.trail.entries(subject=_alias(signer, address, proved=proved))
    done = [line.at for line in lines if line.action == what]
    return next(
        (
            within
            for within, most in MOST[what].items()
            if sum(at > now - within for at in done) >= most
        ),
        None,
    )


def _alias(signer: Signer, address: Address, *, proved: bool) -> str:
    """What stands for a stranger on the trail, where addresses must not be.

    Nobody without the secret can tell whose it is.
    """
    who = "stranger" if proved else "anybody as"
    signed = signer.sign(f"{who} {address}".encode())
    return f"address:{hashlib.sha256(signed.encode()).hexdigest()[:16]}"
