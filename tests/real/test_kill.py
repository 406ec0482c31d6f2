"""Carrel is killed at any moment, again and again, and loses nothing and does nothing twice."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import Knowledge
from bot.ports import TrailEntry
from storage.database import Database, open_database
from storage.files import FolderFileStore
from storage.unit_of_work import SqlUnitOfWork
from tests.cast import ADA, BEA
from tests.conftest import VECTORS
from tests.real.nursery import Nursery, nursery
from tests.real.stream import Feed, make_files, stream

KILLS = 24
PATIENCE = 120.0  # seconds; a machine under load is slow, a stuck queue is for ever
SEEDS = tuple(map(int, os.environ.get("CARREL_KILL_SEED", "").split()))
# When something was done is all that may differ between two runs.
_TIMES = re.compile(r"\d\d:\d\d UTC|(?<=carrel-receipt-1)\S+")
# At which word, or at the latest after how many seconds, a life ends.
_Moment = Callable[[random.Random], tuple[int, float]]
_MOMENTS: tuple[_Moment, ...] = (
    lambda chance: (0, chance.uniform(0, 0.02)),  # while it starts, right after the last kill
    lambda chance: (0, chance.uniform(0, 0.4)),
    lambda chance: (0, chance.uniform(0.5, 0.9)),  # the leases of the life before run out
    *(lambda chance: (chance.randrange(2, 45), 1.0),) * 4,  # at the very moment of doing a thing
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run left on the disk. `messages` are those it was fed."""

    folder: Path
    database: Database
    messages: int

    @property
    def files(self) -> FolderFileStore:
        """Where its bytes are kept."""
        return FolderFileStore(self.folder / "data" / "files")

    def replies(self) -> Iterator[tuple[str, str]]:
        """Key and text of each reply that was sent, in order; a torn line was not sent."""
        for line in (self.folder / "sent.log").read_text().splitlines():
            try:
                sent = json.loads(line)
            except ValueError:
                continue
            yield sent["key"], _TIMES.sub("", sent["text"])

    def queue(self, name: str, key: str) -> list[tuple[str, str]]:
        """Key and state of each row of a queue, in the order of keys."""
        query = text(f"SELECT {key}, state FROM {name} ORDER BY {key}")  # noqa: S608 - our words
        with self.database.engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]


@pytest.fixture(scope="module")
def seed() -> int:
    """Chance, printed for replay: CARREL_KILL_SEED=... pytest tests/real/test_kill.py"""
    chosen = SEEDS[0] if SEEDS else secrets.randbits(32)
    print(f"CARREL_KILL_SEED={chosen}")  # noqa: T201 - pytest shows it when a test fails
    return chosen


@pytest.fixture(scope="module")
def runs(
    seed: int, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Run, Run]]:
    """The same messages twice: a run that nobody disturbed, and one that was killed."""
    folder = tmp_path_factory.mktemp("kill")
    calm, killed, files = folder / "calm", folder / "killed", folder / "files"
    make_files(files)
    said = stream(seed)
    with nursery(VECTORS, _environment(folder)) as carrels:
        Feed(calm, said, files=files).end()
        undisturbed = carrels.start(calm)
        feed = Feed(killed, said, files=files)
        _torment(carrels, killed, feed, random.Random(seed))  # noqa: S311 - to be replayed
        assert carrels.wait(undisturbed, seconds=PATIENCE) == 0
    with _opened(calm) as one, _opened(killed) as other:
        yield (
            Run(folder=calm, database=one, messages=len(said)),
            Run(folder=killed, database=other, messages=len(said)),
        )


def _environment(folder: Path) -> Mapping[str, str]:
    """No measuring of processes that never end well, and a place for what they leave behind."""
    passing = folder / "passing"
    passing.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return kept | {"TMPDIR": str(passing), "TOKENIZERS_PARALLELISM": "false"}


def _opened(folder: Path) -> Database:
    return open_database(f"sqlite:///{folder / 'data' / 'carrel.db'}")


