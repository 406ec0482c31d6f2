"""What is missing before a set can be submitted, and what a reviewer would see."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.rules import Route
from bot.phrases import preview as previewing
from bot.phrases import readiness as phrases
from bot.phrases.choosing import closed_line
from bot.phrases.cited import quoted
from bot.usecases import check_ready
from handlers.request import Request
from handlers.set_named import set_named


def overview(request: Request) -> tuple[Reply, ...]:
    """`ready`."""
    program, candidate = request.desk.program, request.who()
    checks = check_ready.check_all(request.uow, program, candidate, now=request.now)
    reply = phrases.overview(
        program,
        checks,
        open_electives=max(0, program.sets_needed - len(checks)),
    )
    return (reply,)


def check(request: Request) -> tuple[Reply, ...]:
    """`ready A`, `is A ready?`."""
    program = request.desk.program
    found = check_ready.check_set(
        request.uow, program, request.who(), program.set(set_named(request)), now=request.now
    )
    cites = tuple(dict.fromkeys(id for one in found.found.missing for id in one.cites))
    reply = phrases.check(
        program,
        found,
        quotes=quoted(request.desk.cited(cites, most=3)),
        caution=_caution(request, found.plan.route),
    )
    return (reply,)


def preview(request: Request) -> tuple[Reply, ...]:
    """`preview A`."""
    program = request.desk.program
    found = check_ready.preview(
        request.uow,
        program,
        request.who(),
        program.set(set_named(request, certain=True)),
        now=request.now,
    )
    reply = previewing.preview(program, found.check, items=found.items, statement=found.statement)
    return (reply,)


def _caution(request: Request, route: Route) -> str:
    today = request.now.astimezone(request.who().person.zone).date()
    return closed_line(request.desk.program.rules.routes[route], today)
