"""`carrel serve`: every configured channel, until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import click

from bot.app import Knowledge, Store, open_knowledge, open_store, utc_now
from bot.commands.progress_bar import encoding_bar
from bot.configured import Way, wanted, ways, ways_on
from bot.processes import at_work
from bot.settings import Settings
from bot.usecases.tell_changes import note_first


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
    on = ways_on(settings, listening=listening)
    store = open_store(settings)
    with at_work(settings, store, listening=listening):
        with encoding_bar() as notify:
            knowledge = open_knowledge(settings, notify)
        with store.uow() as uow:
            note_first(uow, knowledge.index.passages, now=utc_now())
            uow.commit()
        click.echo(f"Carrel for {knowledge.pack.program.name}.")
        for way in ways(settings):
            click.echo(_told(way, on=way in on))
        asyncio.run(_run(settings, store, knowledge, on, listening=listening))
    click.echo("Stopped; nothing is lost.")


async def _run(
    settings: Settings, store: Store, knowledge: Knowledge, on: Sequence[Way], *, listening: bool
) -> None:
    # Vendors' libraries take a while to load, and most commands need none of them.
    from bot.serving import Serving, until_signalled

    with until_signalled() as stopped:
        serving = Serving(settings, store, knowledge, on=on, listening=listening)
        await serving.run(tell=click.echo, told_to_stop=stopped)


def _told(way: Way, *, on: bool) -> str:
    if on:
        return f"{way.name}: on, {way.told}."
    return f"{way.name}: off; it wants {wanted(way)}."
