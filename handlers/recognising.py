"""Who a message is from, as soon as it is taken up: before anything looks whose it is."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import InboundMessage
from bot.domain.proving import is_proved, proved, token_in, unproved
from bot.ports import Clock, UnitOfWork
from bot.usecases.identify import named, token_owner
from bot.usecases.link_address import note
from bot.usecases.prove_address import prove_address
from handlers.regaining import proves_by_code, regain


def recognise(uow: UnitOfWork, message: InboundMessage, *, clock: Clock) -> InboundMessage:
    """The message as it counts: as its sender's own, or as that of nobody.

    What it proves by the way is kept: that a lost address is back, or that one is somebody's.
    """
    if message.envelope is None:
        regain(uow, message, clock=clock)
        return message
    whose = named(uow, message.sender)
    if token_in(message) and (owner := token_owner(uow, message)):
        if owner != whose:
            note(uow, owner, "token-misused", now=clock(), actor="stranger", details={})
            return unproved(message)
        message = proved(message)
    if is_proved(message):
        _is_there(uow, message, now=clock())
        return message
    return unproved(message) if whose else message


def _is_there(uow: UnitOfWork, message: InboundMessage, *, now: datetime) -> None:
    uow.mailing.forget_bounces(message.sender)
    if not proves_by_code(message):
        prove_address(uow, message.sender, now=now)
