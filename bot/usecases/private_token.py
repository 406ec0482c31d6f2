"""A person's private mail address: what is sent there from an address of theirs is theirs."""

from __future__ import annotations

import secrets
from datetime import datetime

from bot.domain.codes import LETTERS
from bot.domain.messages import ON_RECORD
from bot.domain.people import Person
from bot.domain.proving import TOKEN_LENGTH
from bot.errors import Refused
from bot.phrases import mails
from bot.ports import UnitOfWork
from bot.usecases.link_address import note

_PLACE = "{token}"  # in what a private address looks like


def token_of(uow: UnitOfWork, person: Person, *, now: datetime) -> str:
    """The person's private token, made when it is asked for first; the same for all who ask."""
    if known := uow.private_tokens.of(person):
        return known
    while not (token := uow.private_tokens.first(person, fresh := _fresh(), at=now)):
        pass  # it is somebody else's
    if token == fresh:
        note(uow, person, "token-made", now=now, details={})
    return token


def new_token(uow: UnitOfWork, person: Person, *, now: datetime) -> str:
    """Another private token; an older one proves nothing any more."""
    token = _fresh()
    uow.private_tokens.renew(person, token, at=now)
    note(uow, person, "token-made", now=now, details={})
    return token


def keep_private_form(uow: UnitOfWork, address: str) -> None:
    """Keeps what private addresses look like while mail is received at this one."""
    user, _, domain = address.rpartition("@")
    uow.private_tokens.keep_form(ON_RECORD, f"{user}+{_PLACE}@{domain}")


def private_address(uow: UnitOfWork, token: str) -> str:
    """The mail address with that token; `Refused` where no mail is received."""
    form = uow.private_tokens.form(ON_RECORD)
    if not form:
        raise Refused(mails.no_mail_comes())
    return form.replace(_PLACE, token.lower())


def _fresh() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(TOKEN_LENGTH))
