"""What goes elsewhere after a part of it arrived is told there as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.messages import Address, Bar, Chart, Paragraph
from bot.errors import DeliveryFailed
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.reading import read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import outbound, stand_at

BAR = Bar(label="A", done=1, total=3, note="")
CHART = Chart(title="Progress", bars=(BAR,), footer="", alt="one of three")
MOVED = -1_001_000_000_009


@pytest.mark.parametrize(("old", "new"), [(ADA, BEA), (ROOM, MOVED)])
async def test_a_message_that_goes_elsewhere_arrives_there_as_a_whole(
    telegram: TelegramServer, old: int, new: int
) -> None:
    telegram.add_group(MOVED, ADA, BEA)
    stand = stand_at(telegram)
    message = outbound(Paragraph(text="The words."), CHART, to=old)
    telegram.fail("sendPhoto", status=500)
    with pytest.raises(DeliveryFailed):
        await stand.adapter.send(message)
    address = Address(channel="telegram", value=str(new))
    receipts = await stand.adapter.send(replace(message, to=address, conversation=str(address)))
    await stand.adapter.close()

    words, picture = telegram.posted(new)
    assert read(words) == "The words."
    assert "photo" in picture
    assert receipts == (str(words["message_id"]), str(picture["message_id"]))
    assert len(telegram.posted(old)) == 1
