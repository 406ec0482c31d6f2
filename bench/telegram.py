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
from statistics import median

from bench.answers import QUESTIONS
from bench.carrel import knowledge, settings
from bench.progress import tell
from bench.table import Line, against_target, p99
from bot.app import Knowledge, open_asking, open_store, utc_now
from bot.configured import set_up
from bot.serving import Serving
from bot.settings import Settings
from tests import line
from tests.telegram.bare import echo
from tests.telegram.server import TelegramServer

WARMING = 3  # questions that do not count
TALKERS = 1_000  # people who ask, one after the other
MOST_SECONDS = 30.0
Ask = Callable[[str], float]


def run(*, quick: bool) -> list[Line]:
    """Round trips in turns, so that the machine's moods hit all."""
    questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return list(_round_trips(knowledge(), questions, 1 if quick else 3))


def _round_trips(known: Knowledge, questions: list[str], rounds: int) -> Iterator[Line]:
    with _carrel(known) as ask, _bare(str) as say, _bare(_answering()) as answer:
        bots = (ask, answer, say)
        took: tuple[list[float], ...] = ([], [], [])
        for turn in range(rounds + 1):
            tell(f"telegram: round {turn} of {rounds}")
            for question in questions if turn else questions[:WARMING]:
                for times, bot in zip(took, bots, strict=True):
                    milliseconds = bot(question)
                    if turn:
                        times.append(milliseconds)
    ours, answered, echoed = map(median, took)
    what = "a question, from the update to the sent answer, p50"
    yield Line(what=what, figure=ours, unit="ms", ratio=ours / answered, to="bare bot that answers")
    what = "bare aiogram bot that answers, p50"
    yield Line(what=what, figure=answered, unit="ms", ratio=answered / echoed, to="bare echo")
    yield Line(what="bare aiogram echo, p50", figure=echoed, unit="ms", ratio=1.0, to="itself")
    yield against_target("time beside the bare echo", ours / echoed, "x", target=2)
    yield against_target("time beside the bare bot that answers", ours / answered, "x", target=2)
    slow, fast = p99(took[0]), p99(took[1])
    what = "a question, p99"
    yield Line(what=what, figure=slow, unit="ms", ratio=slow / fast, to="bare bot that answers")


def _answering() -> Callable[[str], str]:
    asking = open_asking(settings(), None, None)
    return lambda question: str(asking(question, [], now=utc_now()))


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
