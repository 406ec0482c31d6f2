"""Which route fits a set: from what is filed, what the documents say, and the time that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.choosing import Plan, has_certificate
from bot.domain.pace import Pace
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.readiness import Readiness, readiness
from bot.domain.rules import Route, RouteRule


class Ground(StrEnum):
    """What decided the advice; the first that holds."""

    RECOMMENDED = "a review recommended a course"
    CERTIFICATE = "a certificate is filed"
    COMPLETE = "the portfolio is complete"
    CLOSED = "the other route is said to be closed"
    WELL_ADVANCED = "half of the portfolio or more is there"
    TIME = "half is there, but the pace is too slow"
    LITTLE_FILED = "less than half of the portfolio is there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The route that fits, and what it rests on.

    `portfolio` is the check of the portfolio as it stands; `certificate` tells whether one is
    filed. `closed` are the routes that the documents say are, or will be, no longer offered.
    """

    plan: Plan
    route: Route
    ground: Ground
    portfolio: Readiness
    certificate: bool
    closed: tuple[RouteRule, ...]
    pace: Pace

    @property
    def there(self) -> int:
        """How many parts of the portfolio are filed."""
        return len(self.portfolio.checks) - len(self.portfolio.missing)


def advise(program: Program, plan: Plan, *, evidence: Sequence[Evidence], pace: Pace) -> Advice:
    """The advice for a set that is not on its way."""
    portfolio = readiness(program, plan.set, route=Route.PORTFOLIO, evidence=evidence)
    route, ground = _fitting(program, plan, portfolio, evidence=evidence, pace=pace)
    return Advice(
        plan=plan,
        route=route,
        ground=ground,
        portfolio=portfolio,
        certificate=has_certificate(plan.set, evidence),
        closed=tuple(r for r in program.rules.routes.values() if r.closed_on),
        pace=pace,
    )


def _fitting(
    program: Program,
    plan: Plan,
    portfolio: Readiness,
    *,
    evidence: Sequence[Evidence],
    pace: Pace,
) -> tuple[Route, Ground]:
    """What is filed already comes before what is said of routes: nothing done is thrown away."""
    if plan.standing.phase is Phase.COURSE_RECOMMENDED:
        return Route.COURSE, Ground.RECOMMENDED
    if has_certificate(plan.set, evidence):
        return Route.COURSE, Ground.CERTIFICATE
    if portfolio.ready:
        return Route.PORTFOLIO, Ground.COMPLETE
    closed = {r.route for r in program.rules.routes.values() if _closed(r, pace.today)}
    if len(closed) == 1:
        return next(route for route in Route if route not in closed), Ground.CLOSED
    return _by_amount(portfolio, pace)


def _by_amount(portfolio: Readiness, pace: Pace) -> tuple[Route, Ground]:
    if 2 * len(portfolio.missing) > len(portfolio.checks):
        return Route.COURSE, Ground.LITTLE_FILED
    if pace.over or pace.first_late:
        return Route.COURSE, Ground.TIME
    return Route.PORTFOLIO, Ground.WELL_ADVANCED


def _closed(rule: RouteRule, today: date) -> bool:
    return rule.closed_on is not None and rule.closed_on <= today
