"""`carrel doctor`: is everything in place, and if not, what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import click

from bot.app import Store, open_store, utc_now
from bot.commands.broken import people_findings
from bot.commands.doctor_channels import channel_findings
from bot.commands.lines import write_line
from bot.domain.people import zone_named
from bot.errors import CarrelError, ProgramError
from bot.knowledge.encoder import encoder_from
from bot.knowledge.pack import load_pack
from bot.settings import Settings
from bot.usecases.check_store import check_store
from bot.vendors.vendor import Finding

_NAMED = 10  # of what is wrong


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each finding.")
@click.pass_obj
def doctor(settings: Settings, *, as_json: bool) -> None:
    """Look at settings, program pack, encoder, text recognition, database, and what it holds.

    Where a channel is set up, look at it too: how it was doing last, and what its vendor says now.

    Also tells the public key by which others check what this installation signs, with verify --key
    or import --key. Exit code 1 when anything needs mending.
    """
    bad = False
    for finding in _findings(settings):
        bad |= not finding.ok
        if as_json:
            write_line({"what": finding.what, "ok": finding.ok, "told": finding.told})
        else:
            click.echo(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.what}: {finding.told}")
    if bad:
        raise SystemExit(1)


def _findings(settings: Settings) -> Iterator[Finding]:
    yield _try("program", lambda: f"{load_pack(settings.program).program.name}")
    yield _try("encoder", lambda: encoder_from(settings.encoder).id)
    yield _recognition()
    try:
        store = open_store(settings)
        yield Finding(what="database", ok=True, told=_backlog(store))
        yield _zones(store)
        yield Finding(what="public key", ok=True, told=store.signer.public_key)
        yield from _people(settings, store)
        report = check_store(store.uow(), store.files)
    except CarrelError as error:
        yield Finding(what="database", ok=False, told=str(error))
        yield from channel_findings(settings, None)
        return
    for what, found in report.findings.items():
        yield Finding(what=what, ok=found.ok, told=found.told)
    yield from channel_findings(settings, store)


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, ok=True, told=look())
    except CarrelError as error:
        return Finding(what=what, ok=False, told=str(error))


def _recognition() -> Finding:
    if shutil.which("tesseract"):
        return Finding(what="text in pictures", ok=True, told="tesseract is installed")
    told = "install tesseract-ocr; until then photos are filed by what is said with them"
    return Finding(what="text in pictures", ok=False, told=told)


def _zones(store: Store) -> Finding:
    with store.uow() as uow:
        counts = uow.situations.zones()
    unknown = sorted(name for name in counts if zone_named(name) is None)
    if not unknown:
        return Finding(what="time zones", ok=True, told="all are known")
    told = (
        f"{', '.join(map(repr, unknown[:_NAMED]))} of {sum(counts[name] for name in unknown)} "
        "people is none that this machine knows, so they are told everything by UTC. Install "
        "tzdata, or have them say: time zone Europe/Berlin"
    )
    return Finding(what="time zones", ok=False, told=told)


def _people(settings: Settings, store: Store) -> Iterator[Finding]:
    try:
        program = load_pack(settings.program).program
    except ProgramError:  # which has its own finding
        return
    yield from people_findings(store, program, now=utc_now())


def _backlog(store: Store) -> str:
    with store.uow() as uow:
        parts = {"inbox": uow.inbox.counts(), "outbox": uow.outbox.counts()}
        people = uow.people.count()
    told = "; ".join(
        f"{name} {', '.join(f'{count} {state}' for state, count in counts.items()) or 'empty'}"
        for name, counts in parts.items()
    )
    return f"{people} {'person' if people == 1 else 'people'}; {told}"
