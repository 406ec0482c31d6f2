"""Reading values of Telegram's of which nothing is known: the wrong kind counts as absent."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.domain.messages import Address
from channels.json_values import Json, matching

NAME = "telegram"
_LARGEST_ID = 2**52  # https://core.telegram.org/bots/api#chat: ids have at most 52 bits
_LAST = 2**35  # seconds; later is no time that Telegram means
_FILE = re.compile(r"[\w-]{1,300}", re.ASCII)
_CALLBACK = re.compile(r"[\w-]{1,100}", re.ASCII)
_KIND = re.compile(r"[a-z_]{1,60}")


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
    return matching(_FILE, value.get("file_id"))


def file_named(source: str) -> str:
    """The same of an attachment's source, `telegram:FILE_ID`; empty when it is none."""
    channel, _, named = source.partition(":")
    return matching(_FILE, named) if channel == NAME else ""


def callback_id(value: Json) -> str:
    """By which a press is answered; empty when it is none."""
    return matching(_CALLBACK, value.get("id"))


def kind(value: object) -> str:
    """A word of Telegram's own such as `channel_post`; empty when it is none."""
    return matching(_KIND, value)


def instant(value: Json, now: datetime) -> datetime:
    """The `date` of something, aware UTC; `now` where there is none that can be."""
    seconds = natural(value, "date")
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LAST else now


def address(value: object) -> Address:
    """A person or a room at Telegram."""
    return Address(channel=NAME, value=str(value))
