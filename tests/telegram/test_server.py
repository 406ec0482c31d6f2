"""The tests' own Telegram takes what a bare aiogram bot says as Telegram would."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    ReplyParameters,
)

from tests.telegram.bare import keyboard, made
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.reading import read
from tests.telegram.server import TelegramServer


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("a &lt;b&gt; &amp;amp; &quot;c&quot; &nbsp;", 'a <b> &amp; "c" &nbsp;', []),
        ("<b>a <i>b</i></b>", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("\U0001f600 <code>x</code>", "\U0001f600 x", [("code", 3, 1)]),
        ('<a href="https://example.org?a=1&amp;b">x</a>', "x", [("text_link", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("  <b> x</b> \n", "x", [("bold", 0, 1)]),
        ("see /help @carrel a@example.org", None, [("bot_command", 4, 5)]),
        ("a > b & c", "a > b & c", []),
    ],
)
async def test_html_becomes_text_and_entities(
    telegram: TelegramServer,
    bot: Bot,
    text: str,
    words: str | None,
    entities: list[tuple[str, int, int]],
) -> None:
    sent = await bot.send_message(ADA, text, parse_mode="HTML")

    found = [(one.type, one.offset, one.length) for one in sent.entities or ()]
    assert sent.text == (words or text)
    assert found[: len(entities)] == entities


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"text": "<b>x"}, "can't parse entities: Can't find end tag"),
        ({"text": "<quiet>x</quiet>"}, "can't parse entities: Unsupported start tag"),
        ({"text": "a < b"}, "can't parse entities: Unsupported start tag"),
        ({"text": "x</b>"}, "can't parse entities: Unexpected end tag"),
        ({"text": "<b><i>x</b></i>"}, "can't parse entities: Unmatched end tag"),
        ({"text": "  \n "}, "message text is empty"),
        ({"text": "\U0001f600" * 2049}, "message is too long"),
        ({"text": "x", "reply_markup": keyboard("x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "message_thread_id": 77}, "message thread not found"),
        (
            {"text": "x", "reply_parameters": ReplyParameters(message_id=999)},
            "message to be replied not found",
        ),
    ],
)
async def test_a_message_that_does_not_fit_is_refused(
    telegram: TelegramServer, bot: Bot, given: dict[str, Any], error: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=error):
        await bot.send_message(ROOM, parse_mode="HTML", **given)


async def test_the_longest_that_fits_is_counted_after_entities(
    telegram: TelegramServer, bot: Bot
) -> None:
    sent = await bot.send_message(ADA, f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
    below = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    await bot.send_message(ADA, "x", reply_parameters=below)

    assert len(sent.text or "") == 4096


async def test_whom_the_bot_may_write_to(telegram: TelegramServer, bot: Bot) -> None:
    telegram.add_person(104, started=False)
    telegram.add_person(105)
    telegram.deactivate(105)
    telegram.block(BEA)
    telegram.add_group(-5, ADA, kind="group", bot="left")
    telegram.add_group(-6, ADA, kind="group")
    telegram.kick(-6, by=ADA)

    async def told(chat: int) -> str:
        with pytest.raises((TelegramForbiddenError, TelegramBadRequest)) as caught:
            await bot.send_message(chat, "x")
        return caught.value.message

    assert await told(104) == "Forbidden: bot can't initiate conversation with a user"
    assert await told(105) == "Forbidden: user is deactivated"
    assert await told(BEA) == "Forbidden: bot was blocked by the user"
    assert await told(-5) == "Forbidden: bot is not a member of the group chat"
    assert await told(-6) == "Forbidden: bot was kicked from the group chat"
    assert await told(999) == "Bad Request: chat not found"


async def test_faults_are_those_of_telegram(telegram: TelegramServer, bot: Bot) -> None:
    telegram.fail("sendMessage", retry_after=7, room=ADA)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(ADA, "x")
    assert caught.value.retry_after == 7
    wrong = made(telegram, "42:wrong")
    with pytest.raises(TelegramUnauthorizedError):
        await wrong.get_me()
    await wrong.session.close()
    telegram.go_down()
    with pytest.raises(TelegramNetworkError):
        await bot.get_me()
    telegram.come_up()
    telegram.fail("sendMessage", lost="after")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ADA, "done, but nobody heard")

    assert (await bot.get_me()).username == telegram.username
    assert [read(one) for one in telegram.posted(ADA)] == ["done, but nobody heard"]


async def test_commands_and_descriptions_are_kept_for_each_scope(
    telegram: TelegramServer, bot: Bot
) -> None:
    groups = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([BotCommand(command="progress", description="How far you are")])
    await bot.set_my_commands([BotCommand(command="help", description="What I do")], scope=groups)
    await bot.set_my_description("All of it.")
    await bot.set_my_short_description("In short.")

    assert [one.command for one in await bot.get_my_commands()] == ["progress"]
    assert [one.command for one in await bot.get_my_commands(scope=groups)] == ["help"]
    assert (await bot.get_my_description()).description == "All of it."
    assert (await bot.get_my_short_description()).short_description == "In short."
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Big One", description="x")])


async def test_chats_members_and_typing(telegram: TelegramServer, bot: Bot) -> None:
    await bot.send_chat_action(ADA, "typing")
    room = await bot.get_chat(ROOM)

    assert (room.type, room.title) == ("supergroup", "Staff")
    assert (await bot.get_chat_member(ROOM, ADA)).status == "member"
    assert len(telegram.called("sendChatAction", chat_id=ADA)) == 1


async def test_json_and_urlencoded_are_understood_too(telegram: TelegramServer) -> None:
    url = f"{telegram.api_url}bot{telegram.token}/sendMessage"
    said = {"chat_id": ADA, "text": "x"}
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json=said) as answer:
            assert answer.status == 200
        async with session.post(url, data=said) as answer:
            assert answer.status == 200

    assert len(telegram.posted(ADA)) == 2
