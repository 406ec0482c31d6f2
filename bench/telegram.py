"""Telegram's wire: a question's round trip beside bare aiogram bots.

All run in this process with the tests' own Telegram on loopback, by long polling. Carrel is the
whole of `carrel serve`, with its database on the disk; one bare bot says the question back, the
other answers it as `carrel ask` does. Neither of them keeps anything. Each question comes from
somebody else, since one person is written to once a second at most.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.carrel import knowledge
from bench.table import Line
from bench.trips import Ask, Trips, answering, measured
from bot.app import Knowledge, open_store
from bot.configured import set_up
from bot.serving import Serving
from bot.settings import Settings
from tests import line
from tests.telegram.bare import echo
from tests.telegram.server import TelegramServer

TALKERS = 1_000  # people who ask, one after the other
MOST_SECONDS = 30.0


def run(*, quick: bool) -> list[Line]:
    """Round trips in turns, so that the machine's moods hit all."""
    return list(_round_trips(knowledge(), 1 if quick else 3))


def _round_trips(known: Knowledge, rounds: int) -> Iterator[Line]:
    with _carrel(known) as carrel, _bare(str) as echoes, _bare(answering()) as answers:
        asked = Trips(
            channel="telegram",
            library="aiogram",
            carrel=carrel,
            answers=answers,
            echoes=echoes,
        )
        yield from measured(asked, rounds=rounds)


@contextmanager
def _carrel(known: Knowledge) -> Iterator[Ask]:
    """The serving process's own composition, asked by strangers."""
    own = line.Line("serving")
    with tempfile.TemporaryDirectory() as folder, _telegram() as telegram:
        own_settings = Settings(
            _env_file=None,
            data=Path(folder),
            telegram_token=telegram.token,
            telegram_api_url=telegram.api_url,
        )
        store, over = open_store(own_settings), asyncio.Event()

        async def serve() -> None:
            on = set_up(own_settings, listening=True)
            serving = Serving(own_settings, store, known, on=on, heard={setup.name for setup in on})
            await serving.run(tell=lambda _: None, told_to_stop=over)

        task = own.begin(serve())
        telegram.wait(lambda: telegram.polling)
        yield _asker(telegram)
        own.loop.call_soon_threadsafe(over.set)
        telegram.wait(task.done, seconds=MOST_SECONDS)
        own.close()


@contextmanager
def _bare(answer: Callable[[str], str]) -> Iterator[Ask]:
    """The least that aiogram can do."""
    own, over = line.Line("bare"), asyncio.Event()
    with _telegram() as telegram:

        async def run() -> None:
            async with echo(telegram, answer=answer):
                await over.wait()

        task = own.begin(run())
        telegram.wait(lambda: telegram.polling)
        yield _asker(telegram)
        own.loop.call_soon_threadsafe(over.set)
        telegram.wait(task.done, seconds=MOST_SECONDS)
        own.close()


@contextmanager
def _telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as telegram:
        for number in range(TALKERS):
            telegram.add_person(1 + number)
        yield telegram


def _asker(telegram: TelegramServer) -> Ask:
    talkers = itertools.cycle(range(1, 1 + TALKERS))
    return lambda text: _round_trip(telegram, next(talkers), text)


def _round_trip(telegram: TelegramServer, user: int, text: str) -> float:
    """Milliseconds from when the update is handed out until the answer is sent."""
    said = telegram.say(user, text)
    telegram.wait(lambda: telegram.called("sendMessage", chat_id=user), seconds=MOST_SECONDS)
    telegram.wait(lambda: said.acked and telegram.polling)
    (sent, *_) = telegram.called("sendMessage", chat_id=user)
    return 1000 * (sent.at - said.updates[0].sent[0])
