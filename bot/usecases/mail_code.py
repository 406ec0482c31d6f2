"""Send a code to an address on record, for somebody whom nobody knows where they ask from."""

from __future__ import annotations

from datetime import datetime

from bot.domain.channel_state import State
from bot.domain.codes import key_until
from bot.domain.messages import ON_RECORD, Address, OutboundMessage
from bot.domain.people import Person
from bot.phrases import codes
from bot.ports import UnitOfWork
from bot.usecases.count_tries import DAY, HOUR
from bot.usecases.identify import with_email
from bot.usecases.link_address import VALID, check_free, issue_code
from bot.usecases.tell import on_record

MOST_CODES = {HOUR: 12, DAY: 30}  # of one person, however many ask: more than one asker can use up
_SHUT = frozenset({State.STOPPED, State.TOKEN_INVALID})


def mail_code(uow: UnitOfWork, email: str, *, asker: Address, key: str, now: datetime) -> bool:
    """Mails a code to that address if it is on record; false when no mail goes out to anybody.

    Neither result nor error tells whether it is on record. `key` is the request's own; `Refused`
    when the asker's address is connected already.
    """
    check_free(uow, asker)
    if not mail_goes_out(uow):
        return False
    person = with_email(uow, email)
    if person is not None and not _has_most(uow, person, now=now):
        _mail(uow, person, asker=asker, key=key, now=now)
    return True


def _mail(uow: UnitOfWork, person: Person, *, asker: Address, key: str, now: datetime) -> None:
    code = issue_code(uow, person, now=now, actor="stranger", channel=ON_RECORD)
    to = on_record(person)
    invitation = uow.channels.invitations().get(asker.channel, "")
    reply = codes.mailed_code(code, asker.channel, invitation)
    message = OutboundMessage(
        key=key_until(now + VALID, key), to=to, conversation=str(to), reply=reply
    )
    uow.outbox.add(message, due=now)


def mail_goes_out(uow: UnitOfWork) -> bool:
    """Whether mail is served, by a server that lets us in; one that is away comes back."""
    return any(
        known.channel == ON_RECORD and known.state not in _SHUT for known in uow.channels.all()
    )


def _has_most(uow: UnitOfWork, person: Person, *, now: datetime) -> bool:
    """Whether as many codes were made for the person of late as ever are."""
    return any(
        uow.links.issued(person, since=now - within + VALID) >= most
        for within, most in MOST_CODES.items()
    )
