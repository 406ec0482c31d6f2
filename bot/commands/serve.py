"""`carrel serve`: every configured channel, until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import click

from bot.app import Knowledge, Store, open_knowledge, open_store, utc_now
from bot.commands.progress_bar import encoding_bar
from bot.configured import moved, set_up, setups
from bot.processes import at_work, heard, until_signalled
from bot.settings import Settings
from bot.usecases.tell_changes import note_first
from bot.vendors.vendor import Setup

NOT_HEARD = (
    "It is heard by another carrel serve on this database, and one alone may hear it: this one"
    " handles and sends. Once that one has ended, start this one anew"
)


@click.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Serve every configured channel until stopped: listen, handle, answer.

    Also tells health and measures over HTTP where CARREL_HTTP is set. Ctrl-C or SIGTERM ends it
    once what is in hand is finished; nothing that was acknowledged is lost, however it ends.
    """
    run(settings, listening=True)


def run(settings: Settings, *, listening: bool) -> None:
    """Serves, or only works, until signalled; ConfigurationError when no channel is set up."""
    on = set_up(settings, listening=listening)
    store = open_store(settings)
    with (
        at_work(settings, store, listening=listening),
        heard(store, on if listening else ()) as names,
        _web(settings, listening=listening) as web,
    ):
        with encoding_bar() as notify:
            knowledge = open_knowledge(settings, notify)
        with store.uow() as uow:
            note_first(uow, knowledge.index.passages, now=utc_now())
            uow.commit()
        click.echo(f"Carrel for {knowledge.pack.program.name}.")
        for setup in setups(settings):
            is_heard = setup.name in names or not listening
            click.echo(_told(setup, store, on=setup in on, is_heard=is_heard))
        heard_here = names if listening else None
        asyncio.run(_run(settings, store, knowledge, on, heard=heard_here, web=web))
    click.echo("Stopped; nothing is lost.")


@contextmanager
def _web(settings: Settings, *, listening: bool) -> Iterator[socket.socket | None]:
    """Where the HTTP side listens: taken first, so that a port that is taken is told at once."""
    place = settings.listens_at
    if place is None or not listening:
        yield None
        return
    from channels.http import listen_at

    with listen_at(place.host, place.port) as web:
        yield web


async def _run(
    settings: Settings,
    store: Store,
    knowledge: Knowledge,
    on: Sequence[Setup],
    *,
    heard: Collection[str] | None,
    web: socket.socket | None,
) -> None:
    # Vendors' libraries take a while to load, and most commands need none of them.
    from bot.serving import Serving

    with until_signalled() as stopped:
        serving = Serving(settings, store, knowledge, on=on, heard=heard, web=web)
        await serving.run(tell=click.echo, told_to_stop=stopped)


def _told(setup: Setup, store: Store, *, on: bool, is_heard: bool) -> str:
    if not on:
        return f"{setup.name}: off; it wants {setup.wanted}."
    told = (f"{setup.name}: on, {setup.told}", "" if is_heard else NOT_HEARD, *setup.wrong)
    return " ".join(f"{one}." for one in (*told, moved(setup, store)) if one)
