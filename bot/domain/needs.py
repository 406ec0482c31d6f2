"""What has to be filed before a set is submitted, by the program's rule for the route."""

from __future__ import annotations

from bot.domain.program import Program, Section
from bot.domain.rules import Route
from bot.domain.sections import SectionKind


def sections_for(program: Program, set_id: str, route: Route) -> tuple[Section, ...]:
    """The set's sections that must hold a file on that route: they are submitted and judged."""
    own = program.sections_of(set_id)
    needs = program.rules.routes[route].needs
    return tuple(section for need in needs for section in own if section.kind is need.kind)


def is_needed(program: Program, route: Route, kind: SectionKind) -> bool:
    """Whether sets on that route need a file in their sections of that kind."""
    return kind in program.rules.routes[route].kinds
