"""`carrel chat`: the terminal."""

from __future__ import annotations

import asyncio
import sys

import click

from bot.app import (
    Knowledge,
    Store,
    open_desk,
    open_knowledge,
    open_store,
    open_terminal,
    saved_for,
    utc_now,
)
from bot.commands.progress_bar import encoding_bar
from bot.configured import rooms, setups
from bot.domain.messages import ON_RECORD, Address
from bot.domain.people import Person
from bot.duties import Duties
from bot.errors import ConfigurationError, NotFound
from bot.knowledge.pack import Pack
from bot.ports import UnitOfWork
from bot.settings import Settings
from bot.usecases.enrol import Enrolment, enrol
from bot.usecases.say_again import asking
from bot.usecases.tell_changes import note_first
from channels.console.adapter import Console, Intake, Saves
from handlers.pipeline import Pipeline
from scheduler.clock import GRACE_SECONDS, stop
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.timely import Timely
from scheduler.workers import Workers
from storage.alone import alone
from storage.reading.limits import Limits


@click.command()
@click.option("--as", "who", help="Whose terminal: an e-mail address, number or name.")
@click.pass_obj
def chat(settings: Settings, who: str | None) -> None:
    """Talk to Carrel in the terminal; without --as, as the pack's demo candidate.

    `file PATH [words]` sends a file; `help` tells the rest; `quit` ends. Without a terminal, lines
    are read from standard input and plain text is printed.
    """
    if sys.stdin is None:
        raise ConfigurationError("Standard input is closed: run chat in a terminal or give lines.")
    store = open_store(settings)
    with encoding_bar() as notify:
        knowledge = open_knowledge(settings, notify)
    with store.uow() as uow:
        person = _named(uow, who) if who else _demo(uow, knowledge.pack)
        note_first(uow, knowledge.index.passages, now=utc_now())
        uow.commit()
    lock = settings.terminals / f"{person.id}.lock"
    advice = f"{person.name} has a terminal open already: close that one first."
    with alone(lock, advice=advice):
        console = _console(settings, store, person)
        _take_over(store, person, console)
        click.echo(_opening(knowledge, person, demo=who is None))
        asyncio.run(_run(settings, store, knowledge, console))


def _take_over(store: Store, person: Person, console: Console) -> None:
    """Trusts the terminal, and frees what an earlier one left behind when it was ended."""
    now = utc_now()
    with store.uow() as uow:
        uow.people.connect(person, console.address, at=now)
        on_record = Address(channel=ON_RECORD, value=person.email)
        uow.outbox.redirect(on_record, console.address)  # what was said before they came
        uow.inbox.release(str(console.address), at=now)
        uow.outbox.release(str(console.address), at=now)
        uow.commit()


async def _run(settings: Settings, store: Store, knowledge: Knowledge, console: Console) -> None:
    serves = any(one.is_on(listening=True) for one in setups(settings))  # else nobody is on the web
    web = settings.on_the_web if serves else ""
    desk = open_desk(store, knowledge, public_url=web, rooms=rooms(settings))
    pipeline = Pipeline(
        desk,
        store.uow,
        lease_seconds=settings.lease_seconds,
        channels=(console.name,),  # what others received is for whoever serves their channels
    )
    dispatcher = Dispatcher(
        {console.name: Timely(console, clock=utc_now)},
        store.uow,
        clock=utc_now,
        lease_seconds=settings.lease_seconds,
        silence=Silence(still_due=asking(lambda: desk.program, quiet=False)),
    )
    # What is due by the clock, or for many, is said here too, whether or not anything else runs.
    duties = Duties(store=store, desk=desk)
    workers = Workers(duties.in_turns, count=1)
    ticking = asyncio.create_task(duties.clock().run())
    workers.start()
    try:
        await open_terminal(console, pipeline, dispatcher).run()
    finally:
        workers.stop(seconds=GRACE_SECONDS)
        await stop(ticking)


def _console(settings: Settings, store: Store, person: Person) -> Console:
    return Console(
        who=person.email,
        lines=sys.stdin,
        screen=sys.stdout,
        intake=Intake(put=store.files.put, largest=Limits().file_bytes),
        saves=Saves(folder=saved_for(settings, person), get=store.files.path),
        clock=utc_now,
    )


def _named(uow: UnitOfWork, who: str) -> Person:
    person = uow.people.find(who)
    if person is None:
        raise NotFound(f"Nobody is called {who!r}: enrol them first, with carrel enrol.")
    return person


def _demo(uow: UnitOfWork, pack: Pack) -> Person:
    """The pack's demo candidate, enrolled on the first run."""
    demo = pack.demo
    if demo is None:
        raise NotFound("This pack has no demo candidate: name somebody with --as.")
    known = uow.people.find(demo.email)
    if known:
        return known
    now = utc_now()
    who = Enrolment(
        name=demo.name,
        email=demo.email,
        time_zone=demo.time_zone,
        enrolled_on=now.date(),
        electives=demo.electives,
    )
    return enrol(uow, pack.program, who, now=now).person


def _opening(knowledge: Knowledge, person: Person, *, demo: bool) -> str:
    program = knowledge.pack.program
    samples = knowledge.pack.folder / "samples"
    lines = [f"Carrel for {program.name}. You are {person.name}. Say help, or quit."]
    if demo and samples.is_dir():
        names = sorted(p for p in samples.iterdir() if p.suffix != ".md")
        lines.append(f"Try: what should my {program.words.record_short} include?")
        lines += [f"Try: file {path}" for path in names]
        lines.append("Then: undo, and: progress.")
    return "\n".join(lines) + "\n"
