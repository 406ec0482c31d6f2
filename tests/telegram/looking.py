"""The methods that look, and those by which the bot tells what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.telegram import payloads
from tests.telegram.methods import Method, Params, needed
from tests.telegram.world import ApiError, Chat, File, Json, World, bad

LARGEST_DOWNLOAD = 20 * 2**20
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_DEFAULT = {"type": "default"}
_MOST = {"description": 512, "short_description": 120, "name": 64}


def get_me(at: World, _: Params) -> Json:
    """getMe."""
    return payloads.me(at)


def get_file(at: World, given: Params) -> Json:
    """getFile: where the bytes are, up to 20 MB unless the server is the bot's own."""
    file = at.files.get(str(needed(given, "file_id")))
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if file.size > LARGEST_DOWNLOAD and not at.local:
        raise bad("file is too big")
    told = {"file_id": file.id, "file_unique_id": file.unique, "file_path": file.path}
    return {**told, "file_size": file.size}


def served(at: World, path: str) -> File:
    """The file at a path that getFile told; raises `ApiError`."""
    found = next((file for file in at.files.values() if file.path == path), None)
    if found is None or at.local or found.served.startswith("gone"):
        if found and found.served == "gone once":
            found.served = "whole"
        raise ApiError(404, "Not Found")
    return found


def get_chat(at: World, given: Params) -> Json:
    """getChat."""
    one = _readable(at, given)
    gifts = dict.fromkeys(
        ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"], False
    )
    own = {"accent_color_id": 0, "max_reaction_count": 11}
    return {
        **payloads.chat(at, one),
        **own,
        **({"permissions": {"can_send_messages": not one.quiet}} if one.type != "private" else {}),
        "accepted_gift_types": {**gifts, "gifts_from_channels": False},
    }


def get_member(at: World, given: Params) -> Json:
    """getChatMember."""
    place, id = _readable(at, given), needed(given, "user_id")
    if place.moved_to:
        at.writable(place.id)
    if id == at.bot:
        told = payloads.member(payloads.bot(at), place.bot)
        return {**told, "can_send_messages": False} if place.bot == "restricted" else told
    if id not in at.people:
        raise bad("PARTICIPANT_ID_INVALID")
    status = "member" if id in place.members else "left"
    return payloads.member(payloads.user(at.people[id]), status)


def _readable(at: World, given: Params) -> Chat:
    """The chat, which the bot may at least look at."""
    one = at.chat(needed(given, "chat_id"))
    if one.type != "private" and one.bot in {"kicked", "left"}:
        at.writable(one.id)
    return one


def set_commands(at: World, given: Params) -> bool:
    """setMyCommands: one list for each scope and language."""
    wanted = needed(given, "commands")
    if len(wanted) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    told = [{**one, "command": one["command"].removeprefix("/")} for one in wanted]
    for one in told:
        if not _COMMAND.fullmatch(one["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    at.commands[_scope(given)] = told
    return True


def delete_commands(at: World, given: Params) -> bool:
    """deleteMyCommands."""
    at.commands.pop(_scope(given), None)
    return True


def get_commands(at: World, given: Params) -> list[Json]:
    """getMyCommands."""
    return at.commands.get(_scope(given), [])


def _scope(given: Params) -> tuple[str, str]:
    scope = json.dumps(given.get("scope") or _DEFAULT, sort_keys=True)
    return scope, str(given.get("language_code") or "")


def _setting(which: str) -> Method:
    def settle(at: World, given: Params) -> bool:
        text = str(given.get(which) or "")
        if len(text) > _MOST[which]:
            raise bad(f"{which} is too long")
        at.about[which, str(given.get("language_code") or "")] = text
        return True

    return settle


def _getting(which: str) -> Method:
    def tell(at: World, given: Params) -> Any:
        return {which: at.about.get((which, str(given.get("language_code") or "")), "")}

    return tell


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_member,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyDescription": _setting("description"),
    "getMyDescription": _getting("description"),
    "setMyShortDescription": _setting("short_description"),
    "getMyShortDescription": _getting("short_description"),
    "setMyName": _setting("name"),
    "getMyName": _getting("name"),
}
