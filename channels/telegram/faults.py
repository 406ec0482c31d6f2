"""What went wrong at Telegram -> one error, with its kind, the channel's state and what to do."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from aiogram import exceptions

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed
from channels.failure import Failure, believed
from channels.telegram.codes import (
    ANOTHER_BOT,
    AWAY,
    BAD_ANSWER,
    LOGGED_OUT,
    SERVER_ERROR,
    TOO_SLOW,
    UNREACHABLE,
    UNREADABLE,
    WEBHOOK_AGAIN,
    WEBHOOK_CAME,
    WEBHOOK_IS_SET,
    Kind,
    known,
    named,
)
from channels.telegram.payload import address

# Every class of aiogram's errors, where the text does not say more.
KINDS: Mapping[type[Exception], Kind] = {
    exceptions.AiogramError: Kind.PASSING,
    exceptions.CallbackAnswerException: Kind.USELESS,
    exceptions.ClientDecodeError: Kind.PASSING,
    exceptions.DataNotDictLikeError: Kind.USELESS,
    exceptions.DetailedAiogramError: Kind.PASSING,
    exceptions.RestartingTelegram: Kind.PASSING,
    exceptions.SceneException: Kind.USELESS,
    exceptions.TelegramAPIError: Kind.PASSING,
    exceptions.TelegramBadRequest: Kind.USELESS,
    exceptions.TelegramConflictError: Kind.CONFLICT,
    exceptions.TelegramEntityTooLarge: Kind.USELESS,
    exceptions.TelegramForbiddenError: Kind.HERE,
    exceptions.TelegramMigrateToChat: Kind.MOVED,
    exceptions.TelegramNetworkError: Kind.PASSING,
    exceptions.TelegramNotFound: Kind.UNTRUSTED,
    exceptions.TelegramRetryAfter: Kind.LIMITED,
    exceptions.TelegramServerError: Kind.PASSING,
    exceptions.TelegramUnauthorizedError: Kind.UNTRUSTED,
    exceptions.UnsupportedKeywordArgument: Kind.USELESS,
}
STATES: Mapping[Kind, State] = {
    Kind.UNTRUSTED: State.TOKEN_INVALID,
    Kind.FOREIGN: State.TOKEN_INVALID,
    Kind.LIMITED: State.RATE_LIMITED,
    Kind.CONFLICT: State.NOT_PERMITTED,
    Kind.NO_RIGHT: State.NOT_PERMITTED,
}
# Of the bot itself: no other message would arrive either.
OURS = frozenset({Kind.UNTRUSTED, Kind.FOREIGN, Kind.CONFLICT, Kind.NO_RIGHT})
ADVICE: Mapping[Kind | str, str] = {
    Kind.UNTRUSTED: "Telegram does not take the token: open @BotFather in Telegram, say /mybots,"
    " choose the bot, API Token, copy it, set it as CARREL_TELEGRAM_TOKEN and start again. Where it"
    " was seen by others, say /revoke there first.",
    Kind.FOREIGN: "The token is of another bot than the one that was served here before: people who"
    " wrote to that one cannot be reached by this one. Set the token of that one. For another bot"
    " run another Carrel, with its own CARREL_DATA and database.",
    Kind.LIMITED: "Telegram asks for fewer messages; Carrel waits as long as Telegram says.",
    Kind.CONFLICT: "Another process polls with this token: stop that one. If it is not yours, say"
    " /revoke to @BotFather, and set the new token as CARREL_TELEGRAM_TOKEN.",
    Kind.NO_RIGHT: "Telegram closed the bot: see what @BotFather and @SpamBot tell of it.",
    Kind.HERE: "That one chat is closed to Carrel: see whether the bot is a member of the group and"
    " may send messages there, and whether the topic is open.",
    Kind.MOVED: "The group has become a supergroup, which has another id; Carrel goes on there. Set"
    " that id where the settings name the group.",
    **dict.fromkeys(
        (WEBHOOK_IS_SET, WEBHOOK_CAME),
        "Another process has set a webhook for the bot, so nothing comes by polling: stop that one,"
        " then start carrel serve anew, which takes the webhook back. If it is not yours, say"
        " /revoke to @BotFather, and set the new token as CARREL_TELEGRAM_TOKEN.",
    ),
    WEBHOOK_AGAIN: "Another process sets the bot's webhook too: stop that one. If it is not yours,"
    " say /revoke to @BotFather, and set the new token as CARREL_TELEGRAM_TOKEN.",
    LOGGED_OUT: "The bot was logged out of this Bot API server: set CARREL_TELEGRAM_API_URL to the"
    " server that it is used with now, or wait ten minutes and start again.",
    "method not found": "The Bot API server is older than Carrel: bring it up to date.",
    **dict.fromkeys((UNREACHABLE, BAD_ANSWER), "Telegram cannot be reached; Carrel keeps trying."),
    TOO_SLOW: "Telegram does not answer in time; Carrel keeps trying.",
    SERVER_ERROR: "Telegram is in trouble itself; Carrel keeps trying.",
}


class CallFailed(Failure):
    """Telegram did not do what was asked; `told` is what a person can do about it.

    `chat` is the id that it was asked for (below 0 for a group, 0 for none), `moved_to` the new id
    of a group. `code` is a part of Telegram's text that is known to hold nobody's words; the text
    itself is not kept.
    """

    vendor = "Telegram"

    def __init__(
        self,
        method: str,
        code: str,
        *,
        kind: Kind,
        retry_after: float | None = None,
        chat: int = 0,
        moved_to: int = 0,
    ) -> None:
        super().__init__(
            method,
            code,
            passes=kind is Kind.PASSING,
            is_limited=kind is Kind.LIMITED,
            retry_after=retry_after,
        )
        self.kind = kind
        self.chat = chat
        self.moved_to = moved_to

    @property
    def state(self) -> State | None:
        """How the channel is doing then; None when this says nothing about it."""
        return State.RECONNECTING if self.code in AWAY else STATES.get(self.kind)

    @property
    def told(self) -> str:
        """What a person can do about it."""
        return ADVICE.get(self.code) or ADVICE.get(self.kind, "")

    def delivery(self) -> DeliveryFailed:
        """The same for whoever wanted a message sent."""
        return DeliveryFailed(
            f"{self}. {self.told}".rstrip(),
            permanent=self._is_permanent,
            retry_after=self.retry_after,
            moved_to=address(self.moved_to) if self.moved_to else None,
            gone=self.kind is Kind.GONE,
            ours=self._is_ours,
        )

    @property
    def _is_permanent(self) -> bool:
        """A room may be opened again, and Carrel be put into it; a person's door stays shut."""
        if self.kind is Kind.HERE:
            return self.chat >= 0
        return self.kind in {Kind.USELESS, Kind.GONE, Kind.UNEDITABLE, Kind.LATE}

    @property
    def _is_ours(self) -> bool:
        """What may be one chat's alone is not: everybody else would wait for it."""
        return self.kind in OURS or self.code == UNREACHABLE


