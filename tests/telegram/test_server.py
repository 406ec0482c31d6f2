"""The tests' own Telegram behaves towards a bare aiogram bot as Telegram would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
)

from tests.samples_pictures import photo
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.reading import marked, read
from tests.telegram.server import TelegramServer
from tests.telegram.world import File


def made(telegram: TelegramServer, token: str = "") -> Bot:
    api = TelegramAPIServer.from_base(telegram.api_url)
    return Bot(token or telegram.token, session=AiohttpSession(api=api))


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    """A bare bot of aiogram's."""
    one = made(telegram)
    yield one
    await one.session.close()


def keyboard(*data: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=f"Button {one[:3]}", callback_data=one) for one in data]
    return InlineKeyboardMarkup(inline_keyboard=[[one] for one in row])


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


async def test_files_go_both_ways(telegram: TelegramServer, bot: Bot, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes(b"what I did")
    telegram.say(ADA, "for TECH-1", notes)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    found = await bot.get_file(update.message.document.file_id)
    body = await bot.download_file(found.file_path or "")
    assert body is not None
    await bot.send_document(
        ADA, BufferedInputFile(b"zip", "record.zip"), caption="<b>All</b> of it."
    )
    await bot.send_photo(ADA, BufferedInputFile(photo(), "p.png"), caption="Two of nine.")

    assert body.read() == b"what I did"
    assert (update.message.caption, update.message.document.file_size) == ("for TECH-1", 10)
    assert [read(one) for one in telegram.posted(ADA)] == [
        "<b>All</b> of it.",
        "Picture: Two of nine.",
    ]
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await bot.send_photo(ADA, BufferedInputFile(photo(), "p.png"), caption="x" * 1025)


async def test_an_album_of_photos_comes_as_one_message_a_photo(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.say(ADA, "two", File("a.jpg", photo()), File("b.jpg", photo()), album=True, photo=True)

    one, two = [update.message for update in await bot.get_updates()]

    assert one is not None
    assert two is not None
    assert one.media_group_id == two.media_group_id is not None
    assert (one.caption, two.caption) == ("two", None)
    widths = [size.width for size in one.photo or ()]
    assert len(widths) > 1
    assert widths == sorted(widths)


async def test_twenty_megabytes_are_the_most_that_is_given_out(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.say(ADA, "", File("film.mp4", b"x", claims=20 * 2**20 + 1))
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None

    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_a_server_in_local_mode_tells_where_on_the_disk(tmp_path: Path) -> None:
    async with TelegramServer(local=tmp_path) as telegram:
        telegram.add_person(ADA)
        bot = made(telegram)
        telegram.say(ADA, "", File("film.mp4", b"x", claims=20 * 2**20 + 1))
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        found = await bot.get_file(update.message.document.file_id)
        await bot.session.close()

    assert found.file_path is not None
    assert found.file_path.startswith(f"{tmp_path}/{telegram.token}/documents/")


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


async def test_faults_are_those_of_telegram(telegram: TelegramServer, bot: Bot) -> None:
    telegram.fail("sendMessage", retry_after=7, chat=ADA)
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
