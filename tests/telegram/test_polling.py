"""Nothing that was said is lost while Carrel asks Telegram for it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.app import utc_now
from bot.domain.channel_state import State
from bot.domain.messages import InboundMessage
from scheduler.receiver import Receiver
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.stand import listening, until
from tests.telegram.conftest import ADA, BEA, SAL
from tests.telegram.server import TelegramServer
from tests.telegram.stand import HASTE, SECRET, outbound, stand_at


async def test_what_could_not_be_kept_comes_again_and_what_follows_it_waits(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    stand.unkept = frozenset({"first"})
    async with listening(stand):
        first, second = telegram.say(ADA, "first"), telegram.say(ADA, "second")
        await telegram.until(lambda: len(stand.lost) > 2)
        before = (stand.texts, first.acked, second.acked)
        stand.unkept = frozenset()
        await telegram.until(lambda: first.acked and second.acked)

    assert before == ([], False, False)
    assert stand.texts == ["first", "second"]


async def test_what_others_say_meanwhile_is_kept_once(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    stand.unkept = frozenset({"lost"})
    delivered: list[str] = []

    async def counted(message: InboundMessage) -> bool:
        delivered.append(message.text)
        return await stand.deliver(message)

    async with listening(stand, deliver=counted):
        lost, other = telegram.say(ADA, "lost"), telegram.say(BEA, "other")
        await telegram.until(lambda: "other" in stand.texts and delivered.count("lost") > 3)
        too_early = other.acked
        stand.unkept = frozenset()
        await telegram.until(lambda: lost.acked and other.acked)

    assert not too_early
    assert delivered.count("other") == 1


async def test_one_chat_that_takes_long_holds_up_no_other(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    gate = threading.Event()
    kept: list[str] = []

    async def slowly(message: InboundMessage) -> bool:
        if message.text == "slow":
            await asyncio.to_thread(gate.wait)
        kept.append(message.text)
        return True

    said = [telegram.say(user, text) for user, text in ((ADA, "slow"), (BEA, "quick"))]
    async with listening(stand, deliver=slowly, ready=False):
        await telegram.until(lambda: kept)
        before = list(kept)
        gate.set()
        await telegram.until(lambda: all(one.acked for one in said))

    assert before == ["quick"]


async def test_a_delivery_that_never_ends_is_given_up_and_tried_again(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram, patience=replace(HASTE, keeping=0.3))
    tried: list[str] = []

    async def hangs_once(message: InboundMessage) -> bool:
        tried.append("")
        if len(tried) == 1:
            await asyncio.Event().wait()
        return await stand.deliver(message)

    async with listening(stand, deliver=hangs_once):
        said = telegram.say(ADA, "keep me")
        await telegram.until(lambda: said.acked)

    assert stand.texts == ["keep me"]


async def test_it_goes_on_where_it_was_when_it_is_started_again(telegram: TelegramServer) -> None:
    first, second = stand_at(telegram), stand_at(telegram)
    async with listening(first):
        before = telegram.say(ADA, "before")
        await telegram.until(lambda: before.acked)
    meanwhile = [telegram.say(user, "meanwhile") for user in (ADA, BEA, SAL)]
    async with listening(second):
        await telegram.until(lambda: all(one.acked for one in meanwhile))

    assert second.texts == ["meanwhile"] * 3


async def test_a_webhook_of_earlier_is_taken_away_and_loses_nothing(
    telegram: TelegramServer,
) -> None:
    told = stand_at(telegram, public_url="http://127.0.0.1:9/gone", secret=SECRET)
    async with listening(told):
        waiting = telegram.say(ADA, "said to the webhook")
    stand = stand_at(telegram)
    async with listening(stand):
        await telegram.until(lambda: waiting.acked)

    assert telegram.webhook == ""
    assert stand.texts == ["said to the webhook"]


async def test_another_process_with_the_same_token_is_told_and_outlasted(
    telegram: TelegramServer,
) -> None:
    stand, other = stand_at(telegram), stand_at(telegram)
    async with listening(stand):
        await telegram.until(lambda: telegram.polling)
        async with listening(other):
            await until(
                lambda: State.NOT_PERMITTED in {state for state, _ in stand.states + other.states}
            )
        told = stand.was(State.NOT_PERMITTED) or other.was(State.NOT_PERMITTED) or ""
        said = telegram.say(ADA, "to whoever is left")
        await telegram.until(lambda: said.acked)
        await until(lambda: stand.state is State.CONNECTED)

    assert "Another process polls with this token" in told
    assert "to whoever is left" in stand.texts + other.texts


async def test_a_webhook_that_somebody_sets_meanwhile_is_told(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await telegram.until(lambda: telegram.polling)
        telegram.hook("https://else.example.org/")
        await until(lambda: stand.was(State.NOT_PERMITTED))
        told = {told for state, told in stand.states if state is State.NOT_PERMITTED}

    assert len(told) == 1
    assert "has set a webhook" in told.pop()


async def test_it_asks_for_nothing_in_a_busy_loop(telegram: TelegramServer) -> None:
    stand = stand_at(telegram, patience=replace(HASTE, mending=3_600.0))
    telegram.fail("getUpdates", status=409, times=-1)
    async with listening(stand, ready=False):
        await until(lambda: stand.was(State.NOT_PERMITTED))
        for number in range(5):  # whole ways to Telegram, in which it would have asked again
            await stand.adapter.send(outbound(key=f"k{number}"))

    assert len(telegram.called("getUpdates")) == 1


async def test_many_people_at_once_are_kept_in_few_commits(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    people = range(1_000, 1_100)
    for person in people:
        telegram.add_person(person)
    said = [telegram.say(person, f"{n}") for n in range(3) for person in people]
    stand = stand_at(telegram)
    with open_database(f"sqlite:///{tmp_path}/carrel.db") as database:
        transaction = partial(SqlUnitOfWork, database.engine)
        receiver = Receiver(transaction, clock=utc_now)
        async with listening(stand, deliver=receiver.receive):
            await telegram.until(lambda: all(one.acked for one in said))
        await receiver.close()
        with transaction() as uow:
            kept = sum(uow.inbox.counts().values())

    asked = telegram.called("getUpdates")
    assert kept == len(said)
    assert len([call for call in asked if call.answer.get("result")]) == 3
