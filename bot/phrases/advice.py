"""How advice on a route is told: one sentence with its reasons, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.advice import Advice, Ground
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Quotation, Reply
from bot.domain.program import Program
from bot.domain.rules import Route
from bot.domain.sections import SectionKind
from bot.phrases.choosing import closed_line, plan_line, route_name
from bot.phrases.pace import outlook
from bot.phrases.sections import needs_of


def advice(
    program: Program,
    found: Advice,
    *,
    closing: Sequence[Quotation],
    fitting: Sequence[Quotation],
) -> Reply:
    """The recommendation, its facts, and the documents' words.

    `closing` quotes what is said of closed routes, the newest first, `fitting` what is said of the
    route recommended.
    """
    blocks: list[Block] = [
        Paragraph(text=_recommendation(program, found)),
        Bullets(items=_facts(program, found)),
        *(Paragraph(text=closed_line(rule, found.pace.today)) for rule in found.closed),
        *closing,
        *fitting,
    ]
    return Reply(blocks=tuple(blocks), choices=_choices(program, found))


def _recommendation(program: Program, found: Advice) -> str:
    name = route_name(program, found.route)
    line = f"For {found.plan.set.title} I recommend: {name}, because {_because(program, found)}"
    if any(rule.route is found.route and rule.closed_on for rule in found.closed):
        return f"{line}; ask the staff first whether it is still taken."
    return f"{line}."


def _because(program: Program, found: Advice) -> str:
    certificate = program.words.certificate
    whole = f"{len(found.portfolio.checks)} parts for {route_name(program, Route.PORTFOLIO)}"
    parts = f"{found.there} of {whole}"
    titles = " and ".join(r.title for r in found.closed if r.route is not found.route)
    alone = len(program.rules.routes[Route.COURSE].needs) == 1
    proof = f"one {certificate} stands" if alone else f"{needs_of(program, Route.COURSE)} stand"
    reasons = {
        Ground.RECOMMENDED: "the review of it recommended that",
        Ground.CERTIFICATE: f"its {certificate} is filed{', which alone proves the set' * alone}",
        Ground.COMPLETE: f"all {whole} are filed",
        Ground.CLOSED: f"the documents say that the other route ({titles}) is closed",
        Ground.WELL_ADVANCED: f"{parts} are filed already",
        Ground.TIME: f"{parts} are filed, time is short, and {proof} for the rest",
        Ground.LITTLE_FILED: f"{parts} are filed, and {proof} for all of them",
    }
    return reasons[found.ground]


def _facts(program: Program, found: Advice) -> tuple[str, ...]:
    return (
        f"Filed: {_filed(program, found)}.",
        f"Route until now: {plan_line(program, found.plan)}.",
        outlook(found.pace),
    )


def _filed(program: Program, found: Advice) -> str:
    words, kinds = program.words, {s.id: s.kind for s in program.sections}
    checks = [(kinds[check.section], check.met) for check in found.portfolio.checks]
    competencies = [met for kind, met in checks if kind is SectionKind.COMPETENCY]
    statement = [met for kind, met in checks if kind is SectionKind.STATEMENT]
    parts = (
        f"files for {sum(competencies)} of {len(competencies)} competencies",
        *(f"{'the' if met else 'no'} {words.statement}" for met in statement),
        f"{'the' if found.certificate else 'no'} {words.certificate}",
    )
    return ", ".join(parts)


def _choices(program: Program, found: Advice) -> tuple[Choice, ...]:
    """Either route, the recommended one first; a review's recommendation leaves only one."""
    others = [route for route in Route if route is not found.route]
    open_routes = [] if found.ground is Ground.RECOMMENDED else others
    title = found.plan.set.title
    ways = (
        Choice(label=f"Prove it by {route_name(program, route)}", says=f"prove {title} by {route}")
        for route in (found.route, *open_routes)
    )
    staff = (
        Choice(
            label=f"Ask the staff about {rule.title}",
            says=f"ask staff: Is {rule.title} still offered for {title}?",
        )
        for rule in found.closed
    )
    return (*ways, *staff)
