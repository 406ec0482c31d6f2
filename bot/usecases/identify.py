"""Who speaks: the one place that believes that somebody is whom a message says."""

from __future__ import annotations

from bot.domain.messages import ON_RECORD, Address, InboundMessage
from bot.domain.people import Person
from bot.domain.proving import is_proved, token_in
from bot.ports import UnitOfWork

_NOWHERE = ("@invalid", ".invalid")  # what stands for the address of somebody who was erased


def speaker(uow: UnitOfWork, message: InboundMessage) -> Person | None:
    """Whoever surely said it between themselves and Carrel; None where others read along."""
    if message.shared or not is_proved(message):
        return None
    return uow.people.at(message.sender)


def named(uow: UnitOfWork, address: Address) -> Person | None:
    """Whose address it is, proved or on record; that they said anything is another matter."""
    person = uow.people.at(address)
    if person is not None or address.channel != ON_RECORD:
        return person
    return with_email(uow, address.value)


def with_email(uow: UnitOfWork, email: str) -> Person | None:
    """The person with just this address on record; a name or a number is none."""
    found = uow.people.find(email)
    same = found is not None and found.email == email.strip().lower()
    return found if same and not email.lower().endswith(_NOWHERE) else None


def token_owner(uow: UnitOfWork, message: InboundMessage) -> Person | None:
    """Whose private address it was sent to; None where that is nobody's."""
    token = token_in(message)
    return uow.private_tokens.owner(token) if token else None
