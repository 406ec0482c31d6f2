"""The question before a message is sent: is what it says still true, and is it the time for it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.domain.messages import OutboundMessage
from bot.errors import StorageFailed
from bot.ports import Claimed, UnitOfWork
from bot.usecases.say_again import Later, PutAside, StillDue
from scheduler.endings import Postponed, Unsaid


class CheckFailed(Exception):
    """What is true of the message of that number could not be found out: roll back.

    That is the fault of nothing but this message, as far as is known, so others go on.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"Message {number} of the outbox could not be checked.")
        self.number = number


def always_due(_uow: UnitOfWork, message: OutboundMessage, _now: datetime) -> OutboundMessage:
    """Everything is sent as it was written."""
    return message


def as_it_is(
    still_due: StillDue, uow: UnitOfWork, claimed: Claimed[OutboundMessage], *, now: datetime
) -> Claimed[OutboundMessage] | None:
    """The message in the words of now; None when it is not sent, or not yet, which is written.

    Raises `CheckFailed` where neither can be found out, unless that is the database's fault.
    """
    try:
        return _as_it_is(still_due, uow, claimed, now)
    except StorageFailed:
        raise
    except Exception as error:
        raise CheckFailed(claimed.id) from error


def _as_it_is(
    still_due: StillDue, uow: UnitOfWork, claimed: Claimed[OutboundMessage], now: datetime
) -> Claimed[OutboundMessage] | None:
    match still_due(uow, claimed.item, now):
        case OutboundMessage() as message:
            if message != claimed.item:
                uow.outbox.reword(claimed, message)
            return replace(claimed, item=message)
        case Later() as later:
            Postponed(claimed=claimed, later=later)(uow, now)
        case PutAside(why=why):
            Unsaid(claimed=claimed, why=why)(uow, now)
        case unknown:
            assert_never(unknown)
    return None
