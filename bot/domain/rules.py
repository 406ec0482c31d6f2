"""What a program decides about proof, review, appeal and letters; all of it comes from its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.sections import SectionKind


class Route(StrEnum):
    """How a set is proved: by one certificate, or by evidence for each competency."""

    COURSE = "course"
    PORTFOLIO = "portfolio"


class Rating(StrEnum):
    """How far one competency is shown. The order is from best to worst."""

    MET = "met"
    PARTIALLY = "partially"
    NOT_MET = "not-met"


class Outcome(StrEnum):
    """What a review ends with."""

    APPROVED = "approved"
    MORE = "more-documents"
    COURSE = "course-recommended"


OUTCOMES: Mapping[Outcome, str] = {
    Outcome.APPROVED: "approved",
    Outcome.MORE: "more documents wanted",
    Outcome.COURSE: "course recommended",
}  # what people call them

DECIDING: Mapping[Outcome, str] = {
    Outcome.APPROVED: "approve {}",
    Outcome.MORE: "ask more {}",
    Outcome.COURSE: "recommend course {}",
}  # how a person says them of the submission with that number


class Party(StrEnum):
    """Who takes a step of an appeal."""

    CANDIDATE = "candidate"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A kind of a set's sections, each of which must hold a file, and a sentence that says why."""

    kind: SectionKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRule:
    """One way to prove a set.

    `needs` are what must be filed before it is submitted, and what is judged then, in order.
    `closed_on` is the day from which the documents say that it is no longer offered; None while
    they say nothing of the kind. Other documents may still describe it: it is told, not enforced.
    `cites` are passage ids, the one to be quoted first; so in every rule here.
    """

    route: Route
    title: str
    needs: tuple[Need, ...]
    closed_on: date | None
    cites: tuple[str, ...]

    @property
    def kinds(self) -> tuple[SectionKind, ...]:
        """The kinds of sections that are needed."""
        return tuple(need.kind for need in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRule:
    """Advice on a statement: its parts, and a length in pages of about `words_a_page` words."""

    pages: int
    words_a_page: int
    parts: tuple[str, ...]
    cites: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words are advised at most."""
        return self.pages * self.words_a_page


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """How submissions are reviewed and decided.

    `reviewers` tells how many people review a set on each route. `words` are what the program calls
    the ratings. `combine` gives the rating that several reviewers' ratings of one competency add up
    to; its keys are their ratings, best first. A combined rating in `asks_for_more` leads to a
    request while chances are left: `chances` tells how often more documents may be asked for. A set
    passes when at least `met_percent` of its competencies (rounded up) are met and at most
    `partially_percent` (rounded down) are met in part. `aim_days` is the review time aimed at, None
    when nobody knows. Waiting times are told from `waiting_from` decisions on.
    """

    reviewers: Mapping[Route, int]
    words: Mapping[Rating, str]
    combine: Mapping[tuple[Rating, ...], Rating]
    asks_for_more: frozenset[Rating]
    met_percent: int
    partially_percent: int
    chances: int
    aim_days: int | None
    waiting_from: int
    pass_cites: tuple[str, ...]
    more_cites: tuple[str, ...]
    course_cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealStep:
    """One step of an appeal: `days` calendar days after the step `after` (`decision` is the first).

    `who` names the party in the program's own words.
    """

    id: str
    title: str
    party: Party
    who: str
    days: int
    after: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealResult:
    """What an appeal may end with; one that `reopens` has the same submission judged again."""

    title: str
    reopens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRule:
    """Against what an appeal goes, its steps in order, what it may end with, and its notice.

    `notice` is a text with {name}, {email}, {program}, {set}, {outcome}, {decided_on}, {today} and
    {addressee}. `forfeit_cites` tell what a missed deadline means.
    """

    against: frozenset[Outcome]
    steps: tuple[AppealStep, ...]
    results: tuple[AppealResult, ...]
    addressee: str
    notice: str
    cites: tuple[str, ...]
    forfeit_cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRule:
    """The letter for an approved set: paragraphs with {name}, {program}, {set}, {date}, {number}.

    `signed` are the lines below, such as the office's name.
    """

    title: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRule:
    """What is said when the last set is approved: what to do next, with its places."""

    next: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules of a program. `ready_cites` say what must be there before a set is submitted.

    `kept` names what outlives the erasure of a person, one sentence each.
    """

    routes: Mapping[Route, RouteRule]
    statement: StatementRule
    review: ReviewRule
    appeal: AppealRule | None
    letter: LetterRule
    completion: CompletionRule
    ready_cites: Mapping[Route, tuple[str, ...]]
    elective_cites: tuple[str, ...]
    pace_cites: tuple[str, ...]
    kept: tuple[str, ...] = ()
