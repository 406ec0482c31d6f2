"""Slack's wire: a question's round trip beside bare slack-bolt apps, and how soon Slack hears.

All run in this process with the tests' own Slack on loopback, over Socket Mode. Carrel is the whole
of `carrel serve`, with its database on the disk; one bare app says the question back, the other
answers it as `carrel ask` does. Neither of them keeps anything.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.carrel import knowledge
from bench.progress import tell
from bench.table import Line, against_target, p99
from bench.trips import Ask, Trips, answering, measured
from bot.app import Knowledge, open_store
from bot.configured import set_up
from bot.serving import Serving
from bot.settings import Settings
from tests import line
from tests.slack.delivery import Push
from tests.slack.echo import echo
from tests.slack.house import SlackHouse
from tests.slack.server import SlackServer

RATE = 200  # events a second
TARGET = 500.0  # milliseconds until an acknowledgement
TALKERS = 50  # members who write
MOST_SECONDS = 30.0


def run(*, quick: bool) -> list[Line]:
    """Round trips in turns, so that the machine's moods hit both; then the flood."""
    rounds, seconds = (1, 2) if quick else (3, 5)
    known = knowledge()
    return [*_round_trips(known, rounds), *_acknowledged(known, seconds)]


def _round_trips(known: Knowledge, rounds: int) -> Iterator[Line]:
    with _carrel(known) as carrel, _bare(str) as echoes, _bare(answering()) as answers:
        asked = Trips(
            channel="slack",
            library="slack-bolt",
            carrel=carrel,
            answers=answers,
            echoes=echoes,
        )
        yield from measured(asked, rounds=rounds)


def _acknowledged(known: Knowledge, seconds: int) -> Iterator[Line]:
    """How soon Slack hears that something is kept, while no worker works."""
    tell(f"slack: {RATE} events a second")
    with tempfile.TemporaryDirectory() as folder, _slack() as slack:
        house = SlackHouse(known, Path(folder), slack)
        took = _flood(slack, seconds)
        kept = house.rows("SELECT count(*) FROM inbox")
        house.close()
    if kept != [(len(took),)]:
        raise RuntimeError(f"{len(took)} were acknowledged and {kept} kept: look for the loss")
    bare = _bare_flood(seconds)
    for name, pick in (("p50", median), ("p99", p99)):
        what = f"acknowledged after it is kept, at {RATE}/s, {name}"
        figure = pick(took)
        yield Line(what=what, figure=figure, unit="ms", ratio=figure / pick(bare), to="bare bolt")
    yield against_target("acknowledged, p99", p99(took), "ms", target=TARGET)


def _flood(slack: SlackServer, seconds: int) -> list[float]:
    """Milliseconds from each event to its acknowledgement."""
    began = time.perf_counter()
    said: list[Push] = []
    for number in range(RATE * seconds):
        time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        said.append(slack.say(_talker(number), f"What about number {number}?"))
    slack.wait(lambda: all(one.acked for one in said), seconds=MOST_SECONDS)
    return [1000 * delivery.took for one in said for delivery in one.deliveries]


def _bare_flood(seconds: int) -> list[float]:
    with _slack() as slack, _running(slack, None):
        return _flood(slack, seconds)


@contextmanager
def _carrel(known: Knowledge) -> Iterator[Ask]:
    """The serving process's own composition, asked by a stranger."""
    own = line.Line("serving")
    with tempfile.TemporaryDirectory() as folder, _slack() as slack:
        own_settings = Settings(
            _env_file=None,
            data=Path(folder),
            slack_bot_token=slack.token,
            slack_app_token=slack.app_token,
            slack_api_url=slack.api_url,
        )
        store, over = open_store(own_settings), asyncio.Event()

        async def serve() -> None:
            on = set_up(own_settings, listening=True)
            serving = Serving(own_settings, store, known, on=on, heard={setup.name for setup in on})
            await serving.run(tell=lambda _: None, told_to_stop=over)

        task = own.begin(serve())
        slack.wait(lambda: slack.links)
        yield lambda text: _round_trip(slack, text)
        own.loop.call_soon_threadsafe(over.set)
        slack.wait(task.done, seconds=MOST_SECONDS)
        own.close()


@contextmanager
def _bare(answer: Callable[[str], str]) -> Iterator[Ask]:
    """The least that slack-bolt can do."""
    with _slack() as slack, _running(slack, answer):
        yield lambda text: _round_trip(slack, text)


@contextmanager
def _running(slack: SlackServer, answer: Callable[[str], str] | None) -> Iterator[None]:
    own, over = line.Line("bare"), asyncio.Event()

    async def run() -> None:
        async with echo(slack, answer=answer):
            await over.wait()

    task = own.begin(run())
    slack.wait(lambda: slack.links)
    yield
    own.loop.call_soon_threadsafe(over.set)
    slack.wait(task.done)
    own.close()


@contextmanager
def _slack() -> Iterator[SlackServer]:
    with SlackServer() as slack:
        for number in range(TALKERS):
            slack.add_person(_talker(number))
        yield slack


def _talker(number: int) -> str:
    return f"U0{number % TALKERS:03}"


def _round_trip(slack: SlackServer, text: str) -> float:
    """Milliseconds from when the event is sent until the answer is posted."""
    before = len(slack.called("chat.postMessage"))
    said = slack.say(_talker(0), text)
    slack.wait(lambda: len(slack.called("chat.postMessage")) > before, seconds=MOST_SECONDS)
    slack.wait(lambda: said.acked)
    posted = slack.called("chat.postMessage")[before]
    return 1000 * (posted.at - said.deliveries[0].sent[0])
