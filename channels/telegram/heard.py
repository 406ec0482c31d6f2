"""What an update of Telegram's means; every update is exactly one of these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.messages import Address, InboundMessage


class Why(StrEnum):
    """Why an update is passed over."""

    BOT = "bot"  # Carrel's own message or another bot's
    NOT_ADDRESSED = "not-addressed"  # said in a group, to others
    SYSTEM = "system"  # somebody joined, a title changed
    UNKNOWN = "unknown"  # a kind that Carrel does not ask for
    MALFORMED = "malformed"  # no update of Telegram's at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Nothing to do; `detail` is for the log and holds nobody's words."""

    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody said something to Carrel.

    `room` is the group it was said in (`telegram:-100123`), empty in private. `reply_to` is the id
    of the message of Carrel's there that it replies to: whoever hears it looks up the conversation.
    """

    message: InboundMessage
    room: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A choice was picked below a message of Carrel's.

    `callback` is answered by its id. `digest` stands for words that had no room in the button; then
    the message's text is empty. `room` is the group it was picked in (`telegram:-100123#77` in a
    topic), empty in private. `label` stands on the button and `html` above the choices; both are
    empty where Telegram does not tell them any more. `lasting` choices stay (cards), others are
    replaced by what was picked.
    """

    message: InboundMessage
    callback: str
    chat: int
    post: int
    room: str = ""
    label: str = ""
    html: str = ""
    digest: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A button was pressed that this version does not understand, or that is not there.

    With `chosen` the message has no choices any more.
    """

    callback: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """Somebody sent what cannot be used: `words` tell them, below their message, what to do."""

    chat: int
    post: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Carrel was put into a group, and may say there what it is for."""

    chat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A person blocked Carrel."""

    user: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A group became a supergroup, which has another id."""

    room: Address
    to: Address


Heard = Ignored | Said | Pressed | Stale | Advised | Added | Gone | Moved
