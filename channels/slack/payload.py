"""Reading values of Slack's of which nothing is known: the wrong kind counts as absent."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.domain.messages import Address
from channels.json_values import Json, matching

NAME = "slack"
_ID = re.compile(r"[A-Z][A-Z0-9]{1,31}")
_TS = re.compile(r"\d{1,10}\.\d{1,9}")
_TRIGGER = re.compile(r"[\w.-]{1,200}", re.ASCII)
_KIND = re.compile(r"[a-z_.]{1,60}")


def slack_id(value: Json, key: str) -> str:
    """An id such as U024BE7LH; empty when it is none."""
    return matching(_ID, value.get(key))


def stamp(value: Json, key: str) -> str:
    """A message's `ts`, such as 1355517523.000005; empty when it is none."""
    return matching(_TS, value.get(key))


def trigger(value: Json) -> str:
    """The payload's `trigger_id`; empty when it has none."""
    return matching(_TRIGGER, value.get("trigger_id"))


def kind(value: Json, key: str) -> str:
    """A word of Slack's own such as `app_mention`; empty when it is none."""
    return matching(_KIND, value.get(key))


def instant(ts: str) -> datetime:
    """When a message with this `ts` was posted, aware UTC."""
    return datetime.fromtimestamp(float(ts), UTC)


def address(value: str) -> Address:
    """A person or a room at Slack."""
    return Address(channel=NAME, value=value)
