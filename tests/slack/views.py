"""What Slack refuses of views, and what it makes of those it takes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Container, Iterator
from typing import Any

from tests.slack.blocks import problems
from tests.slack.workspace import APP, BOT_ID, TEAM, Json, SlackError

_ALLOWED = {
    "type",
    "title",
    "blocks",
    "close",
    "submit",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
}


def accepted(given: object, *, kinds: Container[str], files: Container[str]) -> Json:
    """The view as Slack keeps it; raises `SlackError` with every reason against it."""
    view = json.loads(given) if isinstance(given, str) else given
    if not isinstance(view, dict) or view.get("type") not in kinds:
        raise _refused(["must be a valid view [json-pointer:/view]"])
    found = list(_problems(view, files))
    if found:
        raise _refused(found)
    return _stored(view)


def _problems(view: Json, files: Container[str]) -> Iterator[str]:
    yield from (f"invalid additional property: {name}" for name in sorted(view.keys() - _ALLOWED))
    yield from problems(view.get("blocks"), surface=view["type"], files=files)
    if len(view.get("private_metadata", "")) > 3000:
        yield "private_metadata must be less than 3001 characters"
    if len(view.get("callback_id", "")) > 255:
        yield "callback_id must be less than 256 characters"
    if len(json.dumps(view)) > 250_000:
        yield "view must be less than 250 kilobytes"
    if view["type"] == "modal":
        yield from _modal(view)


def _modal(view: Json) -> Iterator[str]:
    for name in ("title", "submit", "close"):
        if name in view or name == "title":
            yield from _title(name, view.get(name))
    asks = any(block.get("type") == "input" for block in view["blocks"] if isinstance(block, dict))
    if asks and not view.get("submit"):
        yield "missing required field: submit"


def _title(name: str, text: object) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        yield f"{name} must be plain_text"
    elif not 0 < len(text.get("text", "")) <= 24:
        yield f"{name} must be between 1 and 24 characters"


def _refused(found: list[str]) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": found})


def _stored(view: Json) -> Json:
    """With the identifiers that Slack adds, also to blocks and elements that have none."""
    blocks = [named(block) for block in view["blocks"]]
    quiet: dict[str, Any] = {
        "private_metadata": "",
        "callback_id": "",
        "state": {"values": {}},
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "previous_view_id": None,
        "external_id": "",
    }
    own = {
        "id": f"V{uuid.uuid4().hex[:10].upper()}",
        "team_id": TEAM,
        "hash": f"{uuid.uuid4().int % 10**10}.{uuid.uuid4().hex[:8]}",
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT_ID,
    }
    return {**quiet, **view, "blocks": blocks, **own, "root_view_id": own["id"]}


def named(block: Json) -> Json:
    """The block, with the identifiers that Slack gives to what has none."""
    made = {"block_id": uuid.uuid4().hex[:5], **block}
    if "elements" in block and block["type"] == "actions":
        made["elements"] = [with_action_id(one) for one in block["elements"]]
    if "element" in block:
        made["element"] = with_action_id(block["element"])
    return made


def with_action_id(element: Json) -> Json:
    """The element, with the identifier that Slack gives to one that has none."""
    return {"action_id": uuid.uuid4().hex[:5], **element}
