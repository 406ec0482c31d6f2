"""The tests' own Telegram handles a bare aiogram bot's files as Telegram would."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    BufferedInputFile,
)

from tests.samples_pictures import photo
from tests.telegram.bare import made
from tests.telegram.conftest import ADA
from tests.telegram.reading import read
from tests.telegram.server import TelegramServer
from tests.telegram.world import File


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
