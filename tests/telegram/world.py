"""What Telegram knows: people, chats with their messages, files, and what the bot is."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Json = dict[str, Any]
BOT = 700_000_001
USERNAME = "carrel_test_bot"
TOKEN = f"{BOT}:AAE0c0ffee-for_the-tests-only-0123456789"
CHANNEL_BOT = 136_817_688  # in whose name channels and anonymous people speak


class ApiError(Exception):
    """What Telegram answers when it does not do what it was asked."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.answer: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters


def bad(description: str) -> ApiError:
    """A request that is refused for what it says."""
    return ApiError(400, f"Bad Request: {description}")


@dataclass(slots=True)
class Person:
    """Somebody with an account; whoever never `started` the bot cannot be written to by it."""

    id: int
    name: str
    username: str = ""
    started: bool = True
    blocked: bool = False
    deactivated: bool = False


@dataclass(slots=True)
class Chat:
    """A chat; `bot` is how the bot stands there, `moved_to` where a group went.

    In a `quiet` group only administrators write.
    """

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    forum: bool = False
    bot: str = "member"
    moved_to: int = 0
    quiet: bool = False
    topics: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)


@dataclass(slots=True)
class File:
    """A file; `claims` are the bytes Telegram says it has where that is not the truth.

    `served` is how its download goes: `whole`, `cut` in the middle, `gone`, `gone once`, `stalls`
    in the middle, or a status such as `503`.
    """

    name: str
    data: bytes
    kind: str = "document"
    mimetype: str = "application/octet-stream"
    claims: int = -1
    served: str = "whole"
    id: str = field(default_factory=lambda: f"BQACAgIAAxkBAAI{secrets.token_urlsafe(42)}")
    unique: str = field(default_factory=lambda: f"AgAD{secrets.token_urlsafe(8)}")
    path: str = ""

    @property
    def size(self) -> int:
        """Bytes, as Telegram tells them."""
        return self.claims if self.claims >= 0 else len(self.data)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class World:
    """Everything that Telegram knows. Changed in the server's own thread only."""

    url: str = ""
    local: Path | None = None  # the folder of a Bot API server in local mode
    token: str = TOKEN
    bot: int = BOT
    username: str = USERNAME
    bot_name: str = "Carrel"
    revoked: bool = False
    joins_groups: bool = True  # as @BotFather was told
    reads_groups: bool = False
    clock: Callable[[], datetime] = _now
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    callbacks: dict[str, bool] = field(default_factory=dict)  # id -> whether it was answered
    answered: list[Json] = field(default_factory=list)  # what people were told for their presses
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)  # (which, language) -> text
    frozen: set[tuple[int, int]] = field(default_factory=set)  # messages that are not edited
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _ids: dict[int, int] = field(default_factory=dict)

    def number(self) -> int:
        """A number that nothing else has."""
        return next(self._numbers)

    def date(self) -> int:
        """Now, in seconds since 1970."""
        return int(self.clock().timestamp())

    def message_id(self, chat: Chat) -> int:
        """The next of the chat: each supergroup counts for itself, all others count together."""
        place = chat.id if chat.type == "supergroup" else 0
        self._ids[place] = self._ids.get(place, 0) + 1
        return self._ids[place]

    def chat(self, id: object) -> Chat:
        """The chat; somebody's private one comes to be when it is first looked at."""
        if not isinstance(id, int) or (id not in self.chats and id not in self.people):
            raise bad("chat not found")
        if id not in self.chats:
            self.chats[id] = Chat(id, "private", members={id})
        return self.chats[id]

    def writable(self, id: object) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.chat(id)
        if chat.moved_to:
            what = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, what, migrate_to_chat_id=chat.moved_to)
        if chat.type == "private":
            _private(self.people[chat.id])
        elif chat.bot == "restricted" or (chat.quiet and chat.bot == "member"):
            raise bad("not enough rights to send text messages to the chat")
        elif chat.bot not in {"member", "administrator"}:
            did = "was kicked from" if chat.bot == "kicked" else "is not a member of"
            raise ApiError(403, f"Forbidden: bot {did} the {chat.type} chat")
        return chat

    def keep(self, chat: Chat, message: Json) -> Json:
        """The message stands in the chat from now on."""
        chat.messages[message["message_id"]] = message
        return message

    def add_file(self, file: File) -> File:
        """Telegram has the file from now on; in local mode it lies in the folder too."""
        ending = Path(file.name).suffix
        file.path = f"{file.kind}s/file_{self.number()}{ending}"
        if self.local:
            path = self.local / self.token / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            file.path = str(path)
        self.files[file.id] = file
        return file


def _private(person: Person) -> None:
    if person.deactivated:
        raise ApiError(403, "Forbidden: user is deactivated")
    if person.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if not person.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
