"""Everything a reviewer is given of a submission, and its files one by one."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import dossier as phrases
from bot.usecases import build_dossier
from handlers.request import Request


def dossier(request: Request) -> tuple[Reply, ...]:
    """`dossier 12`."""
    given, page = build_dossier.dossier_page(
        request.uow, request.desk, request.actor(), request.number(), now=request.now
    )
    return (phrases.dossier(given, page),)


def open_file(request: Request) -> tuple[Reply, ...]:
    """`open 12 3`: file 3 of submission 12."""
    program, number = request.desk.program, request.number()
    given, file = build_dossier.open_file(
        request.uow, program, request.actor(), number, request.number("file"), now=request.now
    )
    return (phrases.opened(given, file),)
