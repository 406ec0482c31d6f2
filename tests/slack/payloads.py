"""The payloads that Slack sends, each with the fields that its documentation shows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from tests.slack.workspace import APP, BOT, TEAM, Channel, Json, User, Workspace

VERIFICATION = "an old token that nobody should look at"
EVENTS, INTERACTIVE, COMMANDS = "events_api", "interactive", "slash_commands"


def event(at: Workspace, inner: Mapping[str, Any]) -> Json:
    """The body around an event."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": dict(inner),
        "type": "event_callback",
        "event_id": at.number("Ev"),
        "event_time": int(at.clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-eyJldCI6Im1lc3NhZ2UifQ",
    }


def message(at: Workspace, channel: Channel, said: Mapping[str, Any]) -> Json:
    """Somebody's message in a channel or in direct messages."""
    kind = "im" if channel.im else "channel"
    where = {"channel": channel.id, "event_ts": said["ts"], "channel_type": kind}
    return event(at, {**said, **where})


def mention(at: Workspace, channel: Channel, said: Mapping[str, Any]) -> Json:
    """The same message, as one that mentions the app."""
    where = {"channel": channel.id, "event_ts": said["ts"]}
    return event(at, {**said, "type": "app_mention", **where})


def changed(at: Workspace, channel: Channel, new: Mapping[str, Any], old: Json) -> Json:
    """A message that was edited, or changed by Slack itself."""
    kind = "im" if channel.im else "channel"
    inner = {
        "type": "message",
        "subtype": "message_changed",
        "message": dict(new),
        "previous_message": old,
        "channel": channel.id,
        "hidden": True,
        "ts": at.ts(),
        "channel_type": kind,
    }
    return event(at, {**inner, "event_ts": inner["ts"]})


def deleted(at: Workspace, channel: Channel, old: Json) -> Json:
    """A message that was taken back."""
    inner = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": old,
        "channel": channel.id,
        "hidden": True,
        "deleted_ts": old["ts"],
        "ts": at.ts(),
        "channel_type": "im" if channel.im else "channel",
    }
    return event(at, {**inner, "event_ts": inner["ts"]})


def home_opened(at: Workspace, user: User, *, tab: str = "home") -> Json:
    """Somebody looks at the app's home page."""
    inner = {"type": "app_home_opened", "user": user.id, "channel": at.dm(user.id).id, "tab": tab}
    view = {"view": user.home} if user.home and tab == "home" else {}
    return event(at, {**inner, "event_ts": at.ts(), **view})


def assistant_opened(at: Workspace, user: User, thread: str) -> Json:
    """Somebody opens the assistant's panel."""
    context = {"channel_id": "", "team_id": TEAM, "enterprise_id": None}
    panel = {
        "user_id": user.id,
        "context": context,
        "channel_id": at.dm(user.id).id,
        "thread_ts": thread,
    }
    inner = {"type": "assistant_thread_started", "assistant_thread": panel}
    return event(at, {**inner, "event_ts": at.ts()})


def command(
    at: Workspace, user: User, *, name: str, text: str, channel: Channel, trigger: str
) -> Json:
    """A slash command."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": "library",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": f"{at.url}/response/{uuid.uuid4().hex}",
        "trigger_id": trigger,
    }


def interaction(at: Workspace, user: User, kind: str, **more: object) -> Json:
    """What every interactive payload holds, and more."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM},
        "api_app_id": APP,
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": "library"},
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def pressed_on_message(
    at: Workspace, user: User, channel: Channel, on: Json, action: Json, *, trigger: str
) -> Json:
    """A button or a menu of a message was used."""
    place = {"message_ts": on["ts"], "channel_id": channel.id, "is_ephemeral": False}
    return interaction(
        at,
        user,
        "block_actions",
        container={"type": "message", **place},
        trigger_id=trigger,
        channel={"id": channel.id, "name": channel.name},
        message=on,
        state={"values": {}},
        response_url=f"{at.url}/response/{uuid.uuid4().hex}",
        actions=[action],
    )


