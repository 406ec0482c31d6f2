"""Limits are told in the same unit everywhere."""

from __future__ import annotations

import pytest

from bot.domain.limits import LARGEST_EXPORT, LARGEST_FILE, in_megabytes
from channels.slack import words as slack
from channels.telegram import words as telegram


@pytest.mark.parametrize(
    ("limit", "told"),
    [(LARGEST_FILE, "50 MB"), (LARGEST_EXPORT, "40 MB"), (20 * 2**20, "20 MB"), (900_000, "1 MB")],
)
def test_a_limit_is_told_as_it_was_chosen(limit: int, told: str) -> None:
    assert in_megabytes(limit) == told


def test_one_limit_is_the_same_on_every_channel() -> None:
    told = [told(LARGEST_FILE) for told in (slack.too_large, telegram.too_large)]

    assert ["50 MB" in text for text in told] == [True, True]
