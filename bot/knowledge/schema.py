"""The shape of program.yaml and sets/*.yaml, checked on load."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.knowledge.rules_schema import RulesModel
from bot.knowledge.shapes import Day, LocalTime, Part, Slug, Text, Texts


class CompetencyModel(Part):
    """One competency of sets/*.yaml."""

    id: Annotated[str, Field(pattern=r"^[A-Z]+-\d+$")]
    text: Text
    basis: Literal["source", "partial", "reconstructed"] = "source"
    suggestions: tuple[Text, ...] = ()
    looks_like: tuple[Text, ...] = ()


class SetModel(Part):
    """One file of sets/."""

    id: Slug
    code: Annotated[str, Field(pattern=r"^[A-Z]+$")]
    title: Text
    aliases: tuple[Text, ...] = ()
    required: bool
    revision: str = ""
    overview: Text
    note: str = ""
    competencies: Annotated[tuple[CompetencyModel, ...], Field(min_length=1)]


class SectionModel(Part):
    """A section of the record as a whole."""

    id: Slug
    title: Text
    looks_like: Texts


class SetSectionModel(Part):
    """A section that every set has; `{set}` in its lines stands for the set's title."""

    title: Text
    looks_like: Texts


class SetSectionsModel(Part):
    """The three sections beside a set's competencies."""

    certificate: SetSectionModel
    statement: SetSectionModel
    letter: SetSectionModel


class WordsModel(Part):
    """What the program calls its own things."""

    record: Text
    record_short: Text
    certificate: Text
    statement: Text
    letter: Text


class EraModel(Part):
    """A period of the program's documents."""

    label: Text
    since: Annotated[str, Field(pattern=r"^\d{4}(-\d\d-\d\d)?$")]


class HoursModel(Part):
    """Opening hours on some days of the week, local time."""

    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    opens: LocalTime
    closes: LocalTime

    @field_validator("closes")
    @classmethod
    def _later(cls, closes: time, info: ValidationInfo) -> time:
        """Hours lie within one day."""
        opens = info.data.get("opens")
        if opens is not None and closes <= opens:
            raise PydanticCustomError(
                "closes",
                "closes {closes} is not later than opens {opens}: write hours after midnight "
                "as hours of the next day",
                {"closes": f"{closes:%H:%M}", "opens": f"{opens:%H:%M}"},
            )
        return closes


class SupportModel(Part):
    """The help line."""

    name: Text
    contact: Text
    time_zone: Text
    hours: Annotated[tuple[HoursModel, ...], Field(min_length=1)]
    caveat: str = ""


class DocumentationModel(Part):
    """How direct and indirect proof read."""

    primary: tuple[Text, ...] = ()
    secondary: tuple[Text, ...] = ()


class DemoModel(Part):
    """The candidate that a first run shows: name, e-mail, zone, elective set ids."""

    name: Text
    email: Text
    time_zone: Text
    electives: tuple[Slug, ...] = ()


class ProgramModel(Part):
    """program.yaml."""

    format: Literal[1]
    id: Slug
    name: Text
    short_name: Text
    words: WordsModel
    sets: Annotated[tuple[Slug, ...], Field(min_length=1)]
    electives_needed: Annotated[int, Field(ge=0)]
    sections: tuple[SectionModel, ...]
    set_sections: SetSectionsModel
    subscription_years: Annotated[int, Field(ge=1)]
    documentation: DocumentationModel = DocumentationModel()
    eras: dict[str, EraModel] = Field(default_factory=dict)
    support: SupportModel | None = None
    unofficial: str = ""
    rules: RulesModel
    demo: DemoModel | None = None
