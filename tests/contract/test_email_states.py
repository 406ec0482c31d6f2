"""How the channel of e-mail says that it is, from greeting the server and from what it sends."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed
from storage.files import FolderFileStore
from tests.mailing import Told, message, sender
from tests.post_office import USER, certificate, post_office


@pytest.fixture
def files(tmp_path: Path) -> FolderFileStore:
    """Where files for people are kept."""
    return FolderFileStore(tmp_path / "files")


async def test_it_is_connected_once_the_server_let_it_in_and_again_after_a_fault(
    files: FolderFileStore, tmp_path: Path
) -> None:
    told = Told()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    channel = sender(f"smtp://127.0.0.1:{port}", files, told=told)
    listening = asyncio.create_task(channel.watch())
    away = await told.until(State.RECONNECTING)

    async with post_office(port=port):
        await told.until(State.CONNECTED)
    listening.cancel()

    assert "the mail server was not reached" in away


@pytest.mark.parametrize(
    ("step", "said", "state"),
    [
        ("RCPT", "550 5.1.1 No such user here", State.CONNECTED),
        ("DATA", "552 5.3.4 Too large", State.CONNECTED),
        ("MAIL", "553 5.7.1 Not your address", State.NOT_PERMITTED),
    ],
)
async def test_what_is_sent_tells_how_the_channel_is(
    files: FolderFileStore, step: str, said: str, state: State
) -> None:
    told = Told()
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, told=told)
        await channel.send(message())
        sent = told.all[-1]
        office.refusals[step] = said
        with pytest.raises(DeliveryFailed) as failed:
            await channel.send(message())

    assert sent == (State.CONNECTED, "")
    assert told.all[-1][0] is state
    assert failed.value.ours is (state is not State.CONNECTED)


async def test_a_wrong_password_is_named_as_the_channels_state(
    files: FolderFileStore, tmp_path: Path
) -> None:
    told = Told()
    context, ca = certificate(tmp_path)
    async with post_office(starttls=context) as office:
        url = f"smtp+starttls://{USER}:hush@127.0.0.1:{office.port}"
        listening = asyncio.create_task(sender(url, files, ca=ca, told=told).watch())
        words = await told.until(State.TOKEN_INVALID)
        listening.cancel()

    assert "refuses user or password" in words
    assert "hush" not in words
