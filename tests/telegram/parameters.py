"""What came with a call, in whichever way it came: a query, a form, JSON, or parts with files."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.telegram.world import File, Json, bad

_NUMBERS = frozenset(
    [
        "chat_id",
        "message_id",
        "message_thread_id",
        "user_id",
        "reply_to_message_id",
        "offset",
        "limit",
        "timeout",
        "cache_time",
        "max_connections",
    ]
)
_FLAGS = frozenset(
    [
        "drop_pending_updates",
        "show_alert",
        "disable_notification",
        "protect_content",
        "disable_content_type_detection",
        "disable_web_page_preview",
    ]
)
_OBJECTS = frozenset(
    [
        "reply_markup",
        "reply_parameters",
        "allowed_updates",
        "commands",
        "scope",
        "entities",
        "caption_entities",
        "link_preview_options",
    ]
)


async def parameters(request: web.Request) -> Json:
    """By name, as numbers, truths and objects where the Bot API has such; raises `ApiError`."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            given[name] = _taken(value)
    return {name: _plain(name, value) for name, value in given.items()}


def _taken(value: str | bytes | bytearray | web.FileField) -> Any:
    if isinstance(value, web.FileField):
        return File(value.filename, value.file.read())
    return value


def _plain(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in _NUMBERS:
        return int(value) if value.lstrip("-").isdecimal() else value
    if name in _FLAGS:
        return value.lower() in ("true", "1", "yes", "t")
    if name in _OBJECTS:
        try:
            return json.loads(value)
        except ValueError as broken:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from broken
    return value
