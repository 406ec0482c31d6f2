"""The kinds of sections, and the names of those that every set has."""

from __future__ import annotations

from enum import StrEnum


class SectionKind(StrEnum):
    """What a section holds."""

    RECORD = "record"
    COMPETENCY = "competency"
    CERTIFICATE = "certificate"
    STATEMENT = "statement"
    LETTER = "letter"


def section_id(set_id: str, kind: SectionKind) -> str:
    """The id of a set's one section of that kind; competencies have ids of their own."""
    return f"{set_id}/{kind.value}"
