"""How every channel at a vendor tells of the vendor's troubles, and outlasts them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import Address, OutboundMessage
from bot.errors import DeliveryFailed
from tests.contract.rigs.rig import VendorRig
from tests.contract.rigs.slack import SlackRig
from tests.contract.rigs.telegram import TelegramRig
from tests.stand import listening, message_to, until

RIGS: dict[str, Callable[[], VendorRig]] = {
    "slack, Socket Mode": lambda: SlackRig(by_http=False),
    "slack, signed requests": lambda: SlackRig(by_http=True),
    "telegram, long polling": lambda: TelegramRig(by_webhook=False),
    "telegram, webhook": lambda: TelegramRig(by_webhook=True),
}
# Who waits to be called cannot know that nobody could call.
ASKING = ["slack, Socket Mode", "telegram, long polling"]


@pytest.fixture(params=RIGS)
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[VendorRig]:
    """Each channel with its vendor."""
    made = await asyncio.to_thread(RIGS[request.param])
    try:
        yield made
    finally:
        await made.close()


def message(rig: VendorRig) -> OutboundMessage:
    """Something to say to Ada."""
    return rig.message(message_to(Address(channel="", value="")))


@pytest.mark.parametrize("rig", ASKING, indirect=True)
async def test_a_network_that_is_away_is_waited_for(rig: VendorRig) -> None:
    stand = rig.stand
    async with listening(stand):
        rig.vendor.go_down()
        await until(lambda: stand.state is State.RECONNECTING)
        rig.utter("said meanwhile")
        rig.vendor.come_up()
        await until(lambda: stand.texts and stand.state is State.CONNECTED)

    assert stand.texts == ["said meanwhile"]


@pytest.mark.parametrize("rig", ASKING, indirect=True)
async def test_it_starts_while_the_network_is_away(rig: VendorRig) -> None:
    stand = rig.stand
    rig.vendor.go_down()
    async with listening(stand, ready=False):
        await until(lambda: stand.states and stand.state is State.RECONNECTING)
        rig.vendor.come_up()
        await until(lambda: stand.state is State.CONNECTED)
        rig.utter("there you are")
        await until(lambda: stand.texts)

    assert "cannot be reached" in (stand.was(State.RECONNECTING) or "")


async def test_it_ends_at_once_when_cancelled_while_it_waits(rig: VendorRig) -> None:
    rig.refuse()
    before = asyncio.all_tasks()
    async with listening(rig.stand, ready=False):
        await until(lambda: rig.stand.was(State.TOKEN_INVALID) is not None)

    assert asyncio.all_tasks() == before


async def test_a_limit_ends_when_the_vendor_said_without_another_call(rig: VendorRig) -> None:
    async with listening(rig.stand):
        rig.limit(1)
        with pytest.raises(DeliveryFailed):
            await rig.channel.send(message(rig))
        limited = rig.stand.state
        await until(lambda: rig.stand.state is State.CONNECTED)

    assert limited is State.RATE_LIMITED
    assert rig.postings() == 1


async def test_what_is_still_sent_after_the_stop_changes_nothing(rig: VendorRig) -> None:
    async with listening(rig.stand):
        pass
    rig.vendor.go_down()
    with pytest.raises(DeliveryFailed):
        await rig.channel.send(message(rig))

    told = [state for state, _ in rig.stand.states]
    assert told == [State.STARTING, State.CONNECTED, State.STOPPED]
