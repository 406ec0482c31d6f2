"""Give a candidate their own record as an archive, which is made before it is given.

Making takes as long as the record is large, so it is done outside of any transaction that writes.
The trail tells which bytes were made, so that an erasure finds them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from bot.domain.limits import LARGEST_EXPORT, MOST_EXPORTS, check_count
from bot.domain.people import Candidate, Person
from bot.errors import NotFound, Refused
from bot.ports import FileStore, TrailEntry, UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.erase_person import discard_bytes
from bot.usecases.export_record import export_record
from bot.usecases.put_bytes import Stored, put_made

WITHIN = timedelta(hours=1)
_BYTES = "sha256"


class TooLarge(Refused):
    """A record of more bytes than are given as one file in a message."""


def make_archive(transaction: UnitOfWork, desk: Desk, person: Person) -> Stored | None:
    """The archive of the record of whoever asks, in the file store; None where it is refused.

    Slow, and safe to do twice: the same record gives the same bytes. Earlier ones of theirs that
    were given long enough ago to have arrived are discarded.
    """
    now = desk.clock()
    with transaction as uow:
        candidate = uow.people.candidate(person)
        if candidate is None or not _may(uow, candidate, now=now):
            return None
        given = _given(uow, candidate.person)
        record = export_record(uow, candidate.person, program=desk.program, signer=desk.signer)
    old = (line.details[_BYTES] for line in given if line.at <= now - WITHIN)
    if there := tuple(name for name in old if _is_there(desk.files, name)):
        discard_bytes(transaction, desk.files, there)
    return put_made(desk.files, partial(desk.archives.write, record))


def give_archive(
    uow: UnitOfWork, candidate: Candidate, made: Stored | None, *, now: datetime
) -> Stored:
    """What `make_archive` made, once its candidate may have it; that goes onto the trail."""
    _check(uow, candidate, now=now)
    if made is None:
        raise Refused("The archive is not made yet. Say once more: export.")
    own = f"person:{candidate.person.id}"
    details = {_BYTES: made.sha256, "size": str(made.size)}
    uow.trail.append(at=now, actor=own, action="exported", subject=own, details=details)
    return made


def _may(uow: UnitOfWork, candidate: Candidate, *, now: datetime) -> bool:
    try:
        _check(uow, candidate, now=now)
    except Refused:
        return False
    return True


def _check(uow: UnitOfWork, candidate: Candidate, *, now: datetime) -> None:
    if sum(one.size for one in uow.records.of(candidate.person)) > LARGEST_EXPORT:
        raise TooLarge("The record is too large for a message. Ask the staff for its archive.")
    late = sum(line.at > now - WITHIN for line in _given(uow, candidate.person))
    told = f"You were given {MOST_EXPORTS} archives within an hour. Say: export, an hour later."
    check_count(late, MOST_EXPORTS, told)


def _given(uow: UnitOfWork, person: Person) -> tuple[TrailEntry, ...]:
    """Each archive that the person was given by message."""
    lines = uow.trail.entries(subject=f"person:{person.id}")
    return tuple(line for line in lines if line.action == "exported" and _BYTES in line.details)


def _is_there(files: FileStore, name: str) -> bool:
    try:
        files.path(name)
    except NotFound:
        return False
    return True