def pressed_on_view(at: Workspace, user: User, view: Json, action: Json, *, trigger: str) -> Json:
    """A button or a field of a view was used."""
    container = {"type": "view", "view_id": view["id"]}
    return interaction(
        at,
        user,
        "block_actions",
        container=container,
        trigger_id=trigger,
        view=view,
        actions=[action],
    )


def shortcut_on_message(
    at: Workspace, user: User, channel: Channel, on: Json, *, callback: str, trigger: str
) -> Json:
    """A shortcut in a message's menu."""
    return interaction(
        at,
        user,
        "message_action",
        action_ts=at.ts(),
        callback_id=callback,
        trigger_id=trigger,
        response_url=f"{at.url}/response/{uuid.uuid4().hex}",
        message_ts=on["ts"],
        channel={"id": channel.id, "name": channel.name},
        message=on,
    )


def shortcut(at: Workspace, user: User, *, callback: str, trigger: str) -> Json:
    """A shortcut from anywhere."""
    return interaction(
        at, user, "shortcut", action_ts=at.ts(), callback_id=callback, trigger_id=trigger
    )


def submitted(at: Workspace, user: User, view: Json, *, trigger: str) -> Json:
    """A form was sent."""
    return interaction(at, user, "view_submission", trigger_id=trigger, view=view, response_urls=[])


def closed(at: Workspace, user: User, view: Json) -> Json:
    """A form was closed without being sent."""
    return interaction(at, user, "view_closed", view=view, is_cleared=False)


def used(at: Workspace, block: Json, element: Json, chosen: Mapping[str, Any]) -> Json:
    """An entry of `actions`: which element was used, and how."""
    own = {"action_id": element["action_id"], "block_id": block["block_id"]}
    shown: Json = {name: element[name] for name in ("text", "placeholder") if name in element}
    return {**own, **shown, **chosen, "type": element["type"], "action_ts": at.ts()}


def state_of(view: Json, values: Mapping[str, Any]) -> Json:
    """What the fields of a form hold: those that stand there, and `values` by label or block id."""
    left, state = dict(values), {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        label, element = block["label"]["text"], block["element"]
        name = next((n for n in (label, block["block_id"], element["action_id"]) if n in left), "")
        filled = _filled(element, left.pop(name) if name else None)
        state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **filled}}
    if left:
        raise LookupError(f"the form has no field for {sorted(left)}")
    return {"values": state}


def empty_fields(view: Json, state: Json) -> list[str]:
    """The labels of fields that must be filled in and are not; Slack does not send such a form."""
    missing = []
    for block in view["blocks"]:
        if block["type"] == "input" and not block.get("optional"):
            (held,) = state["values"][block["block_id"]].values()
            told = ("value", "selected_option", "selected_options", "selected_date")
            if not any(held.get(name) for name in told):
                missing.append(block["label"]["text"])
    return missing


def _filled(element: Json, value: object) -> Json:
    kind = element["type"]
    if kind in {"static_select", "radio_buttons"}:
        picked = element.get("initial_option") if value is None else _option(element, value)
        return {"selected_option": picked}
    if kind in {"checkboxes", "multi_static_select"}:
        if value is None:
            return {"selected_options": element.get("initial_options", [])}
        assert isinstance(value, Sequence)
        return {"selected_options": [_option(element, one) for one in value]}
    if kind == "datepicker":
        return {"selected_date": value or element.get("initial_date")}
    text = element.get("initial_value") if value is None else str(value)
    if text and len(text) > element.get("max_length", 3000):
        raise ValueError(f"nobody can type more than {element.get('max_length', 3000)} characters")
    return {"value": text or None}


def options(element: Json) -> list[Json]:
    """The options of a menu, also those in groups."""
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(one for group in groups for one in group["options"])]


def _option(element: Json, value: object) -> Json:
    for option in options(element):
        if value in (option["value"], option["text"]["text"]):
            made: Json = option
            return made
    raise LookupError(f"{value!r} is none of the options of {element['action_id']}")
