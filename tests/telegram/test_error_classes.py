"""Every error that aiogram raises, and every refusal whose text decides, has a kind."""

from __future__ import annotations

import inspect
from typing import Any

import aiohttp
import pytest
from aiogram import exceptions
from aiogram.methods import SendMessage

from bot.domain.channel_state import State
from bot.domain.messages import Address
from channels.telegram.codes import TEXTS, Kind
from channels.telegram.faults import ADVICE, KINDS, foreign, translated

INSIDE = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
WORDS = f"what somebody wrote in {INSIDE}"
PERSON, GROUP = 4711, -1001234567890
CLASSES = [one for _, one in inspect.getmembers(exceptions, inspect.isclass)]
ERRORS = [
    one for one in CLASSES if issubclass(one, Exception) and one.__module__ == exceptions.__name__
]
PERMANENT = {Kind.GONE, Kind.HERE, Kind.USELESS, Kind.UNEDITABLE, Kind.LATE}
OURS = {Kind.UNTRUSTED, Kind.FOREIGN, Kind.CONFLICT, Kind.NO_RIGHT}


def made(kind: type[Exception], text: str = WORDS) -> Exception:
    """An error of that class, as aiogram makes it."""
    make: Any = kind
    method = SendMessage(chat_id=PERSON, text=WORDS)
    error: Exception
    if issubclass(kind, exceptions.TelegramRetryAfter):
        error = make(method, text, 17)
    elif issubclass(kind, exceptions.TelegramMigrateToChat):
        error = make(method, text, GROUP)
    elif issubclass(kind, exceptions.TelegramAPIError):
        error = make(method, text)
    elif issubclass(kind, exceptions.ClientDecodeError):
        error = make(text, ValueError(WORDS), WORDS)
    else:
        error = make(text)
    return error


def refused(text: str, status: int = 400) -> Exception:
    """A refusal of Telegram's by its text."""
    kinds: dict[int, type[Exception]] = {
        400: exceptions.TelegramBadRequest,
        401: exceptions.TelegramUnauthorizedError,
        403: exceptions.TelegramForbiddenError,
        404: exceptions.TelegramNotFound,
        409: exceptions.TelegramConflictError,
        500: exceptions.TelegramServerError,
    }
    return made(kinds.get(status, exceptions.TelegramAPIError), text)


def test_every_class_of_aiogram_s_errors_has_a_kind() -> None:
    assert [one.__name__ for one in ERRORS if one not in KINDS] == []
    assert [one.__name__ for one in KINDS if one not in ERRORS] == []


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_of_the_library_is_one_failure_without_its_text(kind: type[Exception]) -> None:
    failure = translated("sendMessage", made(kind), chat=PERSON)

    told = f"{failure}{failure.told}{failure.delivery()}{failure.__dict__}"
    assert failure.kind is KINDS[kind]
    assert WORDS not in told
    assert INSIDE not in told


@pytest.mark.parametrize(("text", "kind"), TEXTS)
def test_every_text_that_decides_comes_to_one_failed_delivery(text: str, kind: Kind) -> None:
    error = refused(f"Bad Request: {text[0].upper()}{text[1:]} ({WORDS})")
    failure = translated("sendMessage", error, chat=PERSON)
    delivery = failure.delivery()

    assert failure.kind is kind
    assert delivery.permanent is (kind in PERMANENT)
    assert delivery.gone is (kind is Kind.GONE)
    assert delivery.ours is (kind in OURS)
    assert bool(failure.told) or failure.state is None
    assert text in str(delivery)
    assert WORDS not in str(delivery)


@pytest.mark.parametrize(
    ("text", "kind"), [one for one in TEXTS if one[1] in {Kind.HERE, Kind.GONE}]
)
def test_a_group_may_open_again(text: str, kind: Kind) -> None:
    delivery = translated("sendMessage", refused(text, 403), chat=GROUP).delivery()

    assert (delivery.permanent, delivery.gone, delivery.ours) == (False, False, False)
    assert "member of the group" in str(delivery)


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("Forbidden: bot was blocked by the user", 403, Kind.GONE),
        ("Forbidden: user is deactivated", 403, Kind.GONE),
        ("Forbidden: bot can't initiate conversation with a user", 403, Kind.GONE),
        ("Bad Request: chat not found", 400, Kind.GONE),
        ("Bad Request: PEER_ID_INVALID", 400, Kind.GONE),
        ("Forbidden: something quite new", 403, Kind.HERE),
        ("Bad Request: something quite new", 400, Kind.USELESS),
        ("Bad Request: message is not modified: specified new", 400, Kind.UNCHANGED),
        ("Unauthorized", 401, Kind.UNTRUSTED),
        ("Unauthorized: invalid token specified", 401, Kind.UNTRUSTED),
        ("Not Found", 404, Kind.UNTRUSTED),
        ("Not Found: method not found", 404, Kind.USELESS),
        ("Misdirected Request: unallowed token specified", 421, Kind.UNTRUSTED),
        ("Too Many Requests: retry later", 429, Kind.LIMITED),
        ("Logged out", 400, Kind.UNTRUSTED),
        ("Internal Server Error: restart", 500, Kind.PASSING),
        ("", 400, Kind.USELESS),
    ],
)
def test_refusals_as_telegram_words_them(text: str, status: int, kind: Kind) -> None:
    assert translated("sendMessage", refused(text, status), chat=PERSON).kind is kind


