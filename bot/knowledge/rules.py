"""`rules:` of program.yaml -> the program's rules; pure."""

from __future__ import annotations

from bot.domain.program import Words
from bot.domain.rules import (
    AppealResult,
    AppealRule,
    AppealStep,
    CompletionRule,
    LetterRule,
    Need,
    Outcome,
    Rating,
    ReviewRule,
    Route,
    RouteRule,
    Rules,
    StatementRule,
)
from bot.domain.sections import SectionKind
from bot.knowledge.rules_schema import AppealModel, ReviewModel, RouteModel, RulesModel

ORDER = tuple(Rating)


def best_first(ratings: tuple[Rating, ...]) -> tuple[Rating, ...]:
    """The ratings from best to worst, as `ReviewRule.combine` knows them."""
    return tuple(sorted(ratings, key=ORDER.index))


def build_rules(model: RulesModel, words: Words) -> Rules:
    """The rules of a checked model, in the program's words."""
    return Rules(
        routes={
            Route.COURSE: _route(Route.COURSE, model.routes.course, words),
            Route.PORTFOLIO: _route(Route.PORTFOLIO, model.routes.portfolio, words),
        },
        statement=StatementRule(**model.statement.model_dump()),
        review=_review(model.review),
        appeal=_appeal(model.appeal) if model.appeal else None,
        letter=LetterRule(**model.letter.model_dump()),
        completion=CompletionRule(**model.completion.model_dump()),
        ready_cites={
            Route.COURSE: model.ready.course.cites,
            Route.PORTFOLIO: model.ready.portfolio.cites,
        },
        elective_cites=model.electives.cites,
        pace_cites=model.pace.cites,
        kept=model.kept,
    )


def _route(route: Route, model: RouteModel, words: Words) -> RouteRule:
    named = {"certificate": words.certificate, "statement": words.statement}
    return RouteRule(
        route=route,
        title=model.title,
        needs=tuple(
            Need(kind=SectionKind(need.kind), reason=need.reason.format(**named))
            for need in model.needs
        ),
        closed_on=model.closed_on,
        cites=model.cites,
    )


def _review(model: ReviewModel) -> ReviewRule:
    return ReviewRule(
        reviewers={
            Route.COURSE: model.reviewers.course,
            Route.PORTFOLIO: model.reviewers.portfolio,
        },
        words={
            Rating.MET: model.words.met,
            Rating.PARTIALLY: model.words.partially,
            Rating.NOT_MET: model.words.not_met,
        },
        combine={best_first(row.of): row.gives for row in model.combine},
        asks_for_more=frozenset(map(Rating, model.asks_for_more)),
        met_percent=model.met_percent,
        partially_percent=model.partially_percent,
        chances=model.chances,
        aim_days=model.aim_days,
        waiting_from=model.waiting_from,
        pass_cites=model.pass_cites,
        more_cites=model.more_cites,
        course_cites=model.course_cites,
    )


def _appeal(model: AppealModel) -> AppealRule:
    return AppealRule(
        against=frozenset(map(Outcome, model.against)),
        steps=tuple(AppealStep(**step.model_dump()) for step in model.steps),
        results=tuple(AppealResult(**result.model_dump()) for result in model.results),
        addressee=model.addressee,
        notice=model.notice,
        cites=model.cites,
        forfeit_cites=model.forfeit_cites,
    )
