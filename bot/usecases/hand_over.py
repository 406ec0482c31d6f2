"""Pass a question to staff, with a number."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Address
from bot.ports import UnitOfWork


def hand_over(uow: UnitOfWork, asker: Address, question: str, *, now: datetime) -> int:
    """The question's number; it is kept until staff have replied.

    The same question of the same asker again is the same hand-over: nothing new happens.
    """
    handed = uow.conversations.hand_over(asker, question, at=now)
    if handed.new:
        uow.trail.append(
            at=now,
            actor=str(asker),
            action="handed-over",
            subject=f"question:{handed.number}",
            details={},
        )
    return handed.number
