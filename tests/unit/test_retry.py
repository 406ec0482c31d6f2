"""When a message is sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DeliveryFailed
from scheduler.retry import (
    FIRST_WAIT,
    LONGEST_PAUSE,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    next_try,
    pause,
)
from tests.clock import NOON

attempts = st.integers(1, MOST_ATTEMPTS - 1)


@pytest.mark.parametrize(("made", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600)])
def test_waits_double_up_to_an_hour(made: int, seconds: int) -> None:
    assert next_try(made, DeliveryFailed("busy"), now=NOON) == NOON + timedelta(seconds=seconds)


@given(st.integers(1, 100))
def test_a_permanent_failure_is_never_tried_again(made: int) -> None:
    assert next_try(made, DeliveryFailed("blocked", permanent=True), now=NOON) is None


@given(st.integers(MOST_ATTEMPTS, 10_000), st.floats(0, 1e6))
def test_trying_ends(made: int, asked: float) -> None:
    assert next_try(made, DeliveryFailed("busy", retry_after=asked), now=NOON) is None


@given(attempts, st.one_of(st.none(), st.floats(0, 1e6)))
def test_the_vendors_word_is_obeyed_and_waits_are_bounded(made: int, asked: float | None) -> None:
    due = next_try(made, DeliveryFailed("busy", retry_after=asked), now=NOON)

    assert due is not None
    wanted = timedelta(seconds=asked or 0)
    assert max(FIRST_WAIT, wanted) <= due - NOON <= max(LONGEST_WAIT, wanted)


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
