"""Carrel on a folder of messages: the program that is killed, and started again, by tests.

`python -m tests.real.spool CACHE ORIGIN` loads the program once. Each line `FOLDER<tab>LAST` on
its standard input is then served by a process of its own, which shares nothing with the one
before but the disk.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.app import Knowledge, Store, open_desk, open_knowledge, open_store
from bot.domain.messages import Address, Attachment, InboundMessage, OutboundMessage
from bot.knowledge.encoder import encoder_from
from bot.ports import Clock, Deliver, FileStore
from bot.settings import Settings
from bot.usecases.desk import Desk
from bot.usecases.enrol import enrol
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from scheduler.dispatcher import Dispatcher
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.cast import ADA, BEA
from tests.clock import NOON

CHANNEL = "spool"
LEASE = 0.5  # seconds
_PAUSE = 0.01  # seconds between looks at the folder and the queues


class Spool:
    """A channel whose vendor is a folder: messages in `in`, replies in `sent.log`.

    `acked.log` is all the vendor knows: what is not in it is delivered again.
    """

    name = CHANNEL

    def __init__(self, folder: Path, files: FileStore, tell: Voice) -> None:
        self._folder = folder
        self._tell = tell
        self._files = files
        self._acked = Log(folder / "acked.log")
        self._sent = Log(folder / "sent.log")

    async def listen(self, deliver: Deliver) -> None:
        """Hands over message after message, in order, until the file `end` is there."""
        known = set(self._acked.lines())
        while True:
            ended = (self._folder / "end").exists()
            for path in sorted((self._folder / "in").glob("*.json")):
                if path.stem not in known:
                    self._tell("receives", path.stem)
                    await deliver(self._message(path))
                    self._acked.append(path.stem)
                    known.add(path.stem)
                    self._tell("acked", path.stem)
            if ended:
                return
            await asyncio.sleep(_PAUSE)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Keeps the reply before it returns."""
        self._tell("sends", message.key)
        self._sent.append(json.dumps({"key": message.key, "text": plain_text(message.reply)}))
        self._tell("sent", message.key)
        return (message.key,)

    async def close(self) -> None:
        """Nothing to let go of."""

    def _message(self, path: Path) -> InboundMessage:
        given: dict[str, Any] = json.loads(path.read_text())
        return InboundMessage(
            id=path.stem,
            sender=Address(channel=self.name, value=given["who"]),
            conversation=given["conversation"],
            text=given["text"],
            sent_at=NOON,
            attachments=tuple(map(self._attachment, map(Path, given["files"]))),
        )

    def _attachment(self, path: Path) -> Attachment:
        size, sha256 = path.stat().st_size, self._files.put(path)
        return Attachment(name=path.name, size=size, sha256=sha256)


class Log:
    """Lines that are on the disk once `append` returned."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._path = path
        if (whole := path.read_bytes()) and not whole.endswith(b"\n"):
            os.write(self._file, b"\n")  # the writer before us was killed within a line

    def append(self, line: str) -> None:
        """Adds a line."""
        os.write(self._file, f"{line}\n".encode())
        os.fsync(self._file)

    def lines(self) -> Iterator[str]:
        """Every line, torn ones too."""
        yield from self._path.read_text().splitlines()


class Voice:
    """Tells whoever started us what was done, and dies at its last word: SIGKILL, from inside.

    From outside, the moment between one commit and the next is hard to hit.
    """

    def __init__(self, last: int) -> None:
        self._left = last

    def __call__(self, *words: str) -> None:
        """One line."""
        os.write(1, f"{os.getpid()} {' '.join(words)}\n".encode())
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class TellingUnitOfWork(SqlUnitOfWork):
    """Tells of each commit."""

    def __init__(self, engine: Engine, tell: Voice) -> None:
        super().__init__(engine)
        self._tell = tell

    def commit(self) -> None:
        """Makes it durable, and tells."""
        super().commit()
        self._tell("committed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a process works with from its birth on."""

    folder: Path
    knowledge: Knowledge
    settings: Settings
    clock: Clock
    tell: Voice


async def serve(life: Life) -> None:
    """Receives, handles and answers side by side, until the end of the folder is reached."""
    opened, database = open_store(life.settings), open_database(life.settings.database)
    store = replace(opened, uow=lambda: TellingUnitOfWork(database.engine, life.tell))
    desk = replace(open_desk(store, life.knowledge), clock=life.clock)
    _enrol(store, desk)
    spool = Spool(life.folder, store.files, life.tell)
    receiver = Pipeline(desk, store.uow, lease_seconds=LEASE)
    worker = Pipeline(desk, store.uow, lease_seconds=LEASE)
    dispatcher = Dispatcher({spool.name: spool}, store.uow, clock=life.clock, lease_seconds=LEASE)

    async def deliver(message: InboundMessage) -> bool:
        return await asyncio.to_thread(receiver.receive, message)

    listening = asyncio.create_task(spool.listen(deliver))
    while not (listening.done() and _idle(store)):
        handled = await asyncio.to_thread(worker.handle_one)
        await dispatcher.send_waiting(lambda: False)
        if not handled:
            await asyncio.sleep(_PAUSE)
    await listening


def _enrol(store: Store, desk: Desk) -> None:
    with store.uow() as uow:
        for who in (ADA, BEA):
            if uow.people.find(who.email) is None:
                person = enrol(uow, desk.program, who, now=desk.clock()).person
                address = Address(channel=CHANNEL, value=who.email)
                uow.people.connect(person, address, at=desk.clock())
        uow.commit()


def _idle(store: Store) -> bool:
    with store.uow() as uow:
        queues = (uow.inbox.counts(), uow.outbox.counts())
    return not any(counts[state] for counts in queues for state in ("waiting", "claimed"))


def _live(life: Life) -> None:
    """Opens the encoder anew, since a fork has none of its threads, and serves."""
    encoder = encoder_from(life.settings.encoder)
    known = life.knowledge
    fresh = replace(
        known,
        encoder=encoder,
        index=replace(known.index, encoder=encoder),
        shelf=replace(known.shelf, encoder=encoder),
        intents=replace(known.intents, encoder=encoder),
    )
    asyncio.run(serve(replace(life, knowledge=fresh)))


def _bury(pid: int) -> None:
    _, status = os.waitpid(pid, 0)
    os.write(1, f"{pid} ended {os.waitstatus_to_exitcode(status)}\n".encode())


def main(cache: str, origin: str) -> None:
    """Serves each folder named on standard input, until that ends."""
    settings = Settings(_env_file=None, cache=Path(cache))
    knowledge = open_knowledge(settings)

    def clock() -> datetime:
        return NOON + timedelta(seconds=time.time() - float(origin))

    for line in sys.stdin:
        if pid := os.fork():
            os.write(1, f"{pid} born\n".encode())
            threading.Thread(target=_bury, args=(pid,), daemon=True).start()
            continue
        code = 1
        try:
            folder, last = line.split("\t")
            here = settings.model_copy(update={"data": Path(folder) / "data"})
            tell = Voice(int(last))
            at = Path(folder)
            _live(Life(folder=at, knowledge=knowledge, settings=here, clock=clock, tell=tell))
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
