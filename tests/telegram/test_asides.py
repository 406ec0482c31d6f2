"""What Carrel says and changes beside its messages keeps to Telegram's limits in each chat."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from bot.domain.messages import Choice
from bot.ports import Limits
from channels.telegram import words
from tests.logged import Kept
from tests.stand import listening
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.server import TelegramServer
from tests.telegram.stand import outbound, stand_at
from tests.telegram.world import File

YES = (Choice(label="Yes", says="yes"),)
UNUSABLE: tuple[tuple[str, Any], ...] = (
    ("location", {"latitude": 1.0, "longitude": 2.0}),
    ("sticker", {"file_id": "x", "emoji": "!"}),
    ("contact", {"phone_number": "1", "first_name": "x"}),
    ("dice", {"emoji": "!", "value": 1}),
)


@pytest.mark.parametrize("room", [0, ROOM])
async def test_advice_of_many_kinds_in_one_chat_rests_as_messages_do(
    telegram: TelegramServer, room: int
) -> None:
    stand = stand_at(telegram, limits=Limits(person=0.1, room=0.2))
    below: dict[str, Any] = {}
    async with listening(stand):
        if room:
            (post,) = await stand.adapter.send(outbound(to=ROOM))
            below = {"reply_to_message": telegram.posted(ROOM)[0] | {"message_id": int(post)}}
        before = len(telegram.called("sendMessage"))
        for kind, value in UNUSABLE:
            telegram.give(ADA, kind, value, chat=room, **below)
        await telegram.until(lambda: len(telegram.called("sendMessage")) == before + 4)

    told = telegram.called("sendMessage")[before:]
    gaps = [later.begun - earlier.begun for earlier, later in itertools.pairwise(told)]
    assert min(gaps) > (0.18 if room else 0.08)
    assert stand.turns.taken == before + 4


async def test_advice_that_would_come_too_late_is_left_and_logged(
    telegram: TelegramServer, everything: Kept
) -> None:
    stand = stand_at(telegram, limits=Limits(person=6.0))
    async with listening(stand):
        said = [telegram.give(ADA, kind, value) for kind, value in UNUSABLE]
        await telegram.until(lambda: all(one.acked for one in said))
        await telegram.until(lambda: telegram.posted(ADA))

    assert len(telegram.posted(ADA)) == 1
    assert sum('"errand-left"' in line for line in everything.lines) == 2


async def test_choices_picked_one_after_the_other_are_drawn_anew_one_after_the_other(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        for number in range(4):
            await stand.adapter.send(outbound(key=f"k{number}", choices=YES))
        sent = stand.turns.taken
        stand.turns.limits = Limits(person=0.1)
        for shown in telegram.posted(ADA):
            telegram.press(ADA, "Yes", post=shown["message_id"])
        await telegram.until(lambda: len(telegram.called("editMessageText")) == 4)

    edits = telegram.called("editMessageText")
    gaps = [later.begun - earlier.begun for earlier, later in itertools.pairwise(edits)]
    assert min(gaps) > 0.08
    assert stand.turns.taken == sent + 4


async def test_of_an_album_in_a_group_people_are_told_what_was_not_seen(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    files = [File(f"page-{n}.pdf", b"%PDF-1.7 page") for n in range(3)]
    async with listening(stand):
        said = telegram.mention(ADA, "file these", *files, chat=ROOM, album=True)
        telegram.say(BEA, "look", *files, chat=ROOM, album=True)
        await telegram.until(lambda: telegram.posted(ROOM))
        await telegram.until(lambda: all(one.acked for one in said.updates))

    (told,) = telegram.posted(ROOM)
    assert [one.attachments[0].name for one in stand.heard] == ["page-0.pdf"]
    assert told["text"] == words.album(telegram.username)
    assert told["reply_to_message"]["message_id"] == said.id


async def test_an_album_whose_number_is_endless_is_kept_all_the_same(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    file = File("page.pdf", b"%PDF-1.7 page")
    async with listening(stand):
        said = telegram.say(ADA, "", file, media_group_id="9" * 60_000)
        await telegram.until(lambda: said.acked)

    assert len(stand.heard[0].batch) == 64
