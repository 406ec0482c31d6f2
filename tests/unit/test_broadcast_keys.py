"""The key of a broadcast's message tells which broadcast it is of, and to whom."""

from __future__ import annotations

import pytest

from bot.domain.notices.broadcast import message_key, told_by


def test_a_key_tells_the_broadcast_and_the_person() -> None:
    assert told_by(message_key(31, 7)) == (31, 7)


@pytest.mark.parametrize(
    "key",
    ["broadcast-test:3:7:2026", "broadcast:3", "broadcast:3:", "broadcast:x:7", "x broadcast:3:7"],
)
def test_every_other_key_is_of_none(key: str) -> None:
    assert told_by(key) is None
