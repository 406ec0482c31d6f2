"""How electives and routes are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.choosing import LOCKING, STAYING, Plan, Why
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Quotation, Reply
from bot.domain.phases import Phase
from bot.domain.program import CompetencySet, Program
from bot.domain.progress import SetProgress
from bot.domain.rules import Route, RouteRule
from bot.phrases.sections import needs_of
from bot.phrases.times import told

MOST_CHOICES = 8


def electives(
    program: Program,
    parts: Sequence[tuple[SetProgress, Phase]],
    chosen: Sequence[str],
    quotes: Sequence[Quotation],
) -> Reply:
    """The electives chosen and those that are open, each with what it is."""
    own = [_elective(*part) for part in parts if part[0].set.id in chosen]
    others = [_elective(*part) for part in parts if part[0].set.id not in chosen]
    blocks: list[Block] = [Paragraph(text=_still(program, len(chosen)))]
    blocks += [Paragraph(text="Yours:"), Bullets(items=tuple(own))] if own else []
    blocks += [Paragraph(text="Also offered:"), Bullets(items=tuple(others))] if others else []
    if len(chosen) < program.electives_needed:
        open_sets = (p.set for p, _ in parts if p.set.id not in chosen)
        return Reply(blocks=(*blocks, *quotes), choices=_choose(open_sets))
    free = (p.set for p, phase in parts if p.set.id in chosen and phase not in STAYING)
    drops = tuple(Choice(label=f"Drop {s.title}", says=f"drop {s.title}") for s in free)
    return Reply(blocks=tuple(blocks), choices=drops[:MOST_CHOICES])


def chosen(
    program: Program, after: Sequence[str], *, fresh: Sequence[str], known: Sequence[str]
) -> Reply:
    """Electives were added; `known` are those named that were chosen before."""
    lines = [f"Chosen: {_titles(program, fresh)}."]
    if known:
        lines.append(f"Chosen before already: {_titles(program, known)}.")
    lines.append(_still(program, len(after)))
    if len(after) < program.electives_needed:
        rest = (s for s in program.elective_sets if s.id not in after)
        return _reply(lines, *_choose(rest))
    routes = (
        Choice(label=f"Which route for {title}", says=f"which route for {title}")
        for title in (program.set(id).title for id in fresh)
    )
    return _reply(lines, *routes)


def dropped(program: Program, after: Sequence[str], *, set_id: str) -> Reply:
    """An elective was dropped."""
    title = program.set(set_id).title
    lines = [
        f"{title} is not among your electives any more. What you filed for it stays where it is.",
        _still(program, len(after)),
    ]
    again = Choice(label=f"Choose {title} again", says=f"choose {title}")
    return _reply(lines, again, Choice(label="See all electives", says="electives"))


def unknown_electives(
    program: Program, said: Sequence[str], *, near: Sequence[str], named: Sequence[str]
) -> Reply:
    """When no elective has that name.

    `near` has for each of the names said the title that is like it, or nothing; `named` are the
    ids of those that were named well beside them.
    """
    unknown = " and no ".join(repr(one) for one in said)
    lead = f"I know no elective {unknown}; nothing was changed."
    titles = [one.title for one in program.elective_sets]
    meant = [title for title in near if title in titles]
    if len(meant) < len(said):
        return _reply([f"{lead} The electives are: {', '.join(titles)}."])
    wanted = ", ".join((*(program.set(id).title for id in named), *meant))
    button = Choice(label=f"Choose {wanted}", says=f"choose {wanted}")
    return _reply([f"{lead} Did you mean {' and '.join(meant)}? Say: choose {wanted}."], button)


def routes(program: Program, plans: Sequence[Plan], *, cautions: Sequence[str]) -> Reply:
    """How each set is proved, and why so; `cautions` are the documents' words on closed routes."""
    example = plans[0].set.title
    blocks: tuple[Block, ...] = (
        Paragraph(text="How you prove each set:"),
        Bullets(items=tuple(f"{p.set.title}: {plan_line(program, p)}." for p in plans)),
        *(Paragraph(text=caution) for caution in cautions),
        Paragraph(
            text=f"To change one, say: prove {example} by course, or: prove {example} by "
            f"portfolio. For advice, say: which route for {example}."
        ),
    )
    open_plans = [p for p in plans if p.standing.phase not in LOCKING]
    advice = (
        Choice(label=f"Which route for {p.set.title}", says=f"which route for {p.set.title}")
        for p in open_plans[:MOST_CHOICES]
    )
    return Reply(blocks=blocks, choices=tuple(advice))


