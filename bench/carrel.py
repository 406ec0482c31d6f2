"""Carrel as the benchmarks run it: the shipped program, and a house on an SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.app import Knowledge, open_knowledge
from bot.settings import Settings
from tests.desk import House


def settings() -> Settings:
    """Settings as shipped, whatever the environment says."""
    return Settings(_env_file=None)


def knowledge() -> Knowledge:
    """The shipped program, ready to be asked."""
    return open_knowledge(settings())


@contextmanager
def house(known: Knowledge, folder: Path) -> Iterator[House]:
    """An empty Carrel on a database file in the folder, which is made."""
    folder.mkdir()
    made = House(known, folder, url=f"sqlite:///{folder / 'carrel.db'}")
    try:
        yield made
    finally:
        made.database.close()


async def one_message(carrel: House, who: str, text: str) -> None:
    """A message all the way: received, handled, and its only reply sent."""
    carrel.pipeline.receive(carrel.message(who, text))
    carrel.pipeline.handle_one()
    await carrel.dispatcher.send_one()
