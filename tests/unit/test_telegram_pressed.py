"""Presses at Telegram that nobody recorded."""

from __future__ import annotations

from typing import Any

import pytest

from channels.telegram.events import read
from channels.telegram.heard import Heard, Ignored, Pressed, Stale, Why
from tests.unit.recorded_telegram import NOW, OWN, recorded


def pressed(name: str = "press", **changes: Any) -> Heard:
    """What a recorded press means that differs in these fields."""
    update = recorded(name)
    update["callback_query"] |= changes
    return read(update, OWN, now=NOW)


@pytest.mark.parametrize("data", ["", "=", "= ", "!", "!=", "#", "#short", "=\u200b", 7, None])
def test_a_press_that_this_version_does_not_know_is_told_of(data: object) -> None:
    assert pressed(data=data) == Stale(callback="2151500000000000001")


@pytest.mark.parametrize("field", ["id", "from"])
def test_a_press_of_nobody_is_malformed(field: str) -> None:
    changes: dict[str, Any] = {field: None}

    assert pressed(**changes) == Ignored(why=Why.MALFORMED, detail="callback_query")


def test_the_second_of_two_presses_is_the_same_message_but_on_a_card() -> None:
    same, again = pressed(), pressed(id="77")
    card, once_more = pressed("press_card"), pressed("press_card", id="77")

    assert isinstance(same, Pressed)
    assert isinstance(again, Pressed)
    assert same.message.id == again.message.id
    assert isinstance(card, Pressed)
    assert isinstance(once_more, Pressed)
    assert card.message.id != once_more.message.id
