"""The tests' own Telegram tells a bare aiogram bot what people do as Telegram would."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramMigrateToChat,
)
from aiogram.types import (
    Message,
)

from tests.telegram.bare import keyboard
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.reading import marked, read
from tests.telegram.server import TelegramServer


async def test_a_bare_bot_hears_a_message_and_answers_it(
    telegram: TelegramServer, bot: Bot
) -> None:
    said = telegram.say(ADA, "/start CODE-1 \U0001f989 hello <you>")
    (update,) = await bot.get_updates(timeout=5)
    heard = update.message
    assert heard is not None
    assert not said.acked
    await bot.send_message(heard.chat.id, f"<b>\U0001f989</b> {heard.html_text}", parse_mode="HTML")
    await bot.get_updates(offset=update.update_id + 1)

    assert said.acked
    assert (heard.text, heard.chat.type) == ("/start CODE-1 \U0001f989 hello <you>", "private")
    assert [read(one) for one in telegram.posted(ADA)] == [f"\U0001f989 {heard.text}"]
    assert marked(telegram.posted(ADA)[0], "bold") == ["\U0001f989"]


async def test_a_poll_waits_and_ends_as_soon_as_something_is_said(
    telegram: TelegramServer, bot: Bot
) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.polling)

    telegram.say(ADA, "now")

    assert [one.message and one.message.text for one in await waiting] == ["now"]


async def test_kinds_that_are_not_wanted_do_not_come(telegram: TelegramServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    telegram.say(ADA, "not this")
    await bot.send_message(ADA, "Pick.", reply_markup=keyboard("yes"))
    telegram.press(ADA, "Button yes")

    (update,) = await bot.get_updates()

    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, Message)
    assert update.callback_query.data == "yes"


async def test_of_two_who_poll_the_first_is_told(telegram: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.polling)
    second = asyncio.create_task(bot.get_updates(timeout=20))

    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await first
    telegram.say(ADA, "for the second")
    assert len(await second) == 1


async def test_a_press_is_answered_once_and_its_message_edited(
    telegram: TelegramServer, bot: Bot
) -> None:
    sent = await bot.send_message(ADA, "Pick.", reply_markup=keyboard("yes", "no"))
    telegram.press(ADA, "Button no")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer("Thanks.")
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await update.callback_query.answer()
    await bot.edit_message_text("Picked.", chat_id=ADA, message_id=sent.message_id)

    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Picked.", chat_id=ADA, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=ADA, message_id=999)
    telegram.freeze(ADA, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_reply_markup(chat_id=ADA, message_id=sent.message_id)
    assert [read(one) for one in telegram.posted(ADA)] == ["Picked."]
    assert [one["text"] for one in telegram.answers] == ["Thanks."]


async def test_a_group_that_moved_is_told_with_its_new_place(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.add_group(-7, ADA, kind="group")
    telegram.migrate(-7, -1_007)

    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(-7, "x")
    left, came = [update.message for update in await bot.get_updates()]

    assert caught.value.migrate_to_chat_id == -1_007
    assert left is not None
    assert came is not None
    assert (left.migrate_to_chat_id, came.migrate_from_chat_id) == (-1_007, -7)


async def test_what_a_topic_and_a_reply_look_like(telegram: TelegramServer, bot: Bot) -> None:
    topic = telegram.add_topic(ROOM, "Reviews", by=BEA)
    below = await bot.send_message(ROOM, "A card.", message_thread_id=topic)
    telegram.say(ADA, "plain", chat=ROOM, topic=topic)
    telegram.say(ADA, "reply", chat=ROOM, topic=topic, reply_to=below.message_id)

    plain, reply = [update.message for update in await bot.get_updates()]

    assert plain is not None
    assert reply is not None
    assert plain.message_thread_id == topic == reply.message_thread_id
    assert plain.reply_to_message is not None
    assert plain.reply_to_message.forum_topic_created is not None
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "A card."
    assert reply.reply_to_message.reply_to_message is None


async def test_a_webhook_gets_each_chat_in_order_until_it_answers_with_200(
    telegram: TelegramServer, bot: Bot
) -> None:
    heard: list[tuple[str, str]] = []
    answers = iter([500, 200, 200])

    async def take(request: aiohttp.web.Request) -> aiohttp.web.Response:
        body = await request.json()
        heard.append((body["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        return aiohttp.web.Response(status=next(answers))

    app = aiohttp.web.Application()
    app.router.add_post("/here", take)
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/here", secret_token="s3cret")
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    first, second = telegram.say(ADA, "one"), telegram.say(ADA, "two")
    await telegram.until(lambda: second.acked)
    pending = (await bot.get_webhook_info()).pending_update_count
    await runner.cleanup()

    assert heard == [("one", "s3cret"), ("one", "s3cret"), ("two", "s3cret")]
    assert first.updates[0].statuses == [500, 200]
    assert pending == 0
