"""Who a message is from, as soon as it is taken up: before anything looks whose it is."""

from __future__ import annotations

from bot.domain.messages import ON_RECORD, InboundMessage
from bot.domain.proving import is_proved, unproved
from bot.ports import Clock, UnitOfWork
from bot.usecases.identify import named
from bot.usecases.prove_address import prove_address
from bot.usecases.unreached import mark_reach
from handlers.regaining import proves_by_code, regain


def recognise(uow: UnitOfWork, message: InboundMessage, *, clock: Clock) -> InboundMessage:
    """The message as it counts: as its sender's own, or as that of nobody.

    Whether it is proved was decided when it arrived; see `receive_message`. What it proves by the
    way is kept: that a lost address is back, or that one is somebody's.
    """
    person = named(uow, message.sender)
    if not is_proved(message):
        return unproved(message) if person else message
    if message.envelope:
        if person:
            mark_reach(uow, person, now=clock())  # before what came back is forgotten
        uow.bounces.forget(message.sender)
    if message.envelope and person:
        uow.bounces.heard(message.sender, at=clock())
    # On other channels than that of records whoever is named has that very address.
    may_be_lost = person is None or message.sender.channel == ON_RECORD
    back = may_be_lost and regain(uow, message, clock=clock)
    if message.envelope and not back and not proves_by_code(message):
        prove_address(uow, message.sender, now=clock())
    return message
