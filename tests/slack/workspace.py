"""What a workspace holds: people, channels with their messages, files, and views that are open."""

from __future__ import annotations

import html
import itertools
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
TEAM, APP, BOT, BOT_ID = "T0001", "A0001", "U0BOT", "B0BOT"
BOT_NAME = "carrel"
TOKENS = {"bot": "xoxb-0001-carrel", "app": "xapp-1-A0001-carrel"}
SCOPES = frozenset(
    [
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
    ]
)
_MAIL = re.compile(r"(?<![\w<|:/])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_LINK = re.compile(r"(?<![\w<|])(https?://[^\s<>|]+)")


class SlackError(Exception):
    """What Slack answers when it does not do what it was asked."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


@dataclass(slots=True)
class User:
    """A member; `home` is the home page they see, `views` the forms open on their screen."""

    id: str
    name: str
    email: str
    deleted: bool = False
    home: Json | None = None
    views: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Channel:
    """A channel, or with `im` the direct messages of one member and the app."""

    id: str
    name: str
    members: set[str]
    im: bool = False
    archived: bool = False
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class File:
    """A file; `served` says how its download goes (see downloads.py)."""

    id: str
    name: str
    user: str
    data: bytes
    mimetype: str = "application/octet-stream"
    complete: bool = True
    served: str = "whole"
    elsewhere: str = ""
    claims: int = -1  # bytes that Slack says it has, where that is not the truth


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Workspace:
    """Everything that Slack knows. Changed in the server's own thread only."""

    url: str = ""
    team: str = TEAM
    token: str = TOKENS["bot"]
    app_token: str = TOKENS["app"]
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    refuses: str = ""
    clock: Callable[[], datetime] = _now
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)  # trigger -> user; gone once used
    used_triggers: set[str] = field(default_factory=set)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def number(self, prefix: str) -> str:
        """An identifier that nothing else has."""
        return f"{prefix}{next(self._numbers):04}"

    def ts(self) -> str:
        """A message's timestamp, which nothing else has."""
        return f"{int(self.clock().timestamp())}.{next(self._numbers):06}"

    def trigger(self, user: str) -> str:
        """A fresh trigger: whoever has it may open one view."""
        trigger = f"{next(self._numbers)}.{TEAM}.{uuid.uuid4().hex}"
        self.triggers[trigger] = user
        return trigger

    def user(self, id: str) -> User:
        """The member."""
        if id not in self.users:
            raise SlackError("user_not_found")
        return self.users[id]

    def dm(self, user: str) -> Channel:
        """The direct messages of a member and the app."""
        id = f"D{user[1:]}"
        if id not in self.channels:
            self.channels[id] = Channel(id, "directmessage", {user, BOT}, im=True)
        return self.channels[id]

    def channel(self, id: str) -> Channel:
        """The channel; a member's id stands for their direct messages."""
        if id in self.users:
            return self.dm(id)
        if id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[id]

    def postable(self, id: object) -> Channel:
        """The channel, if the app may post there."""
        channel = self.channel(str(id))
        if BOT not in channel.members:
            raise SlackError("not_in_channel")
        if channel.archived:
            raise SlackError("is_archived")
        if any(self.users[m].deleted for m in channel.members if channel.im and m in self.users):
            raise SlackError("channel_not_found")
        return channel

    def own_message(self, channel: Channel, text: str, given: Mapping[str, Any]) -> Json:
        """A message of the app's, as it stands in the channel from now on."""
        message: Json = {
            "type": "message",
            "user": BOT,
            "bot_id": BOT_ID,
            "app_id": APP,
            "team": TEAM,
            "ts": self.ts(),
            "text": text,
            "bot_profile": {"id": BOT_ID, "app_id": APP, "name": BOT_NAME, "team_id": TEAM},
            **_kept(given),
        }
        channel.messages[message["ts"]] = message
        return message

    def users_message(
        self, user: str, channel: Channel, text: str, given: Mapping[str, Any]
    ) -> Json:
        """A member's message, as it stands in the channel from now on."""
        message: Json = {
            "client_msg_id": str(uuid.uuid4()),
            "type": "message",
            "user": user,
            "text": text,
            "ts": self.ts(),
            "team": TEAM,
            "blocks": [_rich(text)],
            **_kept(given),
        }
        channel.messages[message["ts"]] = message
        return message

    def file_object(self, file: File) -> Json:
        """What Slack tells of a file."""
        at = int(self.clock().timestamp())
        private = f"{self.url}/files-pri/{TEAM}-{file.id}"
        return {
            "id": file.id,
            "created": at,
            "timestamp": at,
            "name": file.name,
            "title": file.name,
            "mimetype": file.mimetype,
            "filetype": file.name.rpartition(".")[2].lower() or "binary",
            "pretty_type": file.name.rpartition(".")[2].upper() or "Binary",
            "user": file.user,
            "user_team": TEAM,
            "editable": False,
            "size": file.claims if file.claims >= 0 else len(file.data),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{private}/{file.name}",
            "url_private_download": f"{private}/download/{file.name}",
            "permalink": f"{self.url}/files/{file.user}/{file.id}/{file.name}",
            "has_rich_preview": False,
            "file_access": "visible",
        }


def typed(text: str) -> str:
    """What a member typed, as Slack passes it on: escaped, addresses and links marked up."""
    escaped = html.escape(text, quote=False)
    marked = _LINK.sub(r"<\1>", escaped)
    return _MAIL.sub(r"<mailto:\1|\1>", marked)


def ids(members: Iterable[User]) -> set[str]:
    """The identifiers of members."""
    return {member.id for member in members}


def _kept(given: Mapping[str, Any]) -> Json:
    return {name: value for name, value in given.items() if value not in (None, "", [], ())}


def _rich(text: str) -> Json:
    words = {"type": "text", "text": html.unescape(text)}
    section = {"type": "rich_text_section", "elements": [words]}
    return {"type": "rich_text", "block_id": uuid.uuid4().hex[:5], "elements": [section]}
