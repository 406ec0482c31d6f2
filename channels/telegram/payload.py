"""Reading JSON values of which nothing is known: the wrong kind counts as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.messages import Address
from bot.domain.text import plain

Json = Mapping[str, Any]

NAME = "telegram"
_LARGEST_ID = 2**52  # https://core.telegram.org/bots/api#chat: ids have at most 52 bits
_LAST = 2**35  # seconds; later is no time that Telegram means
_FILE = re.compile(r"[\w-]{1,300}", re.ASCII)
_CALLBACK = re.compile(r"[\w-]{1,100}", re.ASCII)
_KIND = re.compile(r"[a-z_]{1,60}")


def part(value: object, *keys: str) -> Json:
    """The object inside the object ...; an empty one when any of them is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: Json, key: str) -> list[object]:
    """A list of anything; an empty one when there is none."""
    found = value.get(key)
    return found if isinstance(found, list) else []


def objects(found: object) -> list[Json]:
    """The objects of a list; whatever else stands in it is left out."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def parts(value: Json, key: str) -> list[Json]:
    """The objects of the list of that name."""
    return objects(value.get(key))


def raw(value: Json, key: str) -> str:
    """A text as it was sent, in which entities have their places; empty when there is none."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def words(value: Json, key: str) -> str:
    """A text of any length, by which no reader can be misled; empty when there is none."""
    return plain(raw(value, key))


def whole(value: Json, key: str) -> int:
    """A whole number that is an id, a size or a place; 0 when it is none."""
    found = value.get(key)
    number = found if isinstance(found, int) and not isinstance(found, bool) else 0
    return number if abs(number) < _LARGEST_ID else 0


def natural(value: Json, key: str) -> int:
    """A whole number above 0; 0 when it is none."""
    return max(whole(value, key), 0)


def file_id(value: Json) -> str:
    """By which a file is fetched; empty when it is none."""
    return _matching(_FILE, raw(value, "file_id"))


def callback_id(value: Json) -> str:
    """By which a press is answered; empty when it is none."""
    return _matching(_CALLBACK, raw(value, "id"))


def kind(value: object) -> str:
    """A word of Telegram's own such as `channel_post`; empty when it is none."""
    return _matching(_KIND, value) if isinstance(value, str) else ""


def instant(value: Json, now: datetime) -> datetime:
    """The `date` of something, aware UTC; `now` where there is none that can be."""
    seconds = natural(value, "date")
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LAST else now


def address(value: object) -> Address:
    """A person or a room at Telegram."""
    return Address(channel=NAME, value=str(value))


def _matching(pattern: re.Pattern[str], found: str) -> str:
    return found if pattern.fullmatch(found) else ""
