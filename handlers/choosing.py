"""Electives, routes and pace."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.advice import Advice
from bot.domain.choosing import LOCKING, Plan
from bot.domain.knowledge import Passage
from bot.domain.messages import Reply
from bot.domain.rules import Route
from bot.phrases import advice as advising
from bot.phrases import choosing as phrases
from bot.phrases import pace as pacing
from bot.phrases.cited import quoted
from bot.usecases import advise_route, choose_sets
from handlers.request import NotMine, Request
from handlers.set_named import nearest_set, set_named, several_sets

MOST_WORDS = 4  # of a name; what is longer and names no elective is a question


def electives(request: Request) -> tuple[Reply, ...]:
    """`electives`."""
    program, candidate = request.desk.program, request.who()
    found = choose_sets.see_electives(request.uow, program, candidate, now=request.now)
    reply = phrases.electives(
        program,
        [(one.progress, one.phase) for one in found],
        [one.progress.set.id for one in found if one.chosen],
        quoted(request.desk.cited(program.rules.elective_cites, most=1)),
    )
    return (reply,)


def choose(request: Request) -> tuple[Reply, ...]:
    """`choose A, B`; a question when no elective is named in many words."""
    program, said = request.desk.program, request.args["sets"]
    named, unknown = several_sets(program, said)
    if not named and sum(len(part.split()) for part in unknown) > MOST_WORDS:
        raise NotMine
    candidate = request.who()
    if not named and not unknown:
        return electives(request)
    if unknown:
        near = [nearest_set(program, part) for part in unknown]
        return (phrases.unknown_electives(program, unknown, near=near, named=named),)
    after = choose_sets.choose_electives(request.uow, program, candidate, named, now=request.now)
    known = [id for id in named if id in candidate.electives]
    fresh = [id for id in named if id not in known]
    return (phrases.chosen(program, after, fresh=fresh, known=known),)


def drop(request: Request) -> tuple[Reply, ...]:
    """`drop A`."""
    program = request.desk.program
    found = set_named(request, certain=True)
    after = choose_sets.drop_elective(request.uow, program, request.who(), found, now=request.now)
    return (phrases.dropped(program, after, set_id=found),)


def route(request: Request) -> tuple[Reply, ...]:
    """`prove A by course`."""
    program = request.desk.program
    plan = advise_route.choose_route(
        request.uow,
        program,
        request.who(),
        program.set(set_named(request, certain=True)),
        route=Route(request.args["route"].lower()),
        now=request.now,
    )
    cautions = _cautions(request, [plan])
    return (phrases.route_chosen(program, plan, cautions=cautions),)


def advise(request: Request) -> tuple[Reply, ...]:
    """`which route for A`."""
    program = request.desk.program
    found = advise_route.advise_route(
        request.uow,
        program,
        request.who(),
        program.set(set_named(request)),
        now=request.now,
    )
    closing = _newest_first(request, [id for rule in found.closed for id in rule.cites])[:2]
    fitting = _fitting(request, found, closing)
    reply = advising.advice(program, found, closing=quoted(closing), fitting=quoted(fitting))
    return (reply,)


def routes(request: Request) -> tuple[Reply, ...]:
    """`routes`."""
    program, candidate = request.desk.program, request.who()
    plans = advise_route.see_plans(request.uow, program, candidate, now=request.now)
    chosen = advise_route.chosen_plans(program, candidate, plans)
    return (phrases.routes(program, chosen, cautions=_cautions(request, chosen)),)


def pace(request: Request) -> tuple[Reply, ...]:
    """`pace`."""
    program = request.desk.program
    found = advise_route.see_pace(request.uow, program, request.who(), now=request.now)
    return (pacing.pace(found, quoted(request.desk.cited(program.rules.pace_cites))),)


def _cautions(request: Request, plans: Sequence[Plan]) -> list[str]:
    """What the documents say of the routes that these sets could still leave."""
    today = request.now.astimezone(request.who().person.zone).date()
    open_routes = {p.route for p in plans if p.standing.phase not in LOCKING}
    rules = request.desk.program.rules.routes.values()
    lines = (phrases.closed_line(rule, today) for rule in rules if rule.route in open_routes)
    return [line for line in lines if line]


def _newest_first(request: Request, cites: Sequence[str]) -> list[Passage]:
    passages = request.desk.cited(cites, most=len(cites))
    return sorted(passages, key=lambda passage: passage.since, reverse=True)


def _fitting(request: Request, found: Advice, quoted_already: Sequence[Passage]) -> list[Passage]:
    """What the documents say first of the route recommended, unless it stands there already."""
    cites = request.desk.program.rules.routes[found.route].cites
    most = 1 if quoted_already else 2
    return [p for p in request.desk.cited(cites, most=most) if p not in quoted_already]
