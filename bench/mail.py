"""Emptying a full mailbox, beside a bare IMAPClient loop and beside getmail.

All read the same mails from a real Dovecot over TLS. Carrel's listener keeps each mail, reads it,
commits it to the inbox and moves it to Processed; its messages are not handled meanwhile. The bare
loop only fetches and stores the same bytes, with as many waits for the disk. getmail delivers to a
Maildir.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import click
import pytest
from sqlalchemy import Engine, event

from bench.carrel import knowledge
from bench.mailbox import fetched, got, mails
from bench.progress import tell
from bench.table import Line, against_target
from bot.app import Knowledge, open_desk, open_store, utc_now
from bot.configured import VENDORS
from bot.domain.channel_state import State
from bot.domain.messages import ON_RECORD, InboundMessage
from bot.settings import Settings
from bot.vendors.vendor import Makings
from handlers.window import DeskWindow
from scheduler.pace import Pace
from scheduler.receiver import Receiver
from tests.mail import programs
from tests.mail.dovecot import Dovecot
from tests.mail.letters import SERVER
from tests.mail.programs import short_folder
from tests.mail.world import World
from tests.stand import until

COUNT, QUICK = 2_000, 300  # mails
NEEDED = ("dovecot", "doveadm", "getmail")
MOST_SECONDS = 600.0


def run(*, quick: bool) -> list[Line]:
    """All in turns, so that the disk's moods hit all; nothing where a program is missing."""
    if missing := [programs.wanted(name) for name in NEEDED if not programs.found(name)]:
        tell("")
        click.echo(f"mail is not measured: {missing[0]}", err=True)
        return []
    count, rounds = (QUICK, 1) if quick else (COUNT, 3)
    given, known = list(mails(count)), knowledge()
    ours: list[float] = []
    bare: list[float] = []
    others: list[float] = []
    with (
        short_folder() as folder,
        Dovecot(folder) as server,
        World() as world,
        tempfile.TemporaryDirectory() as own,
    ):
        full = "full@mail.test"
        server.put(given, full)
        for turn in range(rounds):
            tell(f"mail: round {turn + 1} of {rounds}")
            place = Path(own) / f"carrel-{turn}"
            user = f"carrel{turn}@mail.test"
            taking = _Taking(server, place, user, known=known, smtp_url=world.url)
            ours.append(asyncio.run(taking.seconds(given)))
            syncs = taking.waits / count
            tell(f"mail: {syncs:.2f} waits for the disk a mail")
            bare.append(fetched(server, full, Path(own) / f"bare-{turn}", syncs=syncs))
            if not others:  # it takes half a minute, and only tells the order of things
                others.append(got(server, full))
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    return list(_lines(count, median(ours), median(bare), others[0], ratio=ratio))


def _lines(count: int, ours: float, bare: float, other: float, *, ratio: float) -> Iterator[Line]:
    yield Line(what="mails a second", figure=count / ours, unit="/s", ratio=bare / ours, to="bare")
    yield Line(what="bare IMAPClient loop", figure=count / bare, unit="/s", ratio=1.0, to="itself")
    yield Line(
        what="getmail to a Maildir", figure=count / other, unit="/s", ratio=bare / other, to="bare"
    )
    yield against_target("time beside the bare loop, median of rounds", ratio, "x", target=2)
    yield Line(
        what="time beside getmail", figure=ours / other, unit="x", ratio=ours / other, to="getmail"
    )


class _Taking:
    """Carrel's listener on somebody's mailbox, with a database of its own on the disk."""

    def __init__(
        self, server: Dovecot, folder: Path, user: str, *, known: Knowledge, smtp_url: str
    ) -> None:
        folder.mkdir()
        self._server = server
        self._user = user
        self._known = known
        self._settings = Settings(
            _env_file=None,
            data=folder,
            imap_url=server.url(user=user),
            smtp_url=smtp_url,  # nothing is sent, but it looks whether it could
            mail_address=f"Carrel <{user}>",
            mail_authserv_id=SERVER,
            ca_file=server.ca,
        )
        self._store = open_store(self._settings)
        self._states: list[State] = []
        self._kept = 0
        self.waits = 0

    async def seconds(self, given: Sequence[bytes]) -> float:
        """From connecting until all is in the inbox and moved."""
        async with self._listening():  # the first time it only looks where the mailbox ends
            await until(lambda: State.CONNECTED in self._states)
        await asyncio.to_thread(self._server.put, given, self._user)
        with waits_for_the_disk() as waits:
            started = time.perf_counter()
            async with self._listening():
                # Looking into a folder takes time that the listener needs.
                await until(lambda: self._kept == len(given), seconds=MOST_SECONDS)
                await until(lambda: self._moved() == len(given))
                took = time.perf_counter() - started
        self.waits = waits()
        with self._store.uow() as uow:
            if (kept := sum(uow.inbox.counts().values())) != len(given):
                raise RuntimeError(f"{kept} of {len(given)} mails came into the inbox")
        return took

    def _moved(self) -> int:
        return self._server.count(self._user, "Processed")

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """The channel as a serving process makes it, and what keeps its messages."""
        window = DeskWindow(open_desk(self._store, self._known), self._store.uow)
        vendor = VENDORS[ON_RECORD]
        made = vendor.make(
            Makings(
                settings=self._settings,
                store=self._store,
                window=window,
                turns=Pace(self._store.uow, ON_RECORD, limits=vendor.limits, clock=utc_now),
                report=lambda state, _: self._states.append(state),
            )
        )
        receiver = Receiver(self._store.uow, clock=utc_now)

        async def kept(message: InboundMessage) -> bool:
            fresh = await receiver.receive(message)
            self._kept += fresh
            return fresh

        task = asyncio.create_task(made.channel.listen(kept))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await made.channel.close()
            await receiver.close()


@contextmanager
def waits_for_the_disk() -> Iterator[Callable[[], int]]:
    """How often the block waits until something is on the disk: a commit waits once."""
    found = 0
    sync = os.fsync

    def one_more(*_: object) -> None:
        nonlocal found
        found += 1

    def counted(file: Any) -> None:
        one_more()
        sync(file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", counted)
        event.listen(Engine, "commit", one_more)
        yield lambda: found
        event.remove(Engine, "commit", one_more)
