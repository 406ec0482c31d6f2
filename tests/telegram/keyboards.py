"""Inline keyboards and forced replies, judged as Telegram judges them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.telegram.world import Json, bad

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
LONGEST_DATA = 64  # bytes
LONGEST_HINT = 64  # characters


def keyboard(markup: Any) -> Json | None:
    """The keyboard as it is shown; None for an empty one. Raises `ApiError`."""
    if markup is None:
        return None
    if isinstance(markup, dict) and markup.get("force_reply") is True:
        return _forced(markup)
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        raise bad("object expected as reply markup")
    rows = [[_button(one) for one in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def awaits(message: Json) -> bool:
    """Whether what its reader types next replies to it."""
    return message.get("reply_markup", {}).get("force_reply") is True


def _forced(markup: Json) -> Json:
    if not 1 <= len(markup.get("input_field_placeholder") or "-") <= LONGEST_HINT:
        raise bad("BUTTON_INVALID")
    if markup.keys() - {"force_reply", "input_field_placeholder", "selective"}:
        raise bad("object expected as reply markup")
    return dict(markup)


def buttons(message: Json) -> Iterator[Json]:
    """The buttons below a message, in reading order."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from row


def _button(one: Json) -> Json:
    given = {name: value for name, value in one.items() if value not in (None, "")}
    if not given.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    kinds = given.keys() & {"callback_data", "url"}
    if not kinds:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed here")
    if len(kinds) > 1 or given.keys() - {"text", "callback_data", "url"}:
        raise bad("can't parse inline keyboard button: unknown kind of button")
    data = given.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if not given.get("url", "https://t.me").startswith(("http://", "https://", "tg://")):
        raise bad("BUTTON_URL_INVALID")
    return given