def _torment(carrels: Nursery, folder: Path, feed: Feed, chance: random.Random) -> None:
    for _ in range(KILLS):
        feed.more(chance.randrange(1, 6))
        last, seconds = chance.choice(_MOMENTS)(chance)
        pid = carrels.start(folder, last=last)
        carrels.wait(pid, seconds=seconds)
        carrels.kill(pid)
    feed.end()
    assert carrels.wait(carrels.start(folder), seconds=PATIENCE) == 0


def test_every_message_is_kept_once_and_handled(runs: tuple[Run, Run]) -> None:
    for run in runs:
        expected = [(f"{number:04}", "done") for number in range(1, run.messages + 1)]

        assert run.queue("inbox", "vendor_id") == expected


def test_every_reply_is_sent_and_only_ever_repeated_word_for_word(runs: tuple[Run, Run]) -> None:
    calm, killed = (Counter(run.replies()) for run in runs)

    assert set(calm.values()) == {1}
    assert set(killed) == set(calm)
    assert len({key for key, _ in killed}) == len(killed)


def test_replies_of_a_conversation_leave_in_the_order_of_its_messages(
    seed: int, runs: tuple[Run, Run]
) -> None:
    places = {f"spool:{n:04}": said.conversation for n, said in enumerate(stream(seed), 1)}
    for run in runs:
        order: dict[str, list[str]] = defaultdict(list)
        for key in dict.fromkeys(key for key, _ in run.replies()):
            order[places[key.rpartition(":")[0]]].append(key)

        assert all(keys == sorted(keys) for keys in order.values())


def test_no_row_waits_or_is_held_by_a_dead_process(runs: tuple[Run, Run]) -> None:
    for run in runs:
        assert {state for _, state in run.queue("outbox", "key")} == {"sent"}
        with run.database.engine.connect() as connection:
            held = "SELECT count(*) FROM {} WHERE token IS NOT NULL"
            assert connection.scalar(text(held.format("inbox"))) == 0
            assert connection.scalar(text(held.format("outbox"))) == 0


def test_records_are_those_of_a_run_that_nobody_disturbed(runs: tuple[Run, Run]) -> None:
    calm, killed = (dict(_records(run)) for run in runs)

    assert killed == calm
    assert [len(filed) for filed, _ in calm.values()] == [6, 5]


def test_every_file_of_a_record_is_kept_whole(runs: tuple[Run, Run]) -> None:
    for run in runs:
        with SqlUnitOfWork(run.database.engine) as uow:
            held = set(uow.records.hashes())
        kept = set(run.files.names())

        assert held
        assert held <= kept
        assert [name for name in kept if _sha256(run.files.path(name)) != name] == []


def test_the_trail_is_whole_and_tells_each_thing_once(runs: tuple[Run, Run]) -> None:
    lines = []
    for run in runs:
        with SqlUnitOfWork(run.database.engine) as uow:
            assert uow.trail.broken_at() is None
            lines.append(_by_actor(uow.trail.entries()))

    assert lines[1] == lines[0]


def _records(run: Run) -> Iterator[tuple[str, tuple[Sequence[object], Sequence[object]]]]:
    """Each candidate's files and steps, without their times."""
    with SqlUnitOfWork(run.database.engine) as uow:
        for who in (ADA, BEA):
            person = uow.people.find(who.email)
            assert person is not None
            files = [
                (e.number, e.name, e.media_type, e.size, e.sha256, e.filing)
                for e in uow.records.of(person)
            ]
            steps = [
                (c.before, c.after, c.message_key, c.reason) for c in uow.records.history(person)
            ]
            yield who.email, (files, steps)


def _by_actor(entries: Iterator[TrailEntry]) -> dict[str, list[tuple[str, str, str]]]:
    lines: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for entry in entries:
        lines[entry.actor].append((entry.action, entry.subject, str(dict(entry.details))))
    return lines


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
