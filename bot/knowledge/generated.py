"""Program data -> passages that are found and quoted like those of a document; pure."""

from __future__ import annotations

from bot.domain.knowledge import Passage
from bot.domain.program import Competency, CompetencySet, Program

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


_ASKED_ALL = (
    "how many competency sets are there",
    "list all the sets",
    "which sets exist in the program",
    "name the competency sets",
    "what areas or subjects does the certification cover",
    "overview of all the sets",
)
_ASKED_REQUIRED = (
    "which sets are required",
    "what are the mandatory sets",
    "core sets everybody must do",
    "which ones can't I skip",
    "how many required sets are there",
    "compulsory competency sets",
    "is this set required",
)
_ASKED_ELECTIVES = (
    "which sets are electives",
    "what elective sets can I choose from",
    "list of optional sets",
    "how many electives do I pick",
    "which ones are free to choose",
    "what are my options besides the required sets",
    "and the electives?",
)


def generated_passages(program: Program) -> tuple[Passage, ...]:
    """Lists, counts and texts of sets and competencies."""
    return (
        *_of_program(program),
        *(passage for s in program.sets for passage in _of_set(s, program)),
    )


def _of_program(program: Program) -> tuple[Passage, ...]:
    required, electives = program.required_sets, program.elective_sets
    return (
        _titles("All sets", program.sets, lead=_count(program), asked=_ASKED_ALL),
        _titles(
            "Required sets",
            required,
            lead=f"{_number(len(required)).capitalize()} sets ({len(required)}) are required:",
            asked=_ASKED_REQUIRED,
        ),
        _titles(
            "Elective sets",
            electives,
            lead=f"A candidate chooses {_number(program.electives_needed)} "
            f"({program.electives_needed}) of these {_number(len(electives))} "
            f"({len(electives)}) electives:",
            asked=_ASKED_ELECTIVES,
        ),
    )


def _count(program: Program) -> str:
    total, needed = len(program.sets), program.sets_needed
    return (
        f"There are {_number(total)} sets ({total}): {_number(len(program.required_sets))} "
        f"required and {_number(len(program.elective_sets))} electives. "
        f"A candidate proves {_number(needed)} ({needed}) of them."
    )


def _titles(
    heading: str, sets: tuple[CompetencySet, ...], *, lead: str, asked: tuple[str, ...]
) -> Passage:
    return Passage(
        id=f"program#{heading}",
        document="Competency sets",
        file="program.yaml",
        heading=heading,
        units=tuple(s.title for s in sets),
        files=tuple(f"sets/{s.id}.yaml" for s in sets),
        asked=asked,
        lead=lead,
    )


def _of_set(s: CompetencySet, program: Program) -> tuple[Passage, ...]:
    role = "required" if s.required else "an elective"
    return (
        Passage(
            id=f"{s.id}#Overview",
            document=s.title,
            file=f"sets/{s.id}.yaml",
            heading="Overview",
            units=(s.overview,),
            asked=(
                f"what is {s.title} about",
                f"describe the {s.title} set",
                f"what does the {s.title} set cover",
                f"is {s.title} required or an elective",
                f"what is in {s.title}",
            ),
            about=s.id,
            lead=f"{s.title} is {role}.",
        ),
        _competency_list(s),
        *(passage for c in s.competencies for passage in _of_competency(s, c, program)),
    )


def _competency_list(s: CompetencySet) -> Passage:
    count = len(s.competencies)
    note = f" {s.note}" if s.note else ""
    return Passage(
        id=f"{s.id}#Competencies",
        document=s.title,
        file=f"sets/{s.id}.yaml",
        heading="Competencies",
        units=tuple(c.text for c in s.competencies),
        asked=(
            f"what are the competencies in {s.title}",
            f"how many competencies does {s.title} have",
            f"list everything I have to show for {s.title}",
            f"number of competencies in the {s.title} set",
            f"what do I need to know for {s.title}",
        ),
        about=s.id,
        lead=f"{s.title} has {count} competencies, {s.code}-1 to {s.code}-{count}.{note}",
    )


def _of_competency(s: CompetencySet, c: Competency, program: Program) -> tuple[Passage, ...]:
    file = f"sets/{s.id}.yaml"
    unsure = "" if c.basis == "source" else f" Its wording is {c.basis} and not official."
    text = Passage(
        id=f"{s.id}#{c.id}",
        document=s.title,
        file=file,
        heading=c.id,
        units=(c.text,),
        asked=(f"what is {c.id}", f"what does {c.id} say", f"text of competency {c.id}"),
        about=c.id,
        lead=f"{c.id} is a competency of {s.title}.{unsure}",
    )
    suggestions = Passage(
        id=f"{s.id}#Suggestions for {c.id}",
        document=s.title,
        file=file,
        heading=f"Suggestions for {c.id}",
        units=c.suggestions,
        asked=(
            f"suggestions for {c.id}",
            f"what evidence could I upload for {c.id}",
            f"ideas and examples for {c.id}",
            f"how can I show {c.id}",
        ),
        about=c.id,
        lead=f"Suggestions for {c.id}. {program.unofficial}".strip(),
    )
    return (text, suggestions) if c.suggestions else (text,)


def _number(value: int) -> str:
    return _NUMBERS[value] if value < len(_NUMBERS) else str(value)
