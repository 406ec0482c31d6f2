"""Greetings, thanks, help."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import guide, talk
from bot.usecases.permit import roles_of
from handlers.request import NotMine, Request


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
    """`help`, `help appeals`; `help me with ...` is a question."""
    program, said = request.desk.program, request.args.get("topic", "")
    known = roles_of(request.uow, request.person, now=request.now) if request.person else ()
    roles = frozenset(known)
    topic = guide.topic_of(program, roles, said)
    if said and not topic:
        raise NotMine
    return (guide.help_text(program, roles, topic),)
