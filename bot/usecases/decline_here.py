"""Kinds of notices declined at one address, by words or by a link, and wanted there again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.notices.happenings import FOR_ANYBODY
from bot.domain.notices.kinds import Kind
from bot.domain.notices.manner import told_as
from bot.domain.program import Program
from bot.errors import Refused
from bot.phrases import wish_refusals
from bot.phrases.kinds import ALL, DIGEST
from bot.ports import UnitOfWork
from bot.usecases.identify import named
from bot.usecases.see_wishes import kinds_for
from bot.usecases.tell import places_for


def known_at(uow: UnitOfWork, program: Program, address: Address) -> tuple[Kind, ...]:
    """The kinds that whoever is there can be told; those of anybody where nobody is known."""
    person = uow.people.at(address) or named(uow, address)
    if person is not None:
        return kinds_for(uow, program, person)
    return tuple(kind for kind in program.notices.kinds.values() if kind.id in FOR_ANYBODY)


def decline_here(uow: UnitOfWork, program: Program, address: Address, kind: str) -> None:
    """Tells nothing of that kind there any more; `Refused` for one that is mandatory."""
    for one in _meant(uow, program, address, kind):
        if one.mandatory:
            raise Refused(wish_refusals.mandatory(one))
        uow.wanted_kinds.decline(address, one.id)


def accept_here(uow: UnitOfWork, program: Program, address: Address, kind: str) -> None:
    """Tells what is of that kind there again."""
    for one in _meant(uow, program, address, kind):
        uow.wanted_kinds.accept(address, one.id)


def told_instead(
    uow: UnitOfWork, program: Program, address: Address, kind: str, *, now: datetime
) -> Address | None:
    """Where its person is told that kind from now on; None for nowhere, and for several kinds."""
    person = uow.people.at(address)
    if person is None or kind in {ALL, DIGEST}:
        return None
    places = places_for(uow, person, now=now, how=told_as(program, kind))
    return places[0] if places else None


def _meant(uow: UnitOfWork, program: Program, address: Address, kind: str) -> Iterator[Kind]:
    """One kind, or all that may be declined; of a digest those that can wait for it."""
    if kind in {ALL, DIGEST}:
        optional = (one for one in known_at(uow, program, address) if not one.mandatory)
        yield from (one for one in optional if one.waits or kind == ALL)
    elif kind in program.notices.kinds:
        yield program.notices.kinds[kind]
