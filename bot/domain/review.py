"""The life of a submission: every legal move, and nothing else.

A move takes a submission and gives the next one; `Refused` says why it is not legal.

    waiting --claim--> in review --decide--> decided
       |  ^----release----|
       +--withdraw--> withdrawn          (a later round is claimed from its first moment on)

    decided --judge again--> waiting      (as a new submission of the same items, after an appeal)

Where nothing is to be rated, a person may decide while it still waits: nobody has to take it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.limits import check_words
from bot.domain.people import Person
from bot.domain.program import CompetencySet
from bot.domain.rules import DECIDING, OUTCOMES, Outcome, Rating, ReviewRule, Route
from bot.domain.submission import Claim, RatingGiven, ReviewDecision, Stage, Submission
from bot.errors import Refused


def claim(
    submission: Submission, reviewer: Person, rule: ReviewRule, *, now: datetime
) -> Submission:
    """The reviewer takes it on; `Refused` when there is no place left or it is their own."""
    _check_open(submission)
    if submission.person_id == reviewer.id:
        raise Refused("Nobody reviews their own work; nothing was changed.")
    if submission.claimed_by(reviewer.id):
        raise Refused(f"Submission {submission.id} is yours already. Say: my reviews.")
    if len(submission.claims) >= rule.reviewers[submission.route]:
        raise _taken(submission)
    taken = Claim(reviewer=reviewer.id, name=reviewer.name, at=now)
    return replace(submission, stage=Stage.IN_REVIEW, claims=(*submission.claims, taken))


def release(submission: Submission, reviewer: Person) -> Submission:
    """The reviewer gives it back, and their ratings of this round go with them.

    What they found in the round before stays: nobody rates that again.
    """
    _check_open(submission)
    _check_claimed(submission, reviewer)
    claims = tuple(c for c in submission.claims if c.reviewer != reviewer.id)
    ratings = tuple(r for r in submission.ratings if r.reviewer != reviewer.id or r.carried)
    stage = Stage.IN_REVIEW if claims else Stage.WAITING
    return replace(submission, stage=stage, claims=claims, ratings=ratings)


def withdraw(submission: Submission) -> Submission:
    """The candidate takes it back; `Refused` once a review started."""
    _check_open(submission)
    if submission.judged_again:
        raise Refused(
            f"Submission {submission.id} is judged again since an appeal said so, so it cannot be "
            "withdrawn. What you change in your record does not touch it."
        )
    if submission.started:
        raise Refused(
            f"The review of submission {submission.id} has started, so it cannot be withdrawn any "
            "more. What you change in your record does not touch it."
        )
    return replace(submission, stage=Stage.WITHDRAWN, claims=(), ratings=())


def to_rate(submission: Submission, competency_set: CompetencySet) -> tuple[str, ...]:
    """The competencies that a reviewer rates: all, or where more was asked for, only those."""
    if submission.route is Route.COURSE:
        return ()
    ids = tuple(c.id for c in competency_set.competencies)
    return tuple(id for id in ids if not submission.asked or id in submission.asked)


def left_to_rate(
    submission: Submission, competency_set: CompetencySet, reviewer_id: int
) -> tuple[str, ...]:
    """What that reviewer has not rated yet, in the program's order."""
    given = {r.competency for r in submission.ratings if r.reviewer == reviewer_id}
    return tuple(id for id in to_rate(submission, competency_set) if id not in given)


def rate(
    submission: Submission,
    competency_set: CompetencySet,
    ratings: Sequence[RatingGiven],
    *,
    rule: ReviewRule,
) -> Submission:
    """Ratings of reviewers, each in place of their earlier one of the same competency.

    Of two ratings of one competency the last counts. Whoever does not find a competency met says
    why in the rating's comment.
    """
    _check_open(submission)
    wanted = to_rate(submission, competency_set)
    for given in ratings:
        if not submission.claimed_by(given.reviewer):
            raise Refused(f"Take it first: claim {submission.id}.")
        if given.competency not in wanted:
            raise Refused(_not_rated(submission, given.competency, wanted))
        check_words(given.comment, "A rating's comment")
        if lacks_comment(given.rating, given.comment):
            verb = f"rate {submission.id} {given.competency} {rule.words[given.rating]}"
            raise Refused(
                f"Say what is missing in {given.competency}, so that the candidate can mend it: "
                f"{verb}: WHAT IS MISSING.",
                heads=f"{verb}: ",
            )
    fresh = {(given.reviewer, given.competency): given for given in ratings}
    kept = (r for r in submission.ratings if (r.reviewer, r.competency) not in fresh)
    return replace(submission, ratings=(*kept, *fresh.values()))


