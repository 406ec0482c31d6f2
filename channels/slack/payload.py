"""Reading JSON values of which nothing is known: the wrong kind counts as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.messages import Address
from bot.domain.text import plain

Json = Mapping[str, Any]

NAME = "slack"
_ID = re.compile(r"[A-Z][A-Z0-9]{1,31}")
_TS = re.compile(r"\d{1,10}\.\d{1,9}")
_TRIGGER = re.compile(r"[\w.-]{1,200}", re.ASCII)
_KIND = re.compile(r"[a-z_.]{1,60}")


def part(value: object, *keys: str) -> Json:
    """The object inside the object ...; an empty one when any of them is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def parts(value: Json, key: str) -> list[Json]:
    """The objects of a list; whatever else stands in it is left out."""
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def words(value: Json, key: str) -> str:
    """A text of any length, by which no reader can be misled; empty when there is none."""
    found = value.get(key)
    return plain(found) if isinstance(found, str) else ""


def slack_id(value: Json, key: str) -> str:
    """An id such as U024BE7LH; empty when it is none."""
    return _matching(_ID, value, key)


def stamp(value: Json, key: str) -> str:
    """A message's `ts`, such as 1355517523.000005; empty when it is none."""
    return _matching(_TS, value, key)


def trigger(value: Json) -> str:
    """The payload's `trigger_id`; empty when it has none."""
    return _matching(_TRIGGER, value, "trigger_id")


def kind(value: Json, key: str) -> str:
    """A word of Slack's own such as `app_mention`; empty when it is none."""
    return _matching(_KIND, value, key)


def instant(ts: str) -> datetime:
    """When a message with this `ts` was posted, aware UTC."""
    return datetime.fromtimestamp(float(ts), UTC)


def address(value: str) -> Address:
    """A person or a room at Slack."""
    return Address(channel=NAME, value=value)


def _matching(pattern: re.Pattern[str], value: Json, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) and pattern.fullmatch(found) else ""