def test_a_name_of_telegram_s_own_is_told_and_nobody_s_words() -> None:
    named = translated("sendMessage", refused("Bad Request: BUTTON_URL_INVALID"))
    wordy = translated("sendMessage", refused(f"Bad Request: URL of {WORDS}"))

    assert "BUTTON_URL_INVALID" in str(named)
    assert "URL" not in str(wordy)


def test_a_limit_is_that_of_one_chat_as_far_as_anybody_knows() -> None:
    alone = translated("sendMessage", made(exceptions.TelegramRetryAfter), chat=PERSON)
    among = translated("sendMessage", made(exceptions.TelegramRetryAfter), chat=GROUP)

    assert (alone.retry_after, alone.state) == (17.0, State.RATE_LIMITED)
    assert (alone.delivery().ours, among.delivery().ours) == (False, False)
    assert alone.delivery().retry_after == among.delivery().retry_after == 17.0


@pytest.mark.parametrize(
    ("told", "seconds"), [(10**9, 3600.0), (-4, 0.0), (float("nan"), None), ("soon", None)]
)
def test_a_wait_is_believed_up_to_an_hour(told: Any, seconds: float | None) -> None:
    error = exceptions.TelegramRetryAfter(SendMessage(chat_id=PERSON, text=""), "", told)

    assert translated("sendMessage", error).retry_after == seconds


def test_a_group_that_moved_names_its_new_id() -> None:
    failure = translated("sendMessage", made(exceptions.TelegramMigrateToChat), chat=-5)

    assert failure.moved_to == GROUP
    assert failure.delivery().moved_to == Address(channel="telegram", value=f"{GROUP}")
    assert not failure.delivery().permanent


def test_who_else_takes_what_is_said_is_told_by_name() -> None:
    texts = (
        "Conflict: terminated by other getUpdates request; make sure that only one bot runs",
        "Conflict: can't use getUpdates method while webhook is active",
        "Conflict: terminated by setWebhook request",
        "Conflict: terminated by other setWebhook",
    )
    poller, hooked, cut, again = (translated("getUpdates", refused(one, 409)) for one in texts)

    assert {one.state for one in (poller, hooked, cut, again)} == {State.NOT_PERMITTED}
    assert "nother process polls with this token" in poller.told
    assert hooked.told == cut.told
    assert "has set a webhook" in hooked.told
    assert "sets the bot's webhook too" in again.told


def test_another_bot_s_token_is_told() -> None:
    assert foreign().state is State.TOKEN_INVALID
    assert "another bot" in foreign().told


def of_network(cause: Exception) -> Exception:
    """As aiogram wraps what aiohttp raises."""
    error = made(exceptions.TelegramNetworkError)
    error.__cause__ = cause
    return error


CAUSES = [
    aiohttp.ClientConnectionError(WORDS),
    aiohttp.ServerDisconnectedError(WORDS),
    aiohttp.ClientPayloadError(WORDS),
    aiohttp.ConnectionTimeoutError(WORDS),
    ConnectionResetError(WORDS),
    TimeoutError(WORDS),
]


@pytest.mark.parametrize("error", [*CAUSES, *map(of_network, CAUSES)])
def test_a_network_that_is_away_is_told_as_such(error: Exception) -> None:
    failure = translated("getMe", error, chat=PERSON)
    delivery = failure.delivery()
    cause = error.__cause__ or error
    slow = isinstance(cause, TimeoutError) and not isinstance(cause, aiohttp.ConnectionTimeoutError)

    assert (failure.kind, failure.state) == (Kind.PASSING, State.RECONNECTING)
    # However long it lasts; but what is merely slow may be slow for its own sake.
    assert (delivery.ours, delivery.permanent) == (not slow, False)
    assert WORDS not in str(failure)


@pytest.mark.parametrize(
    ("data", "state"),
    [("<html>502 Bad Gateway</html>", State.RECONNECTING), ({"ok": True}, None)],
)
def test_a_page_of_something_in_between_is_no_answer(data: object, state: State | None) -> None:
    failure = translated("getMe", exceptions.ClientDecodeError(WORDS, ValueError(WORDS), data))

    assert (failure.state, failure.delivery().ours) == (state, False)  # it may be this call's own


def test_what_is_quite_unknown_passes_and_is_named() -> None:
    failure = translated("getMe", ZeroDivisionError(WORDS))

    assert (failure.kind, failure.state) == (Kind.PASSING, None)
    assert "ZeroDivisionError" in str(failure)


def test_advice_is_a_sentence() -> None:
    assert [told for told in ADVICE.values() if not told.endswith(".")] == []
