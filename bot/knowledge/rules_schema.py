"""The shape of `rules:` in program.yaml, checked on load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.domain.rules import Party, Rating
from bot.knowledge.placeholders import told, wrong_placeholder
from bot.knowledge.shapes import Part, Slug, Text, Texts

IN_NOTICE = (
    *("name", "email", "program", "set"),
    *("outcome", "decided_on", "today", "addressee"),
)
IN_REASON = ("certificate", "statement")
IN_LETTER = ("name", "program", "set", "date", "number")


def _only(names: tuple[str, ...]) -> Callable[[str], str]:
    """A check that a text has no other placeholder than those."""

    def check(text: str) -> str:
        if wrong := wrong_placeholder(text, names):
            context = {"wrong": wrong, "allowed": told(names)}
            raise PydanticCustomError("placeholder", "{wrong}: use only {allowed}", context)
        return text

    return check


Cites = Annotated[tuple[Annotated[str, Field(pattern=r"^[^#]+#.+$")], ...], Field(min_length=1)]
Count = Annotated[int, Field(ge=1)]
Percent = Annotated[int, Field(ge=0, le=100)]
NoticeText = Annotated[Text, AfterValidator(_only(IN_NOTICE))]
ReasonText = Annotated[Text, AfterValidator(_only(IN_REASON))]
LetterText = Annotated[Text, AfterValidator(_only(IN_LETTER))]


class CitedModel(Part):
    """Where something stands: passage ids, the one to be quoted first."""

    cites: Cites


class NeedModel(Part):
    """What a set has to hold, and why."""

    kind: Literal["competency", "certificate", "statement"]
    reason: ReasonText


class RouteModel(CitedModel):
    """One way to prove a set."""

    title: Text
    needs: tuple[NeedModel, ...]
    closed_on: date | None = None


class RoutesModel(Part):
    """Both ways to prove a set."""

    course: RouteModel
    portfolio: RouteModel


class ReadyModel(Part):
    """Where it stands what has to be there before a set is submitted."""

    course: CitedModel
    portfolio: CitedModel


class StatementModel(CitedModel):
    """Advice on a statement."""

    pages: Count
    words_a_page: Count
    parts: Texts


class ReviewersModel(Part):
    """How many people review a set."""

    course: Count
    portfolio: Count


class RatingWordsModel(Part):
    """What the program calls the ratings."""

    met: Text
    partially: Text
    not_met: Annotated[Text, Field(alias="not-met")]


class CombineModel(Part):
    """What several reviewers' ratings of one competency add up to."""

    of: Annotated[tuple[Rating, ...], Field(min_length=1)]
    gives: Rating


class ReviewModel(Part):
    """How submissions are reviewed and decided."""

    reviewers: ReviewersModel
    words: RatingWordsModel
    combine: tuple[CombineModel, ...]
    asks_for_more: tuple[Literal["partially", "not-met"], ...]
    met_percent: Percent
    partially_percent: Percent
    chances: Annotated[int, Field(ge=0)]
    aim_days: Count | None = None
    waiting_from: Count
    pass_cites: Cites
    more_cites: Cites
    course_cites: Cites


class AppealStepModel(CitedModel):
    """One step of an appeal; `days` calendar days after the step `after`."""

    id: Slug
    title: Text
    party: Party
    who: Text
    days: Count
    after: Slug


class AppealResultModel(Part):
    """What an appeal may end with; one that reopens has the submission judged again."""

    title: Text
    reopens: bool


class AppealModel(CitedModel):
    """Appeals; a pack without this part has none."""

    against: Annotated[
        tuple[Literal["more-documents", "course-recommended"], ...], Field(min_length=1)
    ]
    addressee: Text
    notice: NoticeText
    steps: Annotated[tuple[AppealStepModel, ...], Field(min_length=1)]
    results: Annotated[tuple[AppealResultModel, ...], Field(min_length=1)]
    forfeit_cites: Cites


class LetterModel(Part):
    """The letter for an approved set."""

    title: Text
    paragraphs: Annotated[tuple[LetterText, ...], Field(min_length=1)]
    signed: Texts


class CompletionModel(CitedModel):
    """What is said when the last set is approved."""

    next: Text


class RulesModel(Part):
    """`rules:` of program.yaml."""

    routes: RoutesModel
    ready: ReadyModel
    electives: CitedModel
    pace: CitedModel
    statement: StatementModel
    review: ReviewModel
    appeal: AppealModel | None = None
    letter: LetterModel
    completion: CompletionModel
    kept: tuple[Text, ...] = ()
