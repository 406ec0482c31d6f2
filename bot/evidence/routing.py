"""Where a file goes: filed when that is safe, asked when it is not; pure and quick."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.domain.filing import Action, Alternative, Decision
from bot.domain.portfolio import Kind
from bot.domain.program import Section
from bot.domain.sections import SectionKind
from bot.evidence.chances import chances
from bot.evidence.look import Look
from bot.evidence.reasons import (
    closed_reasons,
    closed_set_reasons,
    content_reasons,
    naming_reason,
    unknown_reasons,
)

FLOOR = 0.75  # confidence from which a file is filed unasked; see bench/fit_routing.py
OFFERED = 5
SLIGHT = 0.005  # a chance that says nothing


def decide(look: Look, *, open_sections: Collection[str]) -> Decision:
    """The decision for a candidate with those sections open; unknown ids are ignored."""
    sections = {s.id: s for s in look.program.sections if s.id in open_sections}
    if not sections:
        return Decision(action=Action.REFUSE, reasons=("no section is open",))
    named = look.caption.sections or look.file_name.sections
    closed = [s for s in look.program.sections if s.id in named and s.id not in sections]
    reasons = (*closed_reasons(look, closed), *unknown_reasons(look))
    chosen = [sections[id] for id in named if id in sections]
    if chosen and (look.caption.sections or not look.caption.unknown):
        return _as_named(look, chosen, sections=sections, reasons=reasons)
    return _by_content(
        look, sections, reasons=reasons or closed_set_reasons(look, sections.values())
    )


def _as_named(
    look: Look,
    chosen: list[Section],
    *,
    sections: Mapping[str, Section],
    reasons: tuple[str, ...],
) -> Decision:
    first, *further = chosen
    others = [a.section for a in _ranked(look, sections) if a.section != first.id]
    unlikely = (Alternative(section=id, confidence=0.0) for id in others[: OFFERED - 1])
    return Decision(
        action=Action.FILE,
        section=first.id,
        kind=_kind(look, first),
        confidence=1.0,
        alternatives=(Alternative(section=first.id, confidence=1.0), *unlikely),
        reasons=(naming_reason(look, chosen), *reasons),
        also=tuple(s.id for s in further),
        explicit=True,
    )


def _by_content(
    look: Look, sections: Mapping[str, Section], *, reasons: tuple[str, ...]
) -> Decision:
    """Filed when likely enough, unless `reasons` tell that people meant a place not open."""
    ranked = _ranked(look, sections)
    best = ranked[0]
    section = sections[best.section]
    sure = best.confidence >= FLOOR and not reasons
    return Decision(
        action=Action.FILE if sure else Action.ASK,
        section=best.section,
        kind=_kind(look, section),
        confidence=best.confidence,
        alternatives=ranked,
        reasons=reasons or content_reasons(look, section),
    )


def _ranked(look: Look, sections: Mapping[str, Section]) -> tuple[Alternative, ...]:
    """The best first. Where it is sure enough to file, slight chances of its own kind come first.

    Next to a filed competency people look for other competencies, not for an unlikely letter.
    """
    found = chances(look, sections)
    best_id = max(found, key=lambda id: found[id])
    sure = found[best_id] >= FLOOR

    def order(id: str) -> tuple[bool, float]:
        other = sections[id].kind is not sections[best_id].kind
        return sure and other and found[id] < SLIGHT, -found[id]

    best = sorted(found, key=order)[:OFFERED]
    return tuple(Alternative(section=id, confidence=min(found[id], 1.0)) for id in best)


def _kind(look: Look, section: Section) -> Kind:
    """Papers of others are indirect proof; a statement is always the candidate's own."""
    match section.kind:
        case SectionKind.COMPETENCY:
            indirect = look.indirect > 0
        case SectionKind.STATEMENT:
            indirect = False
        case _:
            indirect = True
    return Kind.SECONDARY if indirect else Kind.PRIMARY
