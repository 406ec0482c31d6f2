"""How a section is named to people."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.program import Program, Section
from bot.domain.rules import Route
from bot.domain.sections import SectionKind

LABEL = 72  # characters of a label on a button


def short_name(program: Program, section_id: str) -> str:
    """`TECH-8` for a competency, the title for any other section."""
    section = _section(program, section_id)
    return section.id if section.kind is SectionKind.COMPETENCY else section.title


def full_name(program: Program, section_id: str) -> str:
    """`TECH-8 of Technology ("Solves simple technical faults ...")`."""
    section = _section(program, section_id)
    if section.kind is not SectionKind.COMPETENCY:
        return section.title
    title = section.title.rstrip(".")
    return f"{section.id} of {program.set(section.set_id).title} (\u201c{title}\u201d)"


def label(program: Program, section_id: str) -> str:
    """A name that fits on a button."""
    section = _section(program, section_id)
    plain = section.title
    if section.kind is SectionKind.COMPETENCY:
        plain = f"{section.id} {section.title}"
    return plain if len(plain) <= LABEL else plain[: LABEL - 1].rsplit(" ", 1)[0] + "\u2026"


def called(program: Program, section_id: str) -> str:
    """`TECH-8` for a competency of a set, `the learning statement` for what else it needs."""
    section = _section(program, section_id)
    if section.kind is SectionKind.COMPETENCY:
        return section.id
    return named(program, section.kind)


def needs_of(program: Program, route: Route) -> str:
    """`a file for each competency and the learning statement`."""
    return together([named(program, kind) for kind in program.rules.routes[route].kinds])


def named(program: Program, kind: SectionKind) -> str:
    """What sets need a file for, in the program's words."""
    if kind is SectionKind.COMPETENCY:
        return "a file for each competency"
    if kind is SectionKind.CERTIFICATE:
        return f"its {program.words.certificate}"
    return f"the {program.words.statement}"


def same_again(title: str, number: int) -> str:
    """Why a set is not submitted as it was before."""
    return (
        f"What is filed for {title} is just what submission {number} held, which was not accepted. "
        "Add or replace a file first."
    )


def together(names: Sequence[str]) -> str:
    """`one, two and three`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _section(program: Program, section_id: str) -> Section:
    return next(s for s in program.sections if s.id == section_id)
