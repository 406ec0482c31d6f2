"""Greetings, thanks, help."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import talk
from handlers.request import Request


def greet(request: Request) -> tuple[Reply, ...]:
    """`hello`."""
    name = request.person.name.split()[0] if request.person else ""
    return (talk.greeting(request.desk.program, name),)


def welcome(request: Request) -> tuple[Reply, ...]:  # noqa: ARG001 - every handler has this shape
    """`thanks`."""
    return (talk.welcome(),)


def goodbye(request: Request) -> tuple[Reply, ...]:  # noqa: ARG001
    """`goodbye`."""
    return (talk.goodbye(),)


def announce(request: Request) -> tuple[Reply, ...]:
    """A file is announced, but none came."""
    return (talk.announced(request.desk.program),)


def help_text(request: Request) -> tuple[Reply, ...]:
    """`help`."""
    return (talk.help_text(request.desk.program),)
