"""Codes that connect another address of the same person."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import talk
from bot.usecases.link_address import issue_code, redeem_code
from handlers.request import Request


def code(request: Request) -> tuple[Reply, ...]:
    """`code`."""
    return (talk.code_issued(issue_code(request.uow, request.who().person, now=request.now)),)


def link(request: Request) -> tuple[Reply, ...]:
    """`link K7QM-2XWD`."""
    person = redeem_code(request.uow, request.args["code"], request.message.sender, now=request.now)
    return (talk.linked(person.name),)
