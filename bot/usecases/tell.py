"""Say something to somebody who did not ask just now; it leaves with the state it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.ports import UnitOfWork

ON_RECORD = "email"  # the channel of the address on record, for those with no proved address


def tell(uow: UnitOfWork, person: Person, reply: Reply, *, key: str, now: datetime) -> None:
    """Puts a message to the person into the outbox; the same key twice is once.

    It goes to the newest proved address, or else to the address on record.
    """
    known = uow.people.addresses(person)
    to = known[0] if known else Address(channel=ON_RECORD, value=person.email)
    message = OutboundMessage(key=f"{key}:{person.id}", to=to, conversation=str(to), reply=reply)
    uow.outbox.add(message, due=now)


def tell_all(
    uow: UnitOfWork,
    roles: Iterable[Role],
    reply: Reply,
    *,
    key: str,
    now: datetime,
    but: int = 0,
) -> None:
    """Tells everybody who was granted any of the roles, except the person of number `but`."""
    for person in uow.roles.holders(tuple(roles)):
        if person.id != but:
            tell(uow, person, reply, key=key, now=now)
