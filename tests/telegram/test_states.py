"""Every state of the line to Telegram has its name, and nothing is lost in any of them."""

from __future__ import annotations

import pytest

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed
from tests.stand import Homes, listening, until
from tests.telegram.conftest import ADA, ROOM
from tests.telegram.server import TelegramServer
from tests.telegram.stand import Stand, outbound, stand_at


async def hears(telegram: TelegramServer, stand: Stand, words: str) -> None:
    said = telegram.say(ADA, words)
    await telegram.until(lambda: said.acked)
    assert words in stand.texts


async def test_it_is_connected_once_telegram_answers(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await hears(telegram, stand, "hello")

    assert [state for state, _ in stand.states] == [State.STARTING, State.CONNECTED, State.STOPPED]


async def test_a_poll_that_breaks_off_loses_nothing(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        telegram.fail("getUpdates", lost="after")
        await telegram.until(lambda: telegram.polling)
        await hears(telegram, stand, "on its way when it broke")
        await hears(telegram, stand, "and after")


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_telegram_refuses_is_told_and_tried_until_it_is_mended(
    telegram: TelegramServer, method: str, status: int
) -> None:
    stand = stand_at(telegram)
    telegram.fail(method, status=status, times=3)
    said = telegram.say(ADA, "while it was broken")
    async with listening(stand, ready=False):
        await until(lambda: stand.was(State.TOKEN_INVALID) is not None)
        await telegram.until(lambda: said.acked)
        await until(lambda: stand.state is State.CONNECTED)

    assert "@BotFather" in (stand.was(State.TOKEN_INVALID) or "")
    assert stand.texts == ["while it was broken"]


async def test_a_token_that_is_none_is_told_without_asking_telegram(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram, token="no token at all")
    async with listening(stand, ready=False):
        await until(lambda: stand.was(State.TOKEN_INVALID) is not None)

    assert telegram.calls == []


async def test_the_bot_that_was_first_is_remembered(telegram: TelegramServer) -> None:
    homes = Homes(away=1)
    async with listening(stand_at(telegram, home=homes)):
        pass

    assert homes.known == str(telegram.world.bot)


async def test_a_token_of_another_bot_sends_nothing_and_loses_nobody(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram, home=Homes("1"))
    with pytest.raises(DeliveryFailed, match="another bot") as caught:
        await stand.adapter.send(outbound(to=4711))
    await stand.adapter.close()

    failed = caught.value
    assert (failed.ours, failed.permanent, failed.gone) == (True, False, False)
    assert {call.method for call in telegram.calls} == {"getMe"}
    assert stand.state is State.TOKEN_INVALID


async def test_a_token_of_another_bot_hears_nothing_until_it_is_mended(
    telegram: TelegramServer,
) -> None:
    homes = Homes("1")
    stand = stand_at(telegram, home=homes)
    async with listening(stand, ready=False):
        await until(lambda: len(telegram.called("getMe")) == 2)
        state, polls = stand.state, telegram.called("getUpdates")
        homes.known = str(telegram.world.bot)
        await until(lambda: stand.state is State.CONNECTED)

    assert (state, polls) == (State.TOKEN_INVALID, [])
    assert "Set the token of that one" in (stand.was(State.TOKEN_INVALID) or "")


async def test_a_fault_of_one_room_says_nothing_of_the_channel(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    telegram.world.chats[ROOM].bot = "restricted"
    async with listening(stand):
        with pytest.raises(DeliveryFailed, match="group") as caught:
            await stand.adapter.send(outbound(to=ROOM))
        reported = [state for state, _ in stand.states]

    assert (caught.value.permanent, caught.value.ours) == (False, False)
    assert reported == [State.STARTING, State.CONNECTED]
