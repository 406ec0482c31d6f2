"""People of whom something is broken, in words for operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import click

from bot.app import Store
from bot.domain.filenames import printable
from bot.domain.program import Program
from bot.usecases.broken_people import Fault
from bot.usecases.see_due import When, see_due
from bot.vendors.vendor import Finding

NAMED = 10  # of what is wrong; the rest is counted
_MEND = (
    "Until that is mended the clock says nothing to them, and they are looked at again each hour. "
    "A date too early or too late is set right by: carrel enrol NAME EMAIL --ends DATE --change. "
    "For anything else find out who wrote into the database, and restore a backup of before"
)
_CHOOSE = (
    "It counts as not chosen, so they are told as the program has it. Have them say anew what they "
    "want: quiet hours 21:00 to 7:00, or digest daily"
)


def into(found: dict[int, str]) -> Fault:
    """Keeps there what is wrong with each of the people, in one line."""

    def keep(person: int, error: Exception) -> None:
        found.setdefault(person, words(error))

    return keep


def words(error: Exception) -> str:
    """What is wrong, in one line."""
    said = next(iter(str(error).splitlines()), "")
    return printable(f"{type(error).__name__}: {said}")


def tell_broken(store: Store, found: Mapping[int, str]) -> None:
    """Names them on standard error, and ends with exit code 1 where there are any."""
    for line in _lines(store, found):
        click.echo(f"carrel: this cannot be worked out: {line}", err=True)
    if found:
        raise SystemExit(1)


def people_findings(store: Store, program: Program, *, now: datetime) -> Iterator[Finding]:
    """Whether everybody can be told what is due, and whether what they chose can be read."""
    broken: dict[int, str] = {}
    for _ in see_due(store.uow, program, When(at=now), now=now, fault=into(broken)):
        pass  # what would be said is of no matter here
    yield _finding(store, "people", broken, good="all can be told what is due", advice=_MEND)
    with store.uow() as uow:
        unread = {who: ", ".join(parts) for who, parts in uow.wishes.unreadable().items()}
    yield _finding(store, "wishes", unread, good="all can be read", advice=_CHOOSE)


def _finding(
    store: Store, what: str, found: Mapping[int, str], *, good: str, advice: str
) -> Finding:
    if not found:
        return Finding(what=what, ok=True, told=good)
    lines = list(_lines(store, found))
    more = [f"and {len(lines) - NAMED} more"] if len(lines) > NAMED else []
    told = "; ".join((*lines[:NAMED], *more))
    return Finding(what=what, ok=False, told=f"what is kept cannot be read of {told}. {advice}")


def _lines(store: Store, found: Mapping[int, str]) -> Iterator[str]:
    """One for each of them, by number."""
    if not found:
        return
    with store.uow() as uow:
        names = uow.situations.names(found)
    for person, what in sorted(found.items()):
        yield printable(f"{names.get(person, 'somebody')} (#{person}): {what}")
