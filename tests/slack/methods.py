"""The methods of the Web API that write and look, each as Slack documents it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.slack.blocks import LONGEST_ALL, problems, weight
from tests.slack.views import accepted, named
from tests.slack.workspace import (
    BOT,
    BOT_ID,
    BOT_NAME,
    TEAM,
    Channel,
    Json,
    SlackError,
    Workspace,
)

LONGEST_TEXT = 40_000  # chat.postMessage
LONGEST_UPDATE = 4_000  # chat.update, chat.postEphemeral
Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What a method does, and the scopes of which the token must have one."""

    run: Callable[[Workspace, Params], Json]
    scopes: tuple[str, ...] = ()
    app_level: bool = False


def auth_test(at: Workspace, _: Params) -> Json:
    """Who the token is."""
    own = {"user": BOT_NAME, "user_id": BOT, "bot_id": BOT_ID, "is_enterprise_install": False}
    return {"url": "https://library.slack.com/", "team": "Library", "team_id": at.team, **own}


def post_message(at: Workspace, given: Params) -> Json:
    """chat.postMessage."""
    channel = at.postable(needed(given, "channel"))
    blocks = checked_words(at, given, most=LONGEST_TEXT)
    _thread(channel, given)
    more = {**given, "blocks": blocks, "text": None, "channel": None, "token": None}
    message = at.own_message(channel, given.get("text", ""), _shown(more))
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def update(at: Workspace, given: Params) -> Json:
    """chat.update."""
    channel = at.channel(str(needed(given, "channel")))
    message = channel.messages.get(str(needed(given, "ts")))
    if message is None:
        raise SlackError("message_not_found")
    if message["user"] != BOT:
        raise SlackError("cant_update_message")
    blocks = checked_words(at, given, most=LONGEST_UPDATE)
    message["text"] = given.get("text", "" if blocks else message["text"])
    message["edited"] = {"user": BOT_ID, "ts": at.ts()}
    if blocks is not None:
        message["blocks"] = blocks
    elif "text" in given:
        message.pop("blocks", None)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def post_ephemeral(at: Workspace, given: Params) -> Json:
    """chat.postEphemeral."""
    channel = at.postable(needed(given, "channel"))
    if needed(given, "user") not in channel.members:
        raise SlackError("user_not_in_channel")
    checked_words(at, given, most=LONGEST_UPDATE)
    return {"message_ts": at.ts()}


def delete(at: Workspace, given: Params) -> Json:
    """chat.delete."""
    channel, ts = at.channel(str(needed(given, "channel"))), str(needed(given, "ts"))
    if channel.messages.get(ts, {}).get("user") != BOT:
        raise SlackError("message_not_found")
    del channel.messages[ts]
    return {"channel": channel.id, "ts": ts}


def permalink(at: Workspace, given: Params) -> Json:
    """chat.getPermalink."""
    channel, ts = at.channel(str(needed(given, "channel"))), str(needed(given, "message_ts"))
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    link = f"https://library.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def open_conversation(at: Workspace, given: Params) -> Json:
    """conversations.open, with one member."""
    if not given.get("users"):
        raise SlackError("users_list_not_supplied")
    user = at.user(str(given["users"]))
    if user.deleted:
        raise SlackError("user_disabled")
    known = f"D{user.id[1:]}" in at.channels
    channel = at.dm(user.id)
    return {"no_op": known, "already_open": known, "channel": {"id": channel.id}}


def conversation_info(at: Workspace, given: Params) -> Json:
    """conversations.info."""
    id = str(needed(given, "channel"))
    if id not in at.channels:
        raise SlackError("channel_not_found")
    channel = at.channels[id]
    kind = {"is_channel": not channel.im, "is_im": channel.im, "is_archived": channel.archived}
    member = {"is_member": BOT in channel.members, "name": channel.name}
    return {"channel": {"id": channel.id, "context_team_id": TEAM, **kind, **member}}


def user_info(at: Workspace, given: Params) -> Json:
    """users.info; without users:read.email no e-mail is told."""
    user = at.user(str(needed(given, "user")))
    profile = {"real_name": user.name, "display_name": user.name}
    if "users:read.email" in at.scopes:
        profile["email"] = user.email
    own = {"id": user.id, "team_id": TEAM, "name": user.name, "deleted": user.deleted}
    return {"user": {**own, "is_bot": False, "profile": profile}}


