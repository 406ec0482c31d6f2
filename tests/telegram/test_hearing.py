"""What people say on Telegram is kept before Telegram forgets it, and only what is for Carrel."""

from __future__ import annotations

import asyncio
import threading

import pytest

from channels.telegram import words
from tests.samples_pictures import photo
from tests.stand import listening, until
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.server import TelegramServer
from tests.telegram.stand import outbound, stand_at
from tests.telegram.updates import Push
from tests.telegram.world import File


async def heard(telegram: TelegramServer, *said: Push) -> None:
    await telegram.until(lambda: all(one.acked for one in said))


async def test_a_message_is_forgotten_by_telegram_only_once_it_is_kept(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    stand.gate = threading.Event()
    async with listening(stand):
        said = telegram.say(ADA, "how far am I?")
        await telegram.until(lambda: said.updates[0].sent)
        too_early = said.acked
        stand.gate.set()
        await heard(telegram, said)

    (message,) = stand.heard
    assert not too_early
    assert (message.text, message.conversation) == ("how far am I?", f"telegram:{ADA}")
    assert message.id == f"{ADA}:{said.id}"


async def test_the_same_update_twice_is_kept_once(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        said = telegram.say(ADA, "once")
        await heard(telegram, said)
        again = telegram.again(said.updates[0])
        await telegram.until(lambda: again.acked)

    assert stand.texts == ["once"]


async def test_in_a_group_only_what_is_said_to_carrel_is_heard(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        chatter = telegram.say(ADA, "lunch?", chat=ROOM)
        said = telegram.mention(BEA, "how long does it take?", chat=ROOM)
        await heard(telegram, chatter, said)

    (message,) = stand.heard
    assert (message.shared, message.thread) == (True, str(said.id))
    assert message.conversation == f"telegram:{ROOM}/{said.id}"


@pytest.mark.parametrize("known", [True, False])
async def test_a_reply_to_carrel_in_a_group_goes_on_with_the_conversation_it_is_of(
    telegram: TelegramServer, known: bool
) -> None:
    stand = stand_at(telegram)
    room = f"telegram:{ROOM}"
    async with listening(stand):
        asked = telegram.mention(ADA, "how long?", chat=ROOM)
        root = f"{room}/{asked.id}"
        below = outbound(conversation=root, thread=str(asked.id), to=ADA)
        (answer,) = await stand.adapter.send(below)
        if known:
            stand.window.said[room, answer] = root
        replied = telegram.say(BEA, "and for me?", chat=ROOM, reply_to=int(answer))
        await heard(telegram, asked, replied)

    message = stand.heard[-1]
    assert message.text == "and for me?"
    assert message.conversation == (root if known else f"{room}/{answer}")
    assert message.thread == str(replied.id)


async def test_an_album_arrives_as_one_batch(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    files = [File(f"page-{n}.pdf", b"%PDF-1.7 page") for n in range(3)]
    async with listening(stand):
        said = telegram.say(ADA, "my plan", *files, album=True)
        await heard(telegram, said)

    names = [one.attachments[0].name for one in stand.heard]
    assert names == ["page-0.pdf", "page-1.pdf", "page-2.pdf"]
    assert stand.texts == ["my plan", "", ""]
    assert len({one.batch for one in stand.heard} - {""}) == 1
    assert len({one.id for one in stand.heard}) == 3


async def test_files_are_named_and_nothing_is_fetched_before_they_are_kept(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    large = File("film.mp4", b"", claims=20 * 1024 * 1024 + 1)
    async with listening(stand):
        said = telegram.say(ADA, "here", File("minutes.pdf", b"%PDF-1.7"), large)
        picture = telegram.say(ADA, "", File("p.jpg", photo("JPEG"), kind="photo"), photo=True)
        await heard(telegram, said, picture)

    small, film, shot = (one.attachments[0] for one in stand.heard)
    assert (small.name, small.source[:9]) == ("minutes.pdf", "telegram:")
    assert "20 MB" in film.refusal
    assert "on Slack" in film.refusal
    assert shot.name == f"photo-{picture.id}.jpg"
    assert telegram.called("getFile") == []


async def test_whoever_sends_what_cannot_be_used_is_told_so_once_below_it(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        place = telegram.give(ADA, "location", {"latitude": 1.0, "longitude": 2.0})
        telegram.give(ADA, "location", {"latitude": 1.0, "longitude": 3.0})
        in_name = telegram.mention(
            BEA, "decide", chat=ROOM, sender_chat={"id": ROOM, "type": "supergroup"}
        )
        await heard(telegram, place, in_name)
        await telegram.until(lambda: telegram.posted(ADA) and telegram.posted(ROOM))

    (told,), (unknown,) = telegram.posted(ADA), telegram.posted(ROOM)
    assert stand.heard == []
    assert told["reply_to_message"]["message_id"] == place.id
    assert unknown["text"] == words.ANONYMOUS
    assert stand.turns.taken == 2


async def test_carrel_greets_a_group_and_tells_its_id_for_the_settings(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    telegram.add_group(-1_001_000_000_007, ADA, bot="left")
    async with listening(stand):
        telegram.add_to(-1_001_000_000_007, by=ADA)
        await telegram.until(lambda: telegram.posted(-1_001_000_000_007))

    (greeting,) = telegram.posted(-1_001_000_000_007)
    assert "CARREL_TELEGRAM_STAFF_CHAT=-1001000000007" in greeting["text"]


async def test_who_blocked_carrel_and_where_a_group_went_is_noted(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    telegram.add_group(-7, ADA, kind="group")
    async with listening(stand):
        await heard(telegram, telegram.block(BEA), telegram.migrate(-7, -1_001_000_000_008))

    assert [user for user, _ in stand.window.lost_ones] == [str(BEA)]
    assert {(str(room), str(to)) for room, to in stand.window.moves} == {
        ("telegram:-7", "telegram:-1001000000008")
    }


async def test_somebody_sees_that_carrel_types_until_the_answer_is_there(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        telegram.mention(BEA, "how long?", chat=ROOM)
        telegram.say(ADA, "status")
        await telegram.until(lambda: len(telegram.called("sendChatAction")) > 2)
        await stand.adapter.send(outbound())
        await until(lambda: not any("sendChatAction" in t.get_name() for t in asyncio.all_tasks()))

    calls = telegram.called("sendChatAction")
    assert {(call.params["chat_id"], call.params["action"]) for call in calls} == {(ADA, "typing")}


async def test_what_nobody_understands_is_passed_over(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        strange = [
            telegram.push(message={}),
            telegram.push(callback_query={"id": "x", "data": 7}),
            telegram.push(my_chat_member={"chat": []}),
        ]
        said = telegram.say(ADA, "still there?")
        await telegram.until(lambda: said.acked and all(one.acked for one in strange))

    assert stand.texts == ["still there?"]


async def test_no_task_is_left_when_listening_ends(telegram: TelegramServer) -> None:
    before = asyncio.all_tasks()
    stand = stand_at(telegram)
    async with listening(stand):
        await heard(telegram, telegram.say(ADA, "hello"))
        await stand.adapter.send(outbound())

    await stand.adapter.close()
    assert asyncio.all_tasks() == before
    assert stand.state.value == "stopped"
