"""Send a code to an address on record, for somebody whom nobody knows where they ask from."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.codes import KEY
from bot.domain.messages import Address, OutboundMessage
from bot.domain.people import Person
from bot.phrases import linking
from bot.ports import UnitOfWork
from bot.usecases.link_address import VALID, check_free, issue_code
from bot.usecases.tell import ON_RECORD, on_record

MOST_CODES = 3  # of one person within an hour, however many ask
HOUR = timedelta(hours=1)
_NOWHERE = ("@invalid", ".invalid")  # what stands for the address of somebody who was erased


def mail_code(uow: UnitOfWork, email: str, *, asker: Address, key: str, now: datetime) -> None:
    """Mails a code to that address if it is on record, and nothing otherwise.

    Neither result nor error tells which of the two it was. `key` is the request's own; `Refused`
    when the asker's address is connected already.
    """
    check_free(uow, asker)
    person = _with_email(uow, email)
    if person is None or _issued(uow, person, now=now) >= MOST_CODES:
        return
    code = issue_code(uow, person, now=now, actor="stranger", channel=ON_RECORD)
    to = on_record(person)
    reply = linking.mailed_code(code, asker.channel)
    message = OutboundMessage(key=f"{KEY}{key}", to=to, conversation=str(to), reply=reply)
    uow.outbox.add(message, due=now)


def _with_email(uow: UnitOfWork, email: str) -> Person | None:
    """The person with just this address on record; a name or a number is none."""
    found = uow.people.find(email)
    same = found is not None and found.email == email.strip().lower()
    return found if same and not email.lower().endswith(_NOWHERE) else None


def _issued(uow: UnitOfWork, person: Person, *, now: datetime) -> int:
    """How many codes were made for the person within the last hour."""
    return uow.links.issued(person, since=now - HOUR + VALID)
