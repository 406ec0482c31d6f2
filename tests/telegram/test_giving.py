"""Files that cannot be given, or break off on their way, hold up nothing and come once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.messages import Bar, Chart, Download, Paragraph
from bot.errors import DeliveryFailed
from tests.telegram.conftest import ADA, ROOM
from tests.telegram.server import TelegramServer
from tests.telegram.stand import HASTE, Stand, outbound, stand_at

BAR = Bar(label="A", done=1, total=3, note="")
CHART = Chart(title="Progress", bars=(BAR,), footer="", alt="one of <three>")
LETTER = Download(name="letter.pdf", media_type="application/pdf", size=4, sha256="abc")
BIG = Download(name="all.zip", media_type="application/zip", size=3_000_000, sha256="big")


@pytest.fixture
def stand(telegram: TelegramServer, tmp_path: Path) -> Stand:
    """An adapter that waits a moment only, and has a letter and an archive to give."""
    stand = stand_at(telegram, patience=replace(HASTE, giving=0.5, sending=2.0))
    for name, sha256, size in (("letter.pdf", "abc", 4), ("all.zip", "big", 3_000_000)):
        (tmp_path / name).write_bytes(b"%PDF"[:size].ljust(size, b"."))
        stand.window.files[sha256] = tmp_path / name
    return stand


@pytest.mark.parametrize(("size", "why"), [(52_428_801, "larger"), (10, "not kept")])
async def test_a_file_that_cannot_be_given_is_told_of_in_words(
    telegram: TelegramServer, size: int, why: str
) -> None:
    stand = stand_at(telegram)
    file = Download(name="all <b>.zip", media_type="application/zip", size=size, sha256="abc")
    await stand.adapter.send(outbound(Paragraph(text="Here."), file))
    await stand.adapter.close()

    told = telegram.posted(ADA)[1]["text"]
    assert "all <b>.zip" in told
    assert why in told
    assert telegram.called("sendDocument") == []


async def test_a_file_that_telegram_will_never_take_does_not_hold_up_the_rest(
    telegram: TelegramServer, stand: Stand, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    stand.window.files["abc"] = tmp_path / "letter.pdf"
    file = Download(name="letter.pdf", media_type="application/pdf", size=4, sha256="abc")
    telegram.fail("sendPhoto", description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    telegram.fail("sendDocument", status=413)
    receipts = await stand.adapter.send(outbound(Paragraph(text="Here."), CHART, file))
    await stand.adapter.close()

    posts = telegram.posted(ADA)
    assert receipts == tuple(str(post["message_id"]) for post in posts)
    _, picture, told = posts
    assert picture["text"] == "one of <three>"
    assert "letter.pdf" in told["text"]


@pytest.mark.parametrize("lost", ["before", "after"])
async def test_a_file_that_breaks_off_is_sent_again_whole_and_the_words_are_not(
    telegram: TelegramServer, stand: Stand, lost: str
) -> None:
    message = outbound(Paragraph(text="Here."), BIG)
    telegram.fail("sendDocument", lost=lost)
    with pytest.raises(DeliveryFailed) as caught:
        await stand.adapter.send(message)
    await stand.adapter.send(message)
    await stand.adapter.close()

    arrived = telegram.posted(ADA)[-1]["document"]
    assert not caught.value.permanent
    assert telegram.world.files[arrived["file_id"]].size == BIG.size
    assert len(telegram.called("sendMessage")) == 1


async def test_a_file_that_takes_too_long_is_tried_again_and_told_of_in_the_end(
    telegram: TelegramServer, stand: Stand
) -> None:
    message = outbound(Paragraph(text="Here."), LETTER)
    with telegram.holding("sendDocument"):
        for _ in range(2):
            with pytest.raises(DeliveryFailed) as caught:
                await stand.adapter.send(message)
            assert (caught.value.permanent, caught.value.ours) == (False, False)
        await stand.adapter.send(message)
    await stand.adapter.close()

    words, told = (call.params["text"] for call in telegram.called("sendMessage"))
    assert "Here." in words
    assert "letter.pdf" in told


async def test_a_message_that_takes_too_long_is_given_up_in_time(telegram: TelegramServer) -> None:
    stand = stand_at(telegram, patience=replace(HASTE, sending=0.2))
    with telegram.holding("sendMessage"), pytest.raises(DeliveryFailed) as caught:
        await stand.adapter.send(outbound(to=ROOM))
    await stand.adapter.close()

    assert not caught.value.permanent


async def test_two_senders_of_one_message_do_not_both_send_it(
    telegram: TelegramServer, stand: Stand
) -> None:
    message = outbound(to=ROOM)
    with telegram.holding("sendMessage"):
        first = asyncio.create_task(stand.adapter.send(message))
        await asyncio.sleep(0)
        with pytest.raises(DeliveryFailed, match="already") as caught:
            await stand.adapter.send(message)
    receipts = {*await first, *await stand.adapter.send(message)}
    await stand.adapter.close()

    assert not caught.value.permanent
    assert receipts == {str(post["message_id"]) for post in telegram.posted(ROOM)}


async def test_a_bot_api_server_of_ones_own_takes_larger_files(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    stand = stand_at(telegram, files=tmp_path)
    (tmp_path / "all.zip").write_bytes(b"PK")
    stand.window.files["big"] = tmp_path / "all.zip"
    for number, size in enumerate((60_000_000, 3_000_000_000)):
        await stand.adapter.send(outbound(replace(BIG, size=size), key=f"k{number}"))
    await stand.adapter.close()

    assert len(telegram.called("sendDocument")) == 1
    assert "larger" in telegram.posted(ADA)[-1]["text"]
