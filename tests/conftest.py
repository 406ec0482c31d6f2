"""Fixtures shared by all tests: one loaded program, fresh houses, no network but this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import Knowledge, open_knowledge
from bot.settings import Settings
from tests.cast import ADA, BEA
from tests.desk import House
from tests.logged import Kept, kept
from tests.mail import fixtures as mail

ROOT = Path(__file__).parent.parent
OTHER_PACK = Path(__file__).parent / "packs" / "clockmenders"
VECTORS = ROOT / ".vectors_cache"  # documents are encoded once for all runs
dovecot, name_server = mail.dovecot, mail.name_server  # servers for all who need them


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-transcripts` writes the conversations of tests/data/transcripts anew."""
    parser.addoption("--update-transcripts", action="store_true", help="write transcripts anew")


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings of the shipped program, with vectors remembered between runs."""
    return Settings(_env_file=None, cache=VECTORS)


@pytest.fixture(scope="session")
def knowledge(settings: Settings) -> Knowledge:
    """The shipped program, ready to be asked."""
    return open_knowledge(settings)


@pytest.fixture(scope="session")
def other_knowledge() -> Knowledge:
    """An invented program with its own words, sets and rules, ready to be asked."""
    return open_knowledge(Settings(_env_file=None, program=OTHER_PACK, cache=VECTORS))


@pytest.fixture
def everything() -> Iterator[Kept]:
    """Every line that is logged."""
    with kept() as lines:
        yield lines


@pytest.fixture
def house(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """An empty Carrel."""
    made = House(knowledge, tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def home(house: House) -> House:
    """A Carrel where Ada and Bea are enrolled."""
    house.enrol(ADA)
    house.enrol(BEA)
    return house


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave no further than loopback, and no setting of the machine leaks in."""
    for name in [name for name in os.environ if name.startswith("CARREL_")]:
        monkeypatch.delenv(name)
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
