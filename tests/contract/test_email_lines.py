"""Connections to the mail server: kept for a burst, never trusted, and no mail sent twice."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import Address
from bot.errors import DeliveryFailed
from channels.email.access import parse
from channels.email.sending.lines import Lines
from channels.email.sending.opening import opened
from storage.files import FolderFileStore
from tests.mailing import Told, message, sender
from tests.post_office import post_office

FOREIGN = Address(channel="email", value="zo\u00eb@example.org")


@pytest.fixture
def files(tmp_path: Path) -> FolderFileStore:
    """Where files for people are kept."""
    return FolderFileStore(tmp_path / "files")


async def test_a_burst_goes_through_one_connection(files: FolderFileStore) -> None:
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        for number in range(5):
            await channel.send(message(key=str(number)))
        await channel.close()

    assert (len(office.mails), len(office.talks)) == (5, 1)


async def test_no_more_than_four_connections_are_open_at_once(files: FolderFileStore) -> None:
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        await asyncio.gather(*(channel.send(message(key=str(number))) for number in range(12)))
        await channel.close()
        await channel.close()

    assert len(office.mails) == 12
    assert len(office.talks) <= 4


async def test_a_connection_is_not_used_for_ever(files: FolderFileStore) -> None:
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        for number in range(51):
            await channel.send(message(key=str(number)))
        await channel.close()

    assert len(office.talks) == 2


async def test_a_kept_connection_that_is_dead_loses_and_delays_nothing(
    files: FolderFileStore,
) -> None:
    told = Told()
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, told=told)
        await channel.send(message(key="a"))
        office.hang_up()
        await channel.send(message(key="b"))
        office.refusals["MAIL"] = "421 4.4.2 Idle for too long"
        again = asyncio.create_task(channel.send(message(key="c")))
        await asyncio.wait({again})
        await channel.close()

    assert len(office.mails) == 2
    assert isinstance(again.exception(), DeliveryFailed)
    assert {state for state, _ in told.all[:2]} == {State.CONNECTED}


async def test_a_refused_mail_leaves_the_connection_to_the_next(files: FolderFileStore) -> None:
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        office.refusals["RCPT"] = "550 5.1.1 No such user here"
        with pytest.raises(DeliveryFailed):
            await channel.send(message())
        office.refusals.clear()
        await channel.send(message())
        await channel.close()

    assert (len(office.mails), len(office.talks)) == (1, 1)


async def test_a_mail_whose_end_nobody_answered_is_not_sent_again_at_once(
    files: FolderFileStore,
) -> None:
    told = Told()
    async with post_office() as office:
        office.mute = True
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, told=told)
        with pytest.raises(DeliveryFailed, match="did not say whether") as failed:
            await channel.send(message())
        office.mute = False
        (receipt,) = await channel.send(message())
        await channel.close()

    assert (failed.value.permanent, failed.value.ours) == (False, False)
    assert [mail["Message-ID"] for mail in office.mails] == [receipt] * 2
    assert [state for state, _ in told.all] == [State.RECONNECTING, State.CONNECTED]


async def test_the_same_message_is_on_its_way_once_only(files: FolderFileStore) -> None:
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        both = await asyncio.gather(
            channel.send(message()), channel.send(message()), return_exceptions=True
        )
        await channel.close()

    assert len(office.mails) == 1
    assert [type(one) for one in both] == [tuple, DeliveryFailed]


async def test_an_address_of_other_letters_goes_where_servers_know_them(
    files: FolderFileStore,
) -> None:
    async with post_office(utf8=True) as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        await channel.send(message(to=FOREIGN))
        await channel.close()

    assert office.recipients == [FOREIGN.value]
    assert f"To: {FOREIGN.value}\r\n".encode() in office.raw[0]


async def test_an_address_of_other_letters_is_refused_in_words_elsewhere(
    files: FolderFileStore,
) -> None:
    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        with pytest.raises(DeliveryFailed, match="letters beyond ASCII") as failed:
            await channel.send(message(to=FOREIGN))
        await channel.close()

    assert failed.value.permanent
    assert office.mails == []


@pytest.mark.parametrize(
    ("step", "said", "permanent", "ours", "state"),
    [
        ("MAIL", "450 4.2.0 Greylisted", False, True, State.RECONNECTING),
        ("MAIL", "552 5.3.4 Too large", True, False, State.CONNECTED),
        ("RCPT", "451 4.7.1 Greylisted", False, False, State.CONNECTED),
        ("RCPT", "552 5.2.2 Mailbox full", False, False, State.CONNECTED),
        ("RCPT", "421 4.3.2 Shutting down", False, False, State.RECONNECTING),
        ("DATA", "554 5.7.1 Refused by policy", True, False, State.CONNECTED),
    ],
)
async def test_each_step_has_refusals_of_its_own(
    files: FolderFileStore, step: str, said: str, *, permanent: bool, ours: bool, state: State
) -> None:
    told = Told()
    async with post_office() as office:
        office.refusals[step] = said
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, told=told)
        with pytest.raises(DeliveryFailed) as failed:
            await channel.send(message())
        await channel.close()

    assert (failed.value.permanent, failed.value.ours) == (permanent, ours)
    assert not failed.value.gone
    assert told.all[-1][0] is state


async def test_a_connection_that_is_not_needed_is_given_up(files: FolderFileStore) -> None:
    async with post_office() as office:
        access = parse(f"smtp://127.0.0.1:{office.port}")
        lines = Lines(partial(opened, access, None, seconds=5), idle=0.01)
        async with lines.line():
            assert len(office.talks) == 1
        async with asyncio.timeout(10):
            await office.ended.wait()
        async with lines.line():
            assert len(office.talks) == 2
        await lines.close()
