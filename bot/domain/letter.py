"""The letter for an approved set, as texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.program import CompetencySet, Program

PROGRAM_KEYS = "program:"  # message keys of what the program files itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter ready to be printed: `sender` at its head, then title, paragraphs, signature."""

    sender: str
    title: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]


def achievement_letter(
    program: Program, competency_set: CompetencySet, *, name: str, day: date, number: int
) -> Letter:
    """The program's letter: `number` is the submission's, `day` the decision's calendar day."""
    rule = program.rules.letter
    words = {
        "name": name,
        "program": program.name,
        "set": competency_set.title,
        "date": f"{day.day} {day:%B %Y}",
        "number": number,
    }
    return Letter(
        sender=program.name,
        title=f"{rule.title}: {competency_set.title}",
        paragraphs=tuple(one.format(**words) for one in rule.paragraphs),
        signed=rule.signed,
    )


def letter_key(submission: int) -> str:
    """The message key of the letter's filing; the same submission's letter is filed once."""
    return f"{PROGRAM_KEYS}letter:{submission}"
