"""What Telegram tells twice is done once, and what was left half done is finished."""

from __future__ import annotations

import asyncio
import copy

from bot.domain.messages import Choice, InboundMessage, Paragraph
from tests.stand import listening
from tests.telegram.conftest import ADA, BEA
from tests.telegram.reading import labels_of, read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import called, outbound, stand_at
from tests.telegram.world import File

YES_NO = (Choice(label="Yes", says="yes"), Choice(label="No", says="no"))
ASKED = Paragraph(text="Shall I file it?")


async def test_choices_that_still_stand_when_a_press_is_told_again_are_replaced_then(
    telegram: TelegramServer,
) -> None:
    """As where a process kept the words and ended before it drew the message anew."""
    telegram.fail("editMessageText", status=500)
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        pressed = telegram.press(ADA, "No")
        await telegram.until(lambda: telegram.called("editMessageText"))
        before = labels_of(copy.deepcopy(telegram.posted(ADA)[0]))
        telegram.again(pressed.updates[0])
        await telegram.until(lambda: len(telegram.called("editMessageText")) == 2)

    (shown,) = telegram.posted(ADA)
    assert before == ["Yes", "No"]
    assert labels_of(shown) == []
    assert "Chosen: No" in read(shown)
    assert len(stand.heard) == 1


async def test_a_press_that_is_answered_too_late_is_kept_all_the_same(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    await stand.adapter.send(outbound(ASKED, choices=YES_NO))
    await stand.adapter.close()
    pressed = telegram.press(ADA, "Yes")
    telegram.forget_presses()
    again = stand_at(telegram)
    async with listening(again):
        await telegram.until(lambda: pressed.acked and telegram.called("editMessageText"))

    assert again.texts == ["yes"]


async def test_an_album_that_breaks_in_the_middle_arrives_whole_and_once(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    stand.unkept = frozenset({""})  # all but the first, which has the words
    files = [File(f"page-{n}.pdf", b"%PDF-1.7 page") for n in range(3)]
    async with listening(stand):
        said = telegram.say(ADA, "my plan", *files, album=True)
        await telegram.until(lambda: len(stand.lost) > 1)
        before = len(stand.heard)
        stand.unkept = frozenset()
        await telegram.until(lambda: said.acked)

    names = [one.attachments[0].name for one in stand.heard]
    assert before == 1
    assert names == ["page-0.pdf", "page-1.pdf", "page-2.pdf"]


async def test_what_a_process_kept_and_did_not_confirm_is_known_by_the_next(
    telegram: TelegramServer,
) -> None:
    """As where a process ends between the commit and the next poll."""
    first, second = stand_at(telegram), stand_at(telegram)
    second.kept = first.kept

    async def keeps_and_ends(message: InboundMessage) -> bool:
        await first.deliver(message)
        return await asyncio.Event().wait()

    said = telegram.say(ADA, "twice")
    async with listening(first, ready=False, deliver=keeps_and_ends):
        await telegram.until(lambda: first.heard)
    confirmed = said.acked
    async with listening(second):
        await telegram.until(lambda: said.acked)

    assert not confirmed
    assert second.texts == ["twice"]


async def test_an_update_that_the_webhook_had_is_not_heard_again_by_polling(
    telegram: TelegramServer,
) -> None:
    async with called(telegram) as (stand, _), listening(stand):
        said = telegram.say(BEA, "by webhook")
        await telegram.until(lambda: said.acked)
    other = stand_at(telegram)
    other.kept = stand.kept
    async with listening(other):
        later = telegram.say(BEA, "by polling")
        again = telegram.again(said.updates[0])
        await telegram.until(lambda: later.acked and again.acked)

    assert other.texts == ["by webhook", "by polling"]