def lacks_comment(rating: Rating, comment: str) -> bool:
    """Whether the rating has to say what is missing, and does not."""
    return rating is not Rating.MET and not comment.strip()


def unrated(submission: Submission, competency_set: CompetencySet, rule: ReviewRule) -> int:
    """How many ratings are still to be given before it can be decided."""
    needed = len(to_rate(submission, competency_set)) * rule.reviewers[submission.route]
    wanted = set(to_rate(submission, competency_set))
    given = {(r.reviewer, r.competency) for r in submission.ratings if not r.carried}
    return needed - sum(competency in wanted for _, competency in given)


def decide(
    submission: Submission,
    decision: ReviewDecision,
    rule: ReviewRule,
    *,
    competency_set: CompetencySet,
    sections: Sequence[str],
) -> Submission:
    """The end of the review. `sections` are the set's sections that more can be asked for.

    `Refused` when it was decided before (by whom and when), when it is the decider's own, while
    ratings are missing, without a reason, or when the program's chances are used up.
    """
    if submission.decision:
        decided = submission.decision
        raise Refused(
            f"{decided.name} decided submission {submission.id} on ",
            decided.at,
            f": {OUTCOMES[decided.outcome]}. Your decision was not kept.",
        )
    _check_open(submission)
    if submission.person_id == decision.by:
        raise Refused("Nobody decides on their own work; nothing was changed.")
    if not decision.reason.strip():
        verb = _said(submission, decision)
        raise Refused(
            f"Give a reason after a colon: the candidate will read it. Say: {verb}: REASON.",
            heads=f"{verb}: ",
        )
    check_words(decision.reason, "A reason")
    _check_reviewed(submission, competency_set, rule)
    _check_sections(submission, decision, rule, sections)
    return replace(submission, stage=Stage.DECIDED, decision=decision)


def _said(submission: Submission, decision: ReviewDecision) -> str:
    """The decision as a person says it."""
    verb = DECIDING[decision.outcome].format(submission.id)
    return f"{verb} {', '.join(decision.sections)}".strip()


def _check_open(submission: Submission) -> None:
    if submission.stage is Stage.WITHDRAWN:
        raise Refused(f"Submission {submission.id} was withdrawn by the candidate.")
    if submission.decision:
        raise Refused(
            f"Submission {submission.id} is decided: {OUTCOMES[submission.decision.outcome]}, by "
            f"{submission.decision.name} on ",
            submission.decision.at,
            ".",
        )


def _taken(submission: Submission) -> Refused:
    said: list[str | date] = []
    for claim in submission.claims:
        said += [" and " if said else " by ", f"{claim.name} on ", claim.at]
    return Refused(
        f"Submission {submission.id} was taken",
        *said,
        "; no place is left and nothing was changed. Say: queue, for others.",
    )


def _check_claimed(submission: Submission, reviewer: Person) -> None:
    if not submission.claimed_by(reviewer.id):
        raise Refused(f"Submission {submission.id} is not yours: nothing was changed.")


def _check_reviewed(
    submission: Submission, competency_set: CompetencySet, rule: ReviewRule
) -> None:
    missing = unrated(submission, competency_set, rule)
    if submission.route is Route.PORTFOLIO and missing:
        raise Refused(
            f"{missing} ratings of submission {submission.id} are still to come; it can be decided "
            f"when {rule.reviewers[submission.route]} people have rated everything. Say: ratings "
            f"{submission.id}."
        )


def _check_sections(
    submission: Submission, decision: ReviewDecision, rule: ReviewRule, sections: Sequence[str]
) -> None:
    if decision.outcome is not Outcome.MORE:
        return
    if submission.round > rule.chances:
        raise Refused(
            f"More documents were asked for {rule.chances} time(s) already, which is all that the "
            "program allows. Approve the set or recommend a course."
        )
    wrong = [s for s in decision.sections if s not in sections]
    if wrong or not decision.sections:
        named, example = ", ".join(wrong) or "nothing", sections[0].rpartition("/")[2]
        raise Refused(
            f"Name what more is needed for, out of this set's sections; you named {named}. Say, "
            f"for example: ask more {submission.id} {example}: REASON."
        )


def _not_rated(submission: Submission, competency: str, wanted: Sequence[str]) -> str:
    if not wanted:
        return f"Submission {submission.id} is a course certificate: nothing in it is rated."
    return (
        f"{competency} is not to be rated in submission {submission.id}. To be rated are: "
        f"{', '.join(wanted)}."
    )
