"""What to do next, and how to say a command of which somebody said half."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.rights import GRANTED
from bot.phrases import guide
from bot.phrases import next_step as phrases
from bot.usecases.see_next import see_next_duty, see_next_step
from handlers import stating
from handlers.half_commands import verb_of
from handlers.request import NotMine, Request
from handlers.set_named import one_set
from handlers.talking import roles_here


def next_step(request: Request) -> tuple[Reply, ...]:
    """`next`, `what now?`."""
    program, person = request.desk.program, request.actor()
    if request.candidate:
        found = see_next_step(
            request.uow,
            program,
            request.candidate,
            conversation=request.message.conversation,
            now=request.now,
        )
        return (phrases.told(program, found),)
    if not roles_here(request).intersection(GRANTED):
        return (phrases.no_part(program),)
    return (phrases.duty(program, see_next_duty(request.uow, program, person, now=request.now)),)


def half(request: Request) -> tuple[Reply, ...]:
    """`submit`, `rate 2`, `share CAT`: how to say the whole of it.

    A question, a paragraph of a statement, words for a person who is on a question here, and words
    that say something else are none.
    """
    check_command(request)
    rest = request.args.get("rest", "")
    if rest and not one_set(request.desk.program, rest):
        raise NotMine
    return whole(request, verb_of(request.args["verb"]))


def check_command(request: Request) -> None:
    """`NotMine` where a few words that look like a command are none."""
    handed = request.uow.handovers.taken_in(request.message.conversation)
    elsewhere = not request.apart and (handed or stating.current(request))
    if elsewhere or request.text.rstrip().endswith("?"):
        raise NotMine


def whole(request: Request, verb: str) -> tuple[Reply, ...]:
    """The whole commands that begin with a verb; `NotMine` where there are none."""
    told = guide.how_to(request.desk.program, roles_here(request), verb)
    if told is None:
        raise NotMine
    return (told,)
