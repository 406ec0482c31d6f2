"""`carrel link`: a one-time code for a person's address."""

from __future__ import annotations

import click

from bot.app import open_store, utc_now
from bot.commands.lines import write_line
from bot.errors import NotFound
from bot.phrases.codes import links_with
from bot.phrases.linking import name_of
from bot.settings import Settings
from bot.usecases.link_address import issue_code


@click.command()
@click.argument("person")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def link(settings: Settings, person: str, *, as_json: bool) -> None:
    """Make a code that connects an address to PERSON (an e-mail address, number or name).

    The person sends `link CODE` from that address within 30 minutes, or opens the link of their
    channel, if it has one. A code works once.
    """
    with open_store(settings).uow() as uow:
        found = uow.people.find(person)
        if found is None:
            raise NotFound(f"Nobody is called {person!r}: give the e-mail address on record.")
        code = issue_code(uow, found, now=utc_now(), actor="operator")
        links = links_with(code, uow.channels.invitations())
        uow.commit()
    if as_json:
        write_line({"person": found.id, "code": code, "links": dict(links)})
        return
    click.echo(f"{found.name} sends this within 30 minutes: link {code}")
    for channel, url in links.items():
        click.echo(f"Or opens this on {name_of(channel)}: {url}")
