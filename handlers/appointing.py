"""Roles, and looking at records."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import appointing
from bot.usecases import appoint as appointments
from bot.usecases.look_at import look_at
from handlers.request import Request


def appoint(request: Request) -> tuple[Reply, ...]:
    """`appoint rev@example.org reviewer`."""
    who, role = request.args["who"], request.args["role"]
    done = appointments.appoint(
        request.uow, request.desk.program, request.actor(), who, role, now=request.now
    )
    return (appointing.appointed(done.person, done.role),)


def dismiss(request: Request) -> tuple[Reply, ...]:
    """`dismiss rev@example.org reviewer`."""
    who, role = request.args["who"], request.args["role"]
    done = appointments.dismiss(
        request.uow, request.desk.program, request.actor(), who, role, now=request.now
    )
    return (appointing.dismissed(done.person, done.role, done.given_back),)


def roles(request: Request) -> tuple[Reply, ...]:
    """`roles`."""
    holders = appointments.see_roles(request.uow, request.actor(), now=request.now)
    return (appointing.roles(holders),)


def record(request: Request) -> tuple[Reply, ...]:
    """`look at ada@example.org`."""
    candidate, progress = look_at(
        request.uow, request.desk.program, request.actor(), request.args["who"], now=request.now
    )
    return (appointing.record(request.desk.program, candidate.person, progress),)
