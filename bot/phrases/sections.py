"""How a section is named to people."""

from __future__ import annotations

from bot.domain.program import Program, Section, SectionKind

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


def _section(program: Program, section_id: str) -> Section:
    return next(s for s in program.sections if s.id == section_id)
