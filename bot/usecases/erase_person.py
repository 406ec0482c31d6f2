"""Forget a person: rows first, then the bytes that nobody else holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Person
from bot.domain.program import Program
from bot.errors import Interlocked, NotFound
from bot.ports import FileStore, TrailEntry, UnitOfWork
from bot.usecases.appoint import OPERATOR, take_role
from bot.usecases.kept_archives import BYTES, kept_archives
from bot.usecases.see_broadcast import REPORTED

TRIES = 5
_NAMES_BYTES = ("sha256", "archive")  # what lines about a person call the name of some bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Who was erased, as they were, and how many rows of each kind went.

    `names` are the bytes to be discarded, `shared` how many stay because others hold them too.
    `before` is when it was done, if it was done before.
    """

    person: Person
    went: Mapping[str, int]
    names: tuple[str, ...]
    shared: int = 0
    before: datetime | None = None


def erase_person(uow: UnitOfWork, program: Program, who: str, *, now: datetime) -> Erased:
    """Takes the person out of every table, and puts onto the trail which bytes are to follow.

    `discard_bytes` does that after the commit; somebody who was erased before gives their bytes
    once more, so that a crash in between can be mended. `Refused` for the last admin.
    """
    uow.erasure.hold()
    person = uow.people.find(who)
    if person is None:
        raise NotFound(
            f"Nobody is known by {who!r}: give the e-mail address on record, or #NUMBER."
        )
    if line := _erased_before(uow, person):
        names = tuple(line.details.get(BYTES, "").split())
        return Erased(person=person, went={}, names=names, before=line.at)
    for role in sorted(uow.roles.of(person)):
        take_role(uow, program, person, role, by=OPERATOR, now=now)
    told_of = uow.erasure.bytes_of(person).union(_on_the_trail(uow, person), _reported(uow))
    went = uow.erasure.erase(person, at=now)
    names = tuple(sorted(uow.erasure.unheld(told_of)))
    uow.trail.append(
        at=now,
        actor=OPERATOR,
        action="erased",
        subject=f"person:{person.id}",
        details={BYTES: " ".join(names), **{kind: str(count) for kind, count in went.items()}},
    )
    return Erased(person=person, went=went, names=names, shared=len(told_of) - len(names))


def erase_now(transaction: UnitOfWork, program: Program, who: str, *, now: datetime) -> Erased:
    """The same in a transaction of its own, once more where another one was in the way.

    It touches rows of many people, and so cannot take all of them in everybody else's order.
    """
    for _ in range(TRIES - 1):
        with suppress(Interlocked):
            return _committed(transaction, program, who, now=now)
    return _committed(transaction, program, who, now=now)


def _committed(transaction: UnitOfWork, program: Program, who: str, *, now: datetime) -> Erased:
    with transaction as uow:
        done = erase_person(uow, program, who, now=now)
        uow.commit()
    return done


def discard_bytes(transaction: UnitOfWork, files: FileStore, names: tuple[str, ...]) -> int:
    """Discards those of the bytes that still nobody holds; how many. Harmless twice.

    Inside a transaction, so that nobody files the same bytes meanwhile.
    """
    with transaction as uow:
        free = uow.erasure.unheld(names) - kept_archives(uow)
        for name in sorted(free):
            files.discard(name)
    return len(free)


def _erased_before(uow: UnitOfWork, person: Person) -> TrailEntry | None:
    lines = uow.trail.entries(subject=f"person:{person.id}")
    return next((line for line in lines if line.action == "erased"), None)


def _on_the_trail(uow: UnitOfWork, person: Person) -> Iterator[str]:
    """Bytes that only lines about the person name: pages made of their record, archives."""
    for line in uow.trail.entries(subject=f"person:{person.id}"):
        yield from (line.details[key] for key in _NAMES_BYTES if key in line.details)


def _reported(uow: UnitOfWork) -> Iterator[str]:
    """Tables that name many people; whoever wants one again has it made anew without this one."""
    yield from (line.details["sha256"] for line in uow.trail.done((REPORTED,)))
