"""Greetings, thanks, help."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.rights import Role
from bot.phrases import guide, home, linking, talk
from bot.usecases.permit import roles_of
from handlers.request import NotMine, Request

MOST_WORDS = 2  # of a topic; what is longer is a question


def greet(request: Request) -> tuple[Reply, ...]:
    """`hello`, `/start`; to a stranger alone, what Carrel is."""
    program, person = request.desk.program, request.person
    if person is None and not request.message.shared:
        return (home.introduction(program, hello="Hello. "),)
    return (talk.greeting(program, person.name.split()[0] if person else ""),)


def welcome(request: Request) -> tuple[Reply, ...]:  # noqa: ARG001 - every handler has this shape
    """`thanks`."""
    return (talk.welcome(),)


def goodbye(request: Request) -> tuple[Reply, ...]:  # noqa: ARG001
    """`goodbye`."""
    return (talk.goodbye(),)


def announce(request: Request) -> tuple[Reply, ...]:
    """A file is announced, but none came."""
    return (talk.announced(request.desk.program, request.message.sender.channel),)


def help_text(request: Request) -> tuple[Reply, ...]:
    """`help`, `help appeals`, `help queue`; `help me with ...` is a question."""
    program, said = request.desk.program, request.args.get("topic", "")
    roles = roles_here(request)
    topic = guide.topic_of(program, roles, said)
    if topic or not said:
        return (guide.help_text(program, roles, topic),)
    if said.lower().startswith("me ") or len(said.split()) > MOST_WORDS:
        raise NotMine
    told = guide.how_to(program, roles, said.lower())
    return (told or guide.no_topic(program, roles, said),)


def unknown(request: Request) -> tuple[Reply, ...]:
    """`/foo`, which is nothing."""
    return (talk.unknown_command(request.args["name"]),)


def no_record(request: Request) -> tuple[Reply, ...]:
    """Something personal, said by a stranger or by somebody known who is no candidate."""
    if request.person is None:
        sent = len(request.message.attachments)
        return (linking.not_kept(sent) if sent else linking.no_record(),)
    return (guide.without_record(request.desk.program, roles_here(request)),)


def roles_here(request: Request) -> frozenset[Role]:
    """What the asker is here; nothing for a stranger."""
    return roles_of(request.uow, request.person, now=request.now) if request.person else frozenset()
