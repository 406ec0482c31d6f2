"""The legal moves of a review, one by one; test_review_machine.py makes them in any order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain import review
from bot.domain.people import Person
from bot.domain.rules import Outcome, Rating, Route
from bot.domain.submission import Stage, Submission
from bot.errors import Refused
from bot.phrases.times import in_words
from tests.unit.reviews import (
    GIA,
    IDS,
    NOW,
    RAY,
    RON,
    RULE,
    RUT,
    SAM,
    SECTIONS,
    SOIL,
    SUE,
    decided,
    decision,
    given,
    rated,
    submission,
)


def test_who_claims_is_noted_with_the_time() -> None:
    taken = review.claim(submission(), RAY, RULE, now=NOW)

    assert taken.stage is Stage.IN_REVIEW
    assert [(c.reviewer, c.name, c.at) for c in taken.claims] == [(RAY.id, "Ray Ode", NOW)]


def test_a_third_reviewer_is_told_who_was_faster_and_when_on_their_own_clock() -> None:
    full = submission(claims=(RUT, RON))

    with pytest.raises(Refused) as told:
        review.claim(full, RAY, RULE, now=NOW)

    when = "Sunday, 22 November 2026 at 03:00 (Asia/Tokyo)"
    assert f"by Rut Lam on {when} and Ron Bex on {when};" in in_words(told.value.said, RAY.zone)


def test_one_person_is_enough_for_a_course() -> None:
    taken = review.claim(submission(route=Route.COURSE), RAY, RULE, now=NOW)

    with pytest.raises(Refused, match="was taken by Ray Ode"):
        review.claim(taken, RUT, RULE, now=NOW)


@pytest.mark.parametrize(("who", "words"), [(GIA, "their own work"), (RAY, "yours already")])
def test_neither_the_candidate_nor_a_reviewer_twice_can_claim(who: Person, words: str) -> None:
    with pytest.raises(Refused, match=words):
        review.claim(submission(claims=(RAY,)), who, RULE, now=NOW)


def test_release_gives_the_place_and_the_ratings_back() -> None:
    left = review.release(submission(claims=(RAY, RUT), ratings=(given(RAY), given(RUT))), RAY)

    assert left.stage is Stage.IN_REVIEW
    assert [c.reviewer for c in left.claims] == [RUT.id]
    assert [r.reviewer for r in left.ratings] == [RUT.id]


def test_after_the_last_release_it_waits_again() -> None:
    left = review.release(submission(claims=(RAY,)), RAY)

    assert (left.stage, left.claims) == (Stage.WAITING, ())


def test_release_in_a_later_round_keeps_what_was_found_before() -> None:
    before = [given(who, id, carried=True) for who in (RAY, RUT) for id in IDS[1:]]
    second = submission(
        round=2, asked=IDS[:1], claims=(RAY, RUT), ratings=(*before, given(RAY), given(RUT))
    )

    taken = review.claim(review.release(second, RAY), RON, RULE, now=NOW)
    whole = review.rate(taken, SOIL, (given(RON),), rule=RULE)

    assert set(before) <= set(taken.ratings)
    assert review.unrated(taken, SOIL, RULE) == 1
    assert review.unrated(whole, SOIL, RULE) == 0
    assert decided(whole, decision()).decision


def test_only_who_has_taken_it_can_release_it() -> None:
    with pytest.raises(Refused, match="not yours"):
        review.release(submission(claims=(RAY,)), RUT)


def test_a_candidate_takes_back_what_nobody_has_begun() -> None:
    back = review.withdraw(submission())

    assert back.stage is Stage.WITHDRAWN
    assert not back.open


def test_a_review_that_started_is_not_taken_back() -> None:
    with pytest.raises(Refused, match="cannot be withdrawn"):
        review.withdraw(submission(claims=(RAY,)))


def test_a_later_round_starts_with_the_first_new_rating() -> None:
    second = submission(
        round=2, asked=IDS[:1], claims=(RAY,), ratings=(given(RAY, IDS[1], carried=True),)
    )

    assert review.withdraw(second).stage is Stage.WITHDRAWN
    with pytest.raises(Refused, match="cannot be withdrawn"):
        review.withdraw(review.rate(second, SOIL, (given(RAY),), rule=RULE))


def test_what_is_rated_in_a_later_round_is_what_was_asked_for() -> None:
    assert review.to_rate(submission(), SOIL) == IDS
    assert review.to_rate(submission(round=2, asked=(IDS[2], SECTIONS[-1])), SOIL) == (IDS[2],)
    assert review.to_rate(submission(route=Route.COURSE), SOIL) == ()


def test_a_new_rating_replaces_ones_own_and_leaves_the_others() -> None:
    first = submission(claims=(RAY, RUT), ratings=(given(RAY), given(RUT)))

    again = review.rate(first, SOIL, (given(RAY, rating=Rating.NOT_MET),), rule=RULE)

    assert {(r.reviewer, r.rating) for r in again.ratings} == {
        (RAY.id, Rating.NOT_MET),
        (RUT.id, Rating.MET),
    }


def test_of_two_ratings_in_one_message_the_last_counts() -> None:
    both = (given(RAY, rating=Rating.MET), given(RAY, rating=Rating.PARTIALLY))

    again = review.rate(submission(claims=(RAY,)), SOIL, both, rule=RULE)

    assert [r.rating for r in again.ratings] == [Rating.PARTIALLY]


@pytest.mark.parametrize("rating", [Rating.PARTIALLY, Rating.NOT_MET])
def test_whoever_finds_something_missing_says_what(rating: Rating) -> None:
    silent = (given(RAY, rating=rating, comment=" "),)
    words = f"rate 12 {IDS[0]} {RULE.words[rating]}: WHAT IS MISSING"
    with pytest.raises(Refused, match=words):
        review.rate(submission(claims=(RAY,)), SOIL, silent, rule=RULE)


def test_one_bad_rating_keeps_all_of_a_message_out() -> None:
    with pytest.raises(Refused, match="TREE-1 is not to be rated in submission 12"):
        review.rate(submission(claims=(RAY,)), SOIL, (given(RAY), given(RAY, "TREE-1")), rule=RULE)


def test_a_certificate_is_not_rated() -> None:
    with pytest.raises(Refused, match="nothing in it is rated"):
        review.rate(submission(route=Route.COURSE, claims=(RAY,)), SOIL, (given(RAY),), rule=RULE)


def test_whoever_has_not_taken_it_is_told_how() -> None:
    with pytest.raises(Refused, match="claim 12"):
        review.rate(submission(claims=(RAY,)), SOIL, (given(RUT),), rule=RULE)


def test_what_is_left_counts_by_reviewer_and_in_all() -> None:
    some = submission(claims=(RAY, RUT), ratings=[given(RAY, id) for id in IDS[:3]])

    assert review.left_to_rate(some, SOIL, RAY.id) == IDS[3:]
    assert review.left_to_rate(some, SOIL, RUT.id) == IDS
    assert review.unrated(some, SOIL, RULE) == 2 * len(IDS) - 3


def test_places_that_nobody_took_are_ratings_to_come() -> None:
    alone = submission(claims=(RAY,), ratings=[given(RAY, id) for id in IDS])

    assert review.unrated(alone, SOIL, RULE) == len(IDS)
    with pytest.raises(Refused, match=f"{len(IDS)} ratings of submission 12 are still to come"):
        decided(alone, decision())


def test_a_decision_ends_the_review() -> None:
    ended = decided(rated("mm", "mm", "mm", "mm"), decision())

    assert ended.stage is Stage.DECIDED
    assert ended.decision == decision()


def test_a_certificate_may_be_decided_while_it_waits() -> None:
    ended = decided(submission(route=Route.COURSE), decision())

    assert ended.stage is Stage.DECIDED


def test_the_second_decider_is_told_by_whom_when_and_how() -> None:
    ended = decided(rated("mm", "mm", "mm", "mm"), decision())

    with pytest.raises(
        Refused, match="Sam Poe decided submission 12 on 2026-11-21 at 18:00 UTC: approved"
    ):
        decided(ended, decision(Outcome.COURSE, by=SUE))


def test_nothing_moves_after_the_decision() -> None:
    ended = decided(rated("mm", "mm", "mm", "mm"), decision())

    moves: tuple[Callable[[], Submission], ...] = (
        lambda: review.claim(ended, RON, RULE, now=NOW),
        lambda: review.release(ended, RAY),
        lambda: review.withdraw(ended),
        lambda: review.rate(ended, SOIL, (given(RAY),), rule=RULE),
    )
    for move in moves:
        with pytest.raises(
            Refused, match="is decided: approved, by Sam Poe on 2026-11-21 at 18:00 UTC"
        ):
            move()


def test_nothing_moves_after_the_candidate_took_it_back() -> None:
    back = review.withdraw(submission())

    with pytest.raises(Refused, match="was withdrawn by the candidate"):
        review.claim(back, RAY, RULE, now=NOW)
    with pytest.raises(Refused, match="was withdrawn by the candidate"):
        decided(back, decision())


def test_a_decision_needs_a_reason_and_somebody_else() -> None:
    whole = rated("mm", "mm", "mm", "mm")

    with pytest.raises(Refused, match="Give a reason"):
        decided(whole, decision(reason=" "))
    with pytest.raises(Refused, match="their own work"):
        decided(whole, decision(by=GIA))


def test_more_is_asked_for_sections_of_the_set_by_name() -> None:
    whole = rated("mp", "mm", "mm", "mm")

    assert decided(whole, decision(Outcome.MORE, sections=(IDS[0],))).decision
    with pytest.raises(Refused, match="you named nothing"):
        decided(whole, decision(Outcome.MORE))
    with pytest.raises(Refused, match="you named TREE-1"):
        decided(whole, decision(Outcome.MORE, sections=(IDS[0], "TREE-1")))


def test_more_is_asked_for_as_often_as_the_program_allows() -> None:
    second = rated("mp", "mm", "mm", "mm", round=2)

    with pytest.raises(Refused, match=r"asked for 1 time\(s\) already"):
        decided(second, decision(Outcome.MORE, sections=(IDS[0],)))
    assert decided(second, decision(Outcome.COURSE, by=SAM)).decision
