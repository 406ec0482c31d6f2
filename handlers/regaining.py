"""Somebody speaks again from an address that was lost."""

from __future__ import annotations

from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.messages import InboundMessage, OutboundMessage
from bot.phrases import losing
from bot.ports import Clock, UnitOfWork
from bot.usecases.regain_address import regain_address
from handlers import linking
from handlers.router import command

_PROVING = (linking.link, linking.pasted, linking.pasted_amid)  # by a code, who they are now


def regain(uow: UnitOfWork, message: InboundMessage, *, clock: Clock) -> bool:
    """Whether the address of whoever wrote it is somebody's again; they are told before anything.

    Only where nobody reads along: who is spoken to alone has let Carrel in again. Who sends a code
    is connected by that.
    """
    if message.shared or uow.people.at(message.sender) is not None or proves_by_code(message):
        return False
    now = clock()
    person = regain_address(uow, message.sender, now=now)
    if person is None:
        return False
    told = OutboundMessage(
        key=f"regained:{message.sender.channel}:{message.id}",
        to=message.sender,
        conversation=message.conversation,
        thread=message.thread,
        reply=losing.regained(person),
    )
    uow.outbox.add(told, due=now)
    return True


def proves_by_code(message: InboundMessage) -> bool:
    """Whether it is a code that tells who its sender is."""
    if len(message.text) > LONGEST_MESSAGE:
        return False
    routed = command(message.text)
    return routed is not None and routed.handler in _PROVING
