"""What `rules:` must satisfy beyond its shape: nothing left open, every place cited exists."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import combinations_with_replacement
from pathlib import PurePosixPath

from pydantic import BaseModel

from bot.domain.knowledge import Passage
from bot.domain.rules import Outcome, Party, Rating, Route
from bot.domain.sections import SectionKind
from bot.knowledge.documents import Fault
from bot.knowledge.lines import line_of
from bot.knowledge.rules import best_first
from bot.knowledge.rules_schema import AppealModel, ReviewModel, RoutesModel, RulesModel

PROGRAM = "program.yaml"
DECISION = "decision"

Path = tuple[int | str, ...]
Wrong = Iterator[tuple[Path, str]]


def check_rules(rules: RulesModel, text: str) -> Iterator[Fault]:
    """Faults of the rules by themselves; `text` is the YAML they come from."""
    for path, what in (
        *_wrong_needs(rules.routes),
        *_wrong_combine(rules.review),
        *_wrong_more(rules),
        *_wrong_steps(rules),
    ):
        yield Fault(file=PROGRAM, line=line_of(text, ("rules", *path)), what=what)


def check_cites(
    model: BaseModel,
    text: str,
    passages: tuple[Passage, ...],
    unread: frozenset[str],
    *,
    file: str = PROGRAM,
    under: Path = (),
) -> Iterator[Fault]:
    """Faults of what the model cites; documents in `unread` (stems) have faults of their own.

    It stands in the file, at the path `under`.
    """
    ids = [p.id for p in passages]
    for path, id in _cites(model, under):
        stem = PurePosixPath(id.partition("#")[0]).name
        if id not in ids and stem not in unread:
            near = get_close_matches(id, ids, n=1)
            remedy = f"did you mean {near[0]}?" if near else "name FILE-STEM#Heading of a passage"
            what = f"{'.'.join(map(str, path))}: {id} does not exist: {remedy}"
            yield Fault(file=file, line=line_of(text, path), what=what)


def _cites(model: BaseModel, path: Path) -> Iterator[tuple[Path, str]]:
    """Every passage id named anywhere in the model, with its place."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "cites" or name.endswith("_cites"):
            yield from (((*path, name, place), id) for place, id in enumerate(value))
        elif isinstance(value, BaseModel):
            yield from _cites(value, (*path, name))
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _cites(item, (*path, name, place))


def _wrong_needs(routes: RoutesModel) -> Wrong:
    """A certificate makes a set a course, and reviewers of a portfolio rate its competencies."""
    of_course = tuple(need.kind for need in routes.course.needs)
    of_portfolio = tuple(need.kind for need in routes.portfolio.needs)
    for route, kinds in ((Route.COURSE, of_course), (Route.PORTFOLIO, of_portfolio)):
        for place, kind in enumerate(kinds):
            if kind in kinds[:place]:
                what = f"{kind} stands here twice: remove one of them"
                yield ("routes", route.value, "needs", place), what
    if SectionKind.CERTIFICATE not in of_course:
        yield ("routes", "course", "needs"), "certificate is missing: a course is proved by one"
    if SectionKind.COMPETENCY not in of_portfolio:
        yield ("routes", "portfolio", "needs"), "competency is missing: reviewers rate them"
    for place, kind in enumerate(of_portfolio):
        if SectionKind(kind) is SectionKind.CERTIFICATE:
            what = "certificate cannot be needed here: a set with one is proved by course"
            yield ("routes", "portfolio", "needs", place), what


def _wrong_combine(review: ReviewModel) -> Wrong:
    """Every combination of the reviewers' ratings has to be there once."""
    count = review.reviewers.portfolio
    seen: set[tuple[Rating, ...]] = set()
    for place, row in enumerate(review.combine):
        path, given = ("review", "combine", place), best_first(row.of)
        if len(given) != count:
            yield path, f"it combines {len(given)} ratings, but {count} review a portfolio"
        elif given in seen:
            yield path, f"{_told(given)} stands here twice: remove one of them"
        seen.add(given)
    for one in combinations_with_replacement(Rating, count):
        if one not in seen:
            what = f"{_told(one)} is missing: add {{of: [{', '.join(one)}], gives: ...}}"
            yield ("review", "combine"), what


def _told(ratings: tuple[Rating, ...]) -> str:
    return " with ".join(ratings)


def _wrong_more(rules: RulesModel) -> Wrong:
    """More documents can be asked for only while there are chances for it."""
    review = rules.review
    if review.asks_for_more and not review.chances:
        what = "chances is 0, but asks_for_more lists ratings: write 1 or more, or empty that list"
        yield ("review", "chances"), what
    never = not (review.asks_for_more and review.chances)
    for place, outcome in enumerate(rules.appeal.against if rules.appeal else ()):
        if never and Outcome(outcome) is Outcome.MORE:
            what = f"{outcome} can never be decided, since nothing asks for more: remove it"
            yield ("appeal", "against", place), what


def _wrong_steps(rules: RulesModel) -> Wrong:
    if rules.appeal is None:
        return
    yield from _wrong_order(rules.appeal)
    yield from _wrong_results(rules.appeal)
    first = rules.appeal.steps[0]
    if first.party is not Party.CANDIDATE or first.after != DECISION:
        what = "the first step is the notice: write party: candidate and after: decision"
        yield ("appeal", "steps", 0), what


def _wrong_results(appeal: AppealModel) -> Wrong:
    """A result is recorded by its title."""
    titles = [one.title.casefold() for one in appeal.results]
    for place, title in enumerate(titles):
        if title in titles[:place]:
            what = f"{title!r} stands here twice: give each result its own title"
            yield ("appeal", "results", place, "title"), what


def _wrong_order(appeal: AppealModel) -> Wrong:
    before = [DECISION]
    for place, step in enumerate(appeal.steps):
        path = ("appeal", "steps", place)
        if step.id in before:
            taken = "stands for the decision itself" if step.id == DECISION else "is used twice"
            yield (*path, "id"), f"{step.id} {taken}: give each step its own id"
        if step.after not in before:
            what = f"after {step.after!r} is no earlier step: use one of {', '.join(before)}"
            yield (*path, "after"), what
        before.append(step.id)
