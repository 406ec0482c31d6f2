"""Waiting times are told from real decisions, and only from enough of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.submission import Stage, Submission
from bot.domain.waiting import Waiting, waiting
from bot.phrases.waiting import aim, waiting_line, waiting_times
from channels.markup import plain_text
from tests.unit.reviews import NOW, PROGRAM, RULE, SOIL, decision, submission

LEAST = RULE.waiting_from


def took(
    *days: float, set_id: str = SOIL.id, round: int = 1, decided: bool = True
) -> list[Submission]:
    """Submissions that took so many days."""
    end = Stage.DECIDED if decided else Stage.WITHDRAWN
    return [
        replace(
            submission(round=round),
            set_id=set_id,
            submitted_at=NOW - timedelta(days=day),
            stage=end,
            decision=decision() if decided else None,
        )
        for day in days
    ]


def test_nothing_is_told_of_too_few() -> None:
    assert waiting([], RULE, set_id=SOIL.id) is None
    assert waiting(took(*[5] * (LEAST - 1)), RULE, set_id=SOIL.id) is None


def test_the_same_set_counts_alone_when_there_is_enough_of_it() -> None:
    own, other = took(2, 3, 4), took(90, 91, 92, set_id="fruit-trees")

    assert waiting([*own, *other], RULE, set_id=SOIL.id) == Waiting(
        low_days=2, high_days=4, count=3, same_set=True
    )


def test_otherwise_every_set_proved_that_way_counts() -> None:
    own, other = took(2, 3), took(90, set_id="fruit-trees")

    assert waiting([*own, *other], RULE, set_id=SOIL.id) == Waiting(
        low_days=2, high_days=90, count=3, same_set=False
    )


def test_what_was_withdrawn_tells_nothing() -> None:
    assert waiting([*took(2, 3), *took(4, decided=False)], RULE) is None


def test_later_rounds_are_compared_with_later_rounds() -> None:
    mixed = [*took(10, 11, 12), *took(1, 2, 3, round=2)]

    first, later = waiting(mixed, RULE), waiting(mixed, RULE, later_round=True)

    assert first
    assert later
    assert (first.low_days, first.high_days) == (10, 12)
    assert (later.low_days, later.high_days) == (1, 3)


def test_of_many_the_extremes_are_left_out() -> None:
    found = waiting(took(0.2, *[10] * 18, 300), RULE)

    assert found
    assert (found.low_days, found.high_days, found.count) == (10, 10, 20)


@given(st.lists(st.floats(0, 900), min_size=LEAST, max_size=60))
def test_the_span_lies_within_what_really_happened(days: Sequence[float]) -> None:
    found = waiting(took(*days), RULE)

    assert found
    assert min(days) - 1 < found.low_days <= found.high_days < max(*days, 1) + 1
    assert found.count == len(days)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(12, 19, "12 to 19 days"), (3, 3, "3 days"), (0, 1, "up to 1 day"), (1, 1, "1 day")],
)
def test_the_span_is_said_in_words(low: int, high: int, said: str) -> None:
    found = Waiting(low_days=low, high_days=high, count=34, same_set=False)

    assert waiting_line(found) == f"Sets like yours took {said} (34 decisions)."


def test_an_aim_is_told_when_the_program_has_one() -> None:
    aiming = replace(PROGRAM, rules=replace(PROGRAM.rules, review=replace(RULE, aim_days=30)))

    assert aim(PROGRAM) == []
    text = plain_text(waiting_times(aiming, {}))
    assert "from 3 real decisions on" in text
    assert "Reviews aim at 30 days." in text
