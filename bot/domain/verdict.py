"""What reviewers' ratings add up to by the program's rule; a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.program import CompetencySet
from bot.domain.rules import Outcome, Rating, ReviewRule
from bot.domain.submission import RatingGiven, ReviewDecision, Submission

_ORDER = tuple(Rating)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """One competency's ratings, by reviewer, and what they add up to; None while any is missing."""

    competency: str
    given: tuple[RatingGiven, ...]
    rating: Rating | None

    @property
    def disputed(self) -> bool:
        """Whether the reviewers disagree."""
        return len({one.rating for one in self.given}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rule gives: an outcome, and the competencies it would ask more for.

    `met`, `partially` and `not_met` count competencies, `needed` is how many must be met and
    `allowed` how many may be met in part; `passes` tells whether the set would pass by them.
    """

    outcome: Outcome
    asks: tuple[str, ...]
    met: int
    partially: int
    not_met: int
    needed: int
    allowed: int
    passes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What came of rating: the competencies kept, and what is still to come.

    `left` are those that the reviewer has still to rate, `others` is how many ratings of others
    are missing; `proposal` is what the rule gives once nothing is.
    """

    submission: Submission
    kept: tuple[str, ...]
    left: tuple[str, ...]
    others: int
    proposal: Proposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """The ratings of a submission as one person may see them, competency by competency.

    `names` are the raters' by number. `hidden` tells that others' ratings of this round are left
    out, because the asker is to judge alone first; `left` are those that they have still to rate.
    """

    submission: Submission
    rows: tuple[Combined, ...]
    names: Mapping[int, str]
    left: tuple[str, ...]
    hidden: bool
    proposal: Proposal | None


def combine(
    submission: Submission, competency_set: CompetencySet, rule: ReviewRule
) -> tuple[Combined, ...]:
    """Each competency of the set with its ratings, in the program's order."""
    return tuple(_combined(c.id, submission, rule) for c in competency_set.competencies)


def propose(combined: tuple[Combined, ...], rule: ReviewRule, *, round: int) -> Proposal | None:
    """What the rule makes of it; None while ratings are missing.

    While a chance is left, every competency whose rating asks for more is asked for. After that
    the set passes by the shares of its competencies, or a course is recommended.
    """
    ratings = [one.rating for one in combined]
    if not ratings or None in ratings:
        return None
    count = len(ratings)
    met, partially = ratings.count(Rating.MET), ratings.count(Rating.PARTIALLY)
    not_met = ratings.count(Rating.NOT_MET)
    needed = -(-count * rule.met_percent // 100)
    allowed = count * rule.partially_percent // 100
    passes = met >= needed and partially <= allowed and not not_met
    asks = tuple(one.competency for one in combined if one.rating in rule.asks_for_more)
    return Proposal(
        outcome=_outcome(passes, chance=bool(asks) and round <= rule.chances),
        asks=asks,
        met=met,
        partially=partially,
        not_met=not_met,
        needed=needed,
        allowed=allowed,
        passes=passes,
    )


def proposed(
    submission: Submission, competency_set: CompetencySet, rule: ReviewRule
) -> Proposal | None:
    """What the rule makes of the submission's ratings; None while any is missing."""
    combined = combine(submission, competency_set, rule)
    return propose(combined, rule, round=submission.round)


def differs(decision: ReviewDecision, proposal: Proposal) -> bool:
    """Whether the decision is another one than the rule's, or asks for other sections."""
    if decision.outcome is not proposal.outcome:
        return True
    return decision.outcome is Outcome.MORE and set(decision.sections) != set(proposal.asks)


def _outcome(passes: bool, *, chance: bool) -> Outcome:
    if chance:
        return Outcome.MORE
    return Outcome.APPROVED if passes else Outcome.COURSE


def _combined(competency: str, submission: Submission, rule: ReviewRule) -> Combined:
    same = (r for r in submission.ratings if r.competency == competency)
    given = tuple(sorted(same, key=lambda one: one.reviewer))
    ratings = tuple(sorted((r.rating for r in given), key=_ORDER.index))
    return Combined(competency=competency, given=given, rating=rule.combine.get(ratings))
