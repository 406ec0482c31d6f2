"""Which route is advised, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.advice import Ground, advise
from bot.domain.choosing import plan_of
from bot.domain.pace import Pace, pace
from bot.domain.phases import Phase
from bot.domain.program import Program
from bot.domain.rules import Route
from bot.phrases.advice import advice
from channels.markup import plain_text
from tests.unit.garden import garden
from tests.unit.test_choosing import ADA, NOW, SOIL, filed, standing

TODAY = NOW.date()
GARDEN = garden()


def quiet(program: Program = GARDEN, *, today: date = TODAY) -> Pace:
    """A pace with nothing done yet."""
    return pace(
        program,
        (),
        enrolled_on=ADA.enrolled_on,
        ends=ADA.subscription_ends,
        today=today,
    )


def with_closed(*routes: Route, on: date = date(2020, 1, 1)) -> Program:
    """The garden, where the documents say that those routes are closed."""
    rules = GARDEN.rules
    changed = {
        route: replace(rule, closed_on=on if route in routes else None)
        for route, rule in rules.routes.items()
    }
    return replace(GARDEN, rules=replace(rules, routes=changed))


EVERY = ("SOIL-1", "SOIL-2", "SOIL-3", "SOIL-4")


@pytest.mark.parametrize(
    ("program", "sections", "phase", "expected"),
    [
        (GARDEN, (), Phase.OPEN, (Route.COURSE, Ground.LITTLE_FILED)),
        (GARDEN, EVERY[:2], Phase.OPEN, (Route.COURSE, Ground.LITTLE_FILED)),
        (GARDEN, EVERY[:3], Phase.OPEN, (Route.PORTFOLIO, Ground.WELL_ADVANCED)),
        (
            GARDEN,
            (*EVERY, "soil-care/certificate"),
            Phase.OPEN,
            (Route.COURSE, Ground.CERTIFICATE),
        ),
        (
            with_closed(Route.PORTFOLIO),
            (*EVERY, "soil-care/statement"),
            Phase.OPEN,
            (Route.PORTFOLIO, Ground.COMPLETE),
        ),
        (with_closed(Route.PORTFOLIO), EVERY, Phase.OPEN, (Route.COURSE, Ground.CLOSED)),
        (with_closed(Route.COURSE), (), Phase.OPEN, (Route.PORTFOLIO, Ground.CLOSED)),
        (with_closed(*Route), (), Phase.OPEN, (Route.COURSE, Ground.LITTLE_FILED)),
        (
            with_closed(Route.PORTFOLIO, on=date(2031, 1, 1)),
            EVERY,
            Phase.OPEN,
            (Route.PORTFOLIO, Ground.WELL_ADVANCED),
        ),
        (
            with_closed(Route.COURSE),
            (),
            Phase.COURSE_RECOMMENDED,
            (Route.COURSE, Ground.RECOMMENDED),
        ),
    ],
)
def test_advice_follows_from_what_is_filed_and_what_the_documents_say(
    program: Program, sections: tuple[str, ...], phase: Phase, expected: tuple[Route, Ground]
) -> None:
    evidence = (filed(*sections),)
    plan = plan_of(program.set(SOIL), standing(SOIL, phase), chosen={}, evidence=evidence)
    found = advise(program, plan, evidence=evidence, pace=quiet(program))

    assert (found.route, found.ground) == expected


def test_a_portfolio_that_is_half_done_is_not_advised_when_the_time_is_up() -> None:
    evidence = (filed(*EVERY),)
    plan = plan_of(GARDEN.set(SOIL), standing(SOIL, Phase.OPEN), chosen={}, evidence=evidence)
    late = quiet(today=date(2027, 2, 1))

    found = advise(GARDEN, plan, evidence=evidence, pace=late)

    assert (found.route, found.ground) == (Route.COURSE, Ground.TIME)
    assert found.there == len(EVERY)


def test_what_is_done_on_a_closed_route_is_not_thrown_away_unasked() -> None:
    program = with_closed(Route.PORTFOLIO)
    evidence = (filed(*EVERY, "soil-care/statement"),)
    plan = plan_of(program.set(SOIL), standing(SOIL, Phase.OPEN), chosen={}, evidence=evidence)
    found = advise(program, plan, evidence=evidence, pace=quiet(program))

    said = plain_text(advice(program, found, closing=(), fitting=()))

    assert "portfolio, because all 5 parts for portfolio are filed; ask the staff first" in said
    assert "Portfolio: the documents say that it is no longer offered since 1 January 2020" in said


def test_a_route_that_will_close_is_told_in_the_future() -> None:
    program = with_closed(Route.COURSE, on=date(2031, 5, 1))
    plan = plan_of(program.set(SOIL), standing(SOIL, Phase.OPEN), chosen={}, evidence=())
    found = advise(program, plan, evidence=(), pace=quiet(program))

    said = plain_text(advice(program, found, closing=(), fitting=()))

    assert "Course: the documents say that it will not be offered from 1 May 2031" in said
