"""`carrel serve`: every configured channel, until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from bot.app import Knowledge, Store, open_knowledge, open_store, utc_now
from bot.commands.progress_bar import encoding_bar
from bot.configured import set_up, setups
from bot.processes import at_work
from bot.settings import Settings
from bot.usecases.tell_changes import note_first
from bot.vendors.vendor import Setup


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
    with at_work(settings, store, listening=listening), _web(settings, listening=listening) as web:
        with encoding_bar() as notify:
            knowledge = open_knowledge(settings, notify)
        with store.uow() as uow:
            note_first(uow, knowledge.index.passages, now=utc_now())
            uow.commit()
        click.echo(f"Carrel for {knowledge.pack.program.name}.")
        for setup in setups(settings):
            click.echo(_told(setup, on=setup in on))
        asyncio.run(_run(settings, store, knowledge, on, listening=listening, web=web))
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
    listening: bool,
    web: socket.socket | None,
) -> None:
    # Vendors' libraries take a while to load, and most commands need none of them.
    from bot.serving import Serving, until_signalled

    with until_signalled() as stopped:
        serving = Serving(settings, store, knowledge, on=on, listening=listening, web=web)
        await serving.run(tell=click.echo, told_to_stop=stopped)


def _told(setup: Setup, *, on: bool) -> str:
    if on:
        return f"{setup.name}: on, {setup.told}."
    return f"{setup.name}: off; it wants {setup.wanted}."
