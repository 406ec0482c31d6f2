"""A person's private mail address: what is sent there from an address of theirs is theirs."""

from __future__ import annotations

import secrets
from datetime import datetime

from bot.domain.codes import LETTERS
from bot.domain.people import Person
from bot.domain.proving import TOKEN_LENGTH
from bot.errors import Refused
from bot.phrases import mails
from bot.ports import UnitOfWork
from bot.usecases.link_address import note
from bot.usecases.tell import ON_RECORD

_CODE = "{code}"  # in the invitation


def token_of(uow: UnitOfWork, person: Person, *, now: datetime) -> str:
    """The person's private token, made when it is asked for first."""
    return uow.mailing.token_of(person) or new_token(uow, person, now=now)


def new_token(uow: UnitOfWork, person: Person, *, now: datetime) -> str:
    """Another private token; an older one proves nothing any more."""
    token = _fresh()
    while not uow.mailing.keep_token(person, token, at=now):
        token = _fresh()
    note(uow, person, "token-made", now=now, details={})
    return token


def private_address(uow: UnitOfWork, token: str) -> str:
    """The mail address with that token; `Refused` where no mail is received."""
    invitation = uow.channels.invitations().get(ON_RECORD, "")
    if _CODE not in invitation:
        raise Refused(mails.no_mail_comes())
    return invitation.replace(_CODE, token.lower())


def _fresh() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(TOKEN_LENGTH))
