"""What a payload of Slack's means; every payload is exactly one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.messages import InboundMessage


class Why(StrEnum):
    """Why a payload is passed over."""

    OWN = "own"  # Carrel's own message
    BOT = "bot"  # another bot's
    EDITED = "edited"  # message_changed
    DELETED = "deleted"
    NOT_ADDRESSED = "not-addressed"  # said in a channel, to others
    SYSTEM = "system"  # somebody joined, the topic changed
    EMPTY = "empty"  # neither words nor files
    INERT = "inert"  # a press that says nothing: a menu opened, a field of a form
    FOREIGN = "foreign"  # of another workspace
    LIMITED = "limited"  # Slack holds events back: too many went unacknowledged
    UNKNOWN = "unknown"  # a kind that Carrel does not know
    MALFORMED = "malformed"  # no payload of Slack's at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Nothing to do; `detail` is for the log and holds nobody's words."""

    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody said something.

    `follows` means that it was not addressed to Carrel: it counts only where Carrel takes part.
    `status_channel` and `status_thread` are where Slack shows that Carrel works on it, or empty.
    """

    message: InboundMessage
    follows: bool = False
    status_channel: str = ""
    status_thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A choice was picked: on a message (`channel`, `ts`, its `blocks`), or on the home page.

    `lasting` choices stay (cards, the home page); others are replaced by what was picked.
    """

    message: InboundMessage
    label: str
    trigger: str
    channel: str = ""
    ts: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A choice that this version does not understand was picked."""

    user: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """Somebody asked for what cannot be done: `words` tell them, and them alone, what to do."""

    user: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded:
    """A slash command: `message` is private; `trigger` may open a form."""

    message: InboundMessage
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody looks at their home page."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadStarted:
    """Somebody opened the conversation with Carrel, where a few things to say are offered.

    `thread` is empty where prompts stand above the whole conversation (`agent_view` in the
    manifest): then `assistant.threads.setSuggestedPrompts` must be called without `thread_ts`.
    https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
    """

    user: str
    channel: str
    thread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form was sent, at the instant `at`. `id` is the same for the same form always.

    What is corrected in it and sent again comes with the same `id` and other values.
    """

    id: str
    user: str
    form: str
    values: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Something was typed into a form that keeps drafts, or it was closed, at the instant `at`.

    `id` is the one with which the same form is sent.
    """

    id: str
    user: str
    form: str
    values: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A person's account was switched off."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """The app was removed from the workspace, or its token was taken back."""

    reason: str


Heard = (
    Ignored
    | Said
    | Pressed
    | Stale
    | Advised
    | Commanded
    | Opened
    | ThreadStarted
    | Filled
    | Typed
    | Gone
    | Removed
)
