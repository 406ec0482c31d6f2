"""When a message is sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Address
from bot.errors import DeliveryFailed
from scheduler.retry import (
    FIRST_WAIT,
    LONGEST_PAUSE,
    LONGEST_REST,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    SHORTEST_REST,
    next_try,
    outlook,
    pause,
    rest,
)
from tests.clock import NOON

attempts = st.integers(1, MOST_ATTEMPTS - 1)


@pytest.mark.parametrize(("made", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600)])
def test_waits_double_up_to_an_hour(made: int, seconds: int) -> None:
    assert next_try(made, DeliveryFailed("busy"), now=NOON) == NOON + timedelta(seconds=seconds)


@given(st.integers(1, 100))
def test_a_permanent_failure_is_never_tried_again(made: int) -> None:
    assert next_try(made, DeliveryFailed("blocked", permanent=True), now=NOON) is None


@given(st.integers(MOST_ATTEMPTS, 10_000))
def test_trying_ends(made: int) -> None:
    assert next_try(made, DeliveryFailed("busy"), now=NOON) is None


@given(attempts)
def test_waits_are_bounded(made: int) -> None:
    due = next_try(made, DeliveryFailed("busy"), now=NOON)

    assert due is not None
    assert FIRST_WAIT <= due - NOON <= LONGEST_WAIT


@given(st.floats(1, LONGEST_REST.total_seconds()))
def test_the_vendors_word_is_obeyed(asked: float) -> None:
    assert rest(DeliveryFailed("busy", retry_after=asked)) == timedelta(seconds=asked)


@pytest.mark.parametrize(
    ("asked", "rests"), [(0, SHORTEST_REST), (1e9, LONGEST_REST), (float("inf"), LONGEST_REST)]
)
def test_nobody_is_believed_who_asks_for_days_or_for_nothing(
    asked: float, rests: timedelta
) -> None:
    assert rest(DeliveryFailed("busy", retry_after=asked)) == rests


@pytest.mark.parametrize("failure", [{}, {"permanent": True, "retry_after": 9}])
def test_nothing_rests_unasked_or_for_what_fails_for_good(failure: dict[str, Any]) -> None:
    assert rest(DeliveryFailed("no", **failure)) is None


@given(attempts, attempts)
def test_waits_never_shrink(one: int, other: int) -> None:
    few, many = sorted((one, other))
    sooner = next_try(few, DeliveryFailed("busy"), now=NOON)
    later = next_try(many, DeliveryFailed("busy"), now=NOON)

    assert sooner is not None
    assert later is not None
    assert sooner <= later


@given(st.integers(1, 10_000))
def test_a_channel_in_trouble_is_asked_ever_more_seldom_up_to_a_bound(failures: int) -> None:
    trouble = DeliveryFailed("revoked", ours=True)

    assert FIRST_WAIT <= pause(failures, trouble) <= pause(failures + 1, trouble) <= LONGEST_PAUSE


@given(st.integers(1, 10_000), st.floats(0.001, 1e6))
def test_a_channel_is_left_alone_as_long_as_its_vendor_says(failures: int, asked: float) -> None:
    trouble = DeliveryFailed("too much", ours=True, retry_after=asked)

    assert pause(failures, trouble) == timedelta(seconds=asked)


@pytest.mark.parametrize(
    ("failure", "then"),
    [
        (DeliveryFailed("blocked", gone=True, permanent=True), "another address"),
        (DeliveryFailed("moved", moved_to=Address(channel="talk", value="2")), "where the room is"),
        (DeliveryFailed("away", ours=True), "until the channel is tried again"),
        (DeliveryFailed("busy"), "tried again in 20 seconds"),
        (DeliveryFailed("slow down", retry_after=17), "tried again in 17 seconds"),
        (DeliveryFailed("too long", permanent=True), "given up"),
    ],
)
def test_the_log_says_what_is_done_next(failure: DeliveryFailed, then: str) -> None:
    assert then in outlook(2, failure, now=NOON)
