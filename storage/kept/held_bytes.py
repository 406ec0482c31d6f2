"""Which rows hold which bytes of the file store, by the names of the bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from bot.domain.people import Person
from bot.domain.sharing import OfferState
from storage.kept.addressed import everywhere, rows_of
from storage.tables import appeals, evidence, held_mails, inbox, offers, people, submissions

_ROWS_AT_ONCE = 500
_NAMED = re.compile(r'"sha256": ?"([0-9a-f]{1,64})"')  # in what is kept as JSON


def held(connection: Connection) -> Iterator[str]:
    """What records, waiting offers and submissions hold, each once, in order.

    What was submitted by somebody who was erased is left out: its bytes went with them.
    """
    waiting = offers.c.state == OfferState.WAITING.value
    found = set(_walk(connection, select(evidence.c.sha256).distinct()))
    found.update(_walk(connection, select(offers.c.sha256).where(waiting)))
    standing = select(submissions.c["items"]).join(people).where(people.c.erased_at.is_(None))
    found.update(_named(_walk(connection, standing)))
    yield from sorted(found)


def wanted(connection: Connection) -> Iterator[str]:
    """What messages hold that nobody has handled yet, or that wait for their sender's word."""
    yield from _named(
        _walk(connection, select(inbox.c.message).where(inbox.c.finished_at.is_(None)))
    )
    yield from _named(_walk(connection, select(held_mails.c.message)))  # empty once they ended


def told_of(connection: Connection, person: Person) -> Iterator[str]:
    """What the person filed, offered or was offered, submitted, appealed with, and sent."""
    yield from _walk(connection, select(evidence.c.sha256).where(evidence.c.person_id == person.id))
    own = (offers.c.owner_id == person.id) | (offers.c.from_id == person.id)
    yield from _walk(connection, select(offers.c.sha256).where(own))
    theirs = submissions.c.person_id == person.id
    yield from _named(_walk(connection, select(submissions.c["items"]).where(theirs)))
    for address in everywhere(connection, person):
        yield from _named(row.message for row in rows_of(connection, inbox, address))
    theirs = held_mails.c.person_id == person.id
    yield from _named(_walk(connection, select(held_mails.c.message).where(theirs)))
    # The paper that a notice was sent to staff as: the same words are the same bytes.
    theirs = appeals.c.person_id == person.id
    for document in _walk(connection, select(appeals.c.document).where(theirs)):
        yield hashlib.sha256(json.loads(document)["notice"].encode()).hexdigest()


def _walk(connection: Connection, query: Select[Any]) -> Iterator[str]:
    with connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)) as rows:
        yield from rows.scalars()


def names_in(text: str) -> list[str]:
    """The names of bytes that a message or a snapshot, kept as JSON, tells of."""
    return _NAMED.findall(text)


def _named(texts: Iterable[str]) -> Iterator[str]:
    return (name for text in texts for name in names_in(text))
