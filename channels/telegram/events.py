"""Any update of Telegram's -> what it means; pure, and it never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from channels.json_values import Json, part
from channels.telegram.heard import Heard, Ignored, Why
from channels.telegram.membership import membership
from channels.telegram.own import Own
from channels.telegram.payload import kind
from channels.telegram.pressed import pressed
from channels.telegram.said import said


def read(update: object, own: Own, *, now: datetime) -> Heard:
    """What an update means, whatever JSON value it is.

    `now` is when it arrived (aware UTC), for updates that do not say when they happened.
    """
    if not isinstance(update, dict):
        return Ignored(why=Why.MALFORMED)
    name = next((key for key in UPDATES if isinstance(update.get(key), dict)), "")
    if name:
        return UPDATES[name](part(update, name), own, now)
    other = next((found for key in update if key != "update_id" and (found := kind(key))), "")
    return Ignored(why=Why.UNKNOWN if other else Why.MALFORMED, detail=other)


# What Carrel asks for and reads of https://core.telegram.org/bots/api#update. What was said stays
# said, however it is edited: Carrel has acted on it.
UPDATES: Mapping[str, Callable[[Json, Own, datetime], Heard]] = {
    "message": said,
    "callback_query": pressed,
    "my_chat_member": membership,
}
