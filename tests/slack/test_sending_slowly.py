"""A message that takes long is given up before its lease ends; nobody sends it meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.messages import Download, Paragraph
from bot.errors import DeliveryFailed
from channels.slack.adapter import Slack
from tests.slack.server import SlackServer
from tests.slack.stand import HASTE, outbound, stand_at
from tests.stand import Stand

LETTER = Download(name="letter.pdf", media_type="application/pdf", size=4, sha256="abc")


@pytest.fixture
def stand(slack: SlackServer, tmp_path: Path) -> Stand[Slack]:
    """An adapter that waits a moment only, and has a letter to give."""
    stand = stand_at(slack, patience=replace(HASTE, giving=0.2, sending=0.4))
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    stand.window.files["abc"] = tmp_path / "letter.pdf"
    return stand


async def test_a_file_that_takes_too_long_is_tried_again_without_the_words(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    message = outbound(Paragraph(text="Here."), LETTER)
    with slack.holding("files.completeUploadExternal"), pytest.raises(DeliveryFailed) as caught:
        await stand.adapter.send(message)
    await stand.adapter.send(message)
    await stand.adapter.close()

    assert (caught.value.permanent, caught.value.ours) == (False, False)
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_message_that_takes_too_long_is_tried_again(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    message = outbound(to="C0ROOM")
    with slack.holding("chat.postMessage"), pytest.raises(DeliveryFailed) as caught:
        await stand.adapter.send(message)
    await stand.adapter.close()

    assert not caught.value.permanent


async def test_two_senders_of_one_message_do_not_both_send_it(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    message = outbound(to="C0ROOM")
    with slack.holding("chat.postMessage"):
        first = asyncio.create_task(stand.adapter.send(message))
        await asyncio.sleep(0)
        with pytest.raises(DeliveryFailed, match="already") as caught:
            await stand.adapter.send(message)
    receipts = {*await first, *await stand.adapter.send(message)}
    await stand.adapter.close()

    assert not caught.value.permanent
    assert receipts == {post["ts"] for post in slack.posted("C0ROOM")}
