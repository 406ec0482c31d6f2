"""What goes elsewhere after a part of it arrived is told there as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.messages import Address, Bar, Chart, Paragraph
from bot.errors import DeliveryFailed
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at

BAR = Bar(label="A", done=1, total=3, note="")
CHART = Chart(title="Progress", bars=(BAR,), footer="", alt="one of three")


async def test_a_message_that_goes_elsewhere_arrives_there_as_a_whole(slack: SlackServer) -> None:
    stand = stand_at(slack)
    message = outbound(Paragraph(text="The words."), CHART)
    slack.fail("files.getUploadURLExternal", status=500)
    with pytest.raises(DeliveryFailed):
        await stand.adapter.send(message)
    bea = Address(channel="slack", value="U0BEA")
    await stand.adapter.send(replace(message, to=bea, conversation=str(bea)))
    await stand.adapter.close()

    assert "The words." in str(slack.posted("U0BEA")[0])
    assert len(slack.posted("U0ADA")) == 1