def open_view(at: Workspace, given: Params) -> Json:
    """views.open: a trigger is good for one view."""
    view = accepted(needed(given, "view"), kinds={"modal"}, files=at.files)
    trigger = str(needed(given, "trigger_id"))
    if trigger in at.used_triggers:
        raise SlackError("exchanged_trigger_id")
    if trigger not in at.triggers:
        raise SlackError("invalid_trigger_id")
    user = at.triggers.pop(trigger)
    at.used_triggers.add(trigger)
    if not user:
        raise SlackError("expired_trigger_id")
    at.user(user).views.append(view)
    return {"view": view}


def update_view(at: Workspace, given: Params) -> Json:
    """views.update of a form that is still open."""
    view = accepted(needed(given, "view"), kinds={"modal"}, files=at.files)
    for user in at.users.values():
        for place, old in enumerate(user.views):
            if old["id"] == given.get("view_id"):
                user.views[place] = {**view, "id": old["id"], "root_view_id": old["id"]}
                return {"view": user.views[place]}
    raise SlackError("not_found")


def publish_view(at: Workspace, given: Params) -> Json:
    """views.publish."""
    user = at.user(str(needed(given, "user_id")))
    if given.get("hash") and user.home and given["hash"] != user.home["hash"]:
        raise SlackError("hash_conflict")
    user.home = accepted(needed(given, "view"), kinds={"home"}, files=at.files)
    return {"view": user.home}


def set_status(at: Workspace, given: Params) -> Json:
    """assistant.threads.setStatus."""
    at.channel(str(needed(given, "channel_id")))
    needed(given, "thread_ts")
    if "status" not in given:
        raise SlackError("invalid_arguments")
    return {}


def set_prompts(at: Workspace, given: Params) -> Json:
    """assistant.threads.setSuggestedPrompts: at most four."""
    at.channel(str(needed(given, "channel_id")))
    prompts = as_json(needed(given, "prompts"))
    fit = isinstance(prompts, list) and 0 < len(prompts) <= 4
    if not fit or not all(one.get("title") and one.get("message") for one in prompts):
        raise SlackError("invalid_arguments")
    return {}


def set_title(at: Workspace, given: Params) -> Json:
    """assistant.threads.setTitle."""
    at.channel(str(needed(given, "channel_id")))
    needed(given, "title")
    return {}


def needed(given: Params, name: str) -> Any:
    """The argument, which the method cannot do without."""
    if given.get(name) in (None, ""):
        missing = {"messages": [f"[ERROR] missing required field: {name}"]}
        raise SlackError("invalid_arguments", response_metadata=missing)
    return given[name]


def as_json(value: object) -> Any:
    """An argument that may have come as JSON inside a form."""
    return json.loads(value) if isinstance(value, str) else value


def checked_words(at: Workspace, given: Params, *, most: int) -> list[Json] | None:
    """The blocks of a message, if any; raises `SlackError` when text or blocks do not fit."""
    text, blocks = given.get("text") or "", as_json(given.get("blocks"))
    if len(text) > most:
        raise SlackError("msg_too_long")
    if not blocks:
        if not text:
            raise SlackError("no_text")
        return None
    if found := problems(blocks, surface="message", files=at.files):
        raise SlackError("invalid_blocks", errors=found, response_metadata={"messages": found})
    if weight(blocks) > LONGEST_ALL:
        raise SlackError("msg_blocks_too_long")
    return [named(block) for block in blocks]


def _thread(channel: Channel, given: Params) -> None:
    thread = given.get("thread_ts")
    if thread and thread not in channel.messages:
        raise SlackError("thread_not_found")


def _shown(given: Params) -> Json:
    told = ("thread_ts", "blocks", "metadata")
    return {name: given[name] for name in told if given.get(name)}


METHODS: Mapping[str, Method] = {
    "auth.test": Method(run=auth_test),
    "chat.postMessage": Method(run=post_message, scopes=("chat:write",)),
    "chat.update": Method(run=update, scopes=("chat:write",)),
    "chat.postEphemeral": Method(run=post_ephemeral, scopes=("chat:write",)),
    "chat.delete": Method(run=delete, scopes=("chat:write",)),
    "chat.getPermalink": Method(run=permalink),
    "conversations.open": Method(run=open_conversation, scopes=("im:write",)),
    "conversations.info": Method(
        run=conversation_info, scopes=("channels:read", "groups:read", "im:read")
    ),
    "users.info": Method(run=user_info, scopes=("users:read",)),
    "views.open": Method(run=open_view),
    "views.update": Method(run=update_view),
    "views.publish": Method(run=publish_view),
    "assistant.threads.setStatus": Method(run=set_status, scopes=("assistant:write", "chat:write")),
    "assistant.threads.setSuggestedPrompts": Method(run=set_prompts, scopes=("assistant:write",)),
    "assistant.threads.setTitle": Method(run=set_title, scopes=("assistant:write",)),
}