def route_chosen(program: Program, plan: Plan, *, cautions: Sequence[str]) -> Reply:
    """A set was put on a route."""
    alone = len(program.rules.routes[plan.route].needs) == 1
    needs = f"{needs_of(program, plan.route)}{', and nothing else' if alone else ''}"
    line = f"You prove {plan.set.title} by {route_name(program, plan.route)} now. It needs {needs}."
    ready = Choice(label=f"What {plan.set.title} lacks", says=f"ready {plan.set.title}")
    return _reply([line, *_wanted_too(program, plan), *cautions], ready)


def _wanted_too(program: Program, plan: Plan) -> list[str]:
    """While more is wanted: what that means for a set that is proved otherwise, or again so."""
    one, title = plan.standing.submission, plan.set.title
    if one is None or plan.standing.phase is not Phase.MORE_WANTED:
        return []
    if not plan.switched:
        return [f"As before, what was asked for in submission {one.id} is wanted. Say: requests."]
    return [
        f"What was asked for in submission {one.id} stays wanted until you submit {title} by "
        f"{plan.route}, and is given up then. If all of it comes first, the set goes back to its "
        f"reviewers by {route_name(program, one.route)}. Say: requests."
    ]


def plan_line(program: Program, plan: Plan) -> str:
    """The route and why, in a few words."""
    name, submission = route_name(program, plan.route), plan.standing.submission
    if submission and plan.standing.phase in LOCKING:
        return f"{name}, {plan.standing.phase} (submission {submission.id})"
    return f"{name}, {_why(program, plan)}"


def closed_line(rule: RouteRule, today: date) -> str:
    """What the documents say of a route that was, or will be, closed, and what to do about it."""
    if rule.closed_on is None:
        return ""
    said = "is no longer offered since" if rule.closed_on <= today else "will not be offered from"
    return (
        f"{rule.title}: the documents say that it {said} {told(rule.closed_on)}; other pages still "
        "describe it. Ask the staff before you start."
    )


def route_name(program: Program, route: Route) -> str:
    """What the program calls the route, and the command's word for it where that differs."""
    title = program.rules.routes[route].title
    return title.lower() if title.lower() == route.value else f"{title} ({route})"


def _why(program: Program, plan: Plan) -> str:
    match plan.why:
        case Why.RECOMMENDED:
            return "since a review recommended it"
        case Why.CHOSEN:
            return "your choice"
        case Why.SUBMITTED:
            return "as it was submitted"
        case Why.CERTIFICATE:
            return f"since its {program.words.certificate} is filed"
        case Why.DEFAULT:
            return "while you choose nothing else"


def _elective(part: SetProgress, phase: Phase) -> str:
    count = len(part.set.competencies)
    noun = "competency" if count == 1 else "competencies"
    return f"{part.set.title} ({part.set.code}): {count} {noun}, {_state(part, phase)}."


def _state(part: SetProgress, phase: Phase) -> str:
    if phase is not Phase.OPEN:
        return phase.value
    if part.has_certificate:
        return "certificate filed"
    if not part.started:
        return "not started"
    return f"started, {len(part.covered)} of them with evidence"


def _still(program: Program, count: int) -> str:
    needed = program.electives_needed
    if count >= needed:
        return f"You have chosen {count} of {needed} electives. To change one, drop it first."
    return f"You have chosen {count} of {needed} electives: {needed - count} still to choose."


def _choose(sets: Iterable[CompetencySet]) -> tuple[Choice, ...]:
    offers = tuple(Choice(label=f"Choose {s.title}", says=f"choose {s.title}") for s in sets)
    return offers[:MOST_CHOICES]


def _titles(program: Program, ids: Sequence[str]) -> str:
    return ", ".join(program.set(id).title for id in ids)


def _reply(lines: list[str], *choices: Choice) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
