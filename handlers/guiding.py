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
    program, rest = request.desk.program, request.args.get("rest", "")
    handed = request.uow.handovers.taken_in(request.message.conversation)
    if handed or request.text.rstrip().endswith("?") or stating.current(request):
        raise NotMine
    if rest and not one_set(program, rest):
        raise NotMine
    told = guide.how_to(program, roles_here(request), verb_of(request.args["verb"]))
    if told is None:
        raise NotMine
    return (told,)