def foreign() -> CallFailed:
    """The token is of another bot than the one that was served first."""
    return CallFailed("getMe", ANOTHER_BOT, kind=Kind.FOREIGN)


def translated(method: str, error: Exception, *, chat: int = 0) -> CallFailed:
    """Any error of aiogram's or aiohttp's; what is unknown passes, and keeps its name."""
    code, kind = _meaning(error)
    if kind is Kind.GONE and chat < 0:
        kind = Kind.HERE
    return CallFailed(
        method,
        code,
        kind=kind,
        retry_after=_seconds(getattr(error, "retry_after", None)),
        chat=chat,
        moved_to=error.migrate_to_chat_id
        if isinstance(error, exceptions.TelegramMigrateToChat)
        else 0,
    )


def answered(method: str, *, status: int, headers: Mapping[str, str]) -> CallFailed:
    """An answer that is no answer of the Bot API, such as a download's, and says no."""
    if status == 429:
        told = headers.get("Retry-After", "")
        seconds = _seconds(float(told)) if told.isascii() and told.isdigit() else None
        return CallFailed(method, f"HTTP {status}", kind=Kind.LIMITED, retry_after=seconds)
    if status in {401, 403}:
        return CallFailed(method, f"HTTP {status}", kind=Kind.UNTRUSTED)
    return CallFailed(
        method, SERVER_ERROR if status >= 500 else f"HTTP {status}", kind=Kind.PASSING
    )


def _meaning(error: Exception) -> tuple[str, Kind]:
    """Code and kind, the most special first."""
    too_large = isinstance(error, exceptions.TelegramEntityTooLarge)
    if isinstance(error, exceptions.TelegramNetworkError) and not too_large:
        return _of_network(error.__cause__), Kind.PASSING
    if isinstance(error, exceptions.TelegramAPIError):
        return _refused(error)
    if isinstance(error, exceptions.ClientDecodeError):
        return UNREADABLE if isinstance(error.data, Mapping) else BAD_ANSWER, Kind.PASSING
    if isinstance(error, aiohttp.ClientError | OSError):
        return _of_network(error), Kind.PASSING
    return _of_class(error)


def _refused(error: exceptions.TelegramAPIError) -> tuple[str, Kind]:
    found = known(error.message or "")
    if found:
        return found
    if isinstance(error, exceptions.TelegramServerError):
        return SERVER_ERROR, Kind.PASSING
    name, kind = _of_class(error)
    return named(error.message or "") or name, kind


def _of_class(error: Exception) -> tuple[str, Kind]:
    """By the nearest class that is known, so that a class of a newer aiogram's has a kind too."""
    found = next((one for one in type(error).__mro__ if one in KINDS), None)
    return type(error).__name__, KINDS[found] if found else Kind.PASSING


def _of_network(error: BaseException | None) -> str:
    never_connected = isinstance(error, aiohttp.ConnectionTimeoutError)
    return TOO_SLOW if isinstance(error, TimeoutError) and not never_connected else UNREACHABLE


def _seconds(told: object) -> float | None:
    return believed(float(told)) if isinstance(told, int | float) else None
