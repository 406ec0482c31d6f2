"""The outbox as operators look through it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.ports import Listed, Standing, Wanted
from bot.ports.listing import Fault
from storage.kept.addressed import inside_json
from storage.queues.queue import GIVEN_UP
from storage.tables import gathered, outbox

log = logging.getLogger(__name__)
_ROWS_AT_ONCE = 500
_UNREADABLE = Reply(blocks=(Paragraph(text="(another version of Carrel wrote this)"),))
_SENT = "sent"
_ENDED = outbox.c.state == literal_column(f"'{_SENT}'")  # spelled as the index spells it
_DROPPED = outbox.c.receipt == literal_column("''")  # no vendor has it
_IS: Mapping[Standing, ColumnElement[bool]] = {
    Standing.WAITING: outbox.c.finished_at.is_(None),
    Standing.FAILED: outbox.c.state == GIVEN_UP,
    Standing.UNSENT: and_(_ENDED, _DROPPED),
    Standing.SENT: and_(_ENDED, not_(_DROPPED)),
}


def _log(id: int, error: Exception) -> None:
    log.error(
        "Row %d of the outbox cannot be read and is left out",
        id,
        exc_info=error,
        extra={"action": "queue-unreadable", "queue": outbox.name, "row": id},
    )


class SqlListedMessages:
    """Reads the outbox; see `bot.ports.ListedMessages` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter

    def page(self, wanted: Wanted, *, limit: int, fault: Fault | None = None) -> tuple[Listed, ...]:
        """The first of them: of those that wait the longest due, of all others the newest."""
        query = _query(wanted)
        at_once = query.execution_options(yield_per=_ROWS_AT_ONCE)
        try:
            with self._connection.execute(at_once) as rows:
                return self._first(rows, wanted, limit)
        except (ValueError, TypeError):  # of one row; the others can be read by themselves
            return self._first(self._one_by_one(query, fault or _log), wanted, limit)

    def _first(self, rows: Iterable[Row[Any]], wanted: Wanted, limit: int) -> tuple[Listed, ...]:
        found = ((self._listed(row), row.tells) for row in rows)
        fitting = (one for one, tells in found if tells or _is_of(one.message, wanted.kind))
        return tuple(islice(fitting, limit))

    def _one_by_one(self, query: Select[Any], fault: Fault) -> Iterator[Row[Any]]:
        """The rows that can be read; of each other `fault` is told the number."""
        ids = self._connection.execute(query.with_only_columns(outbox.c.id)).scalars().all()
        for id in ids:
            try:
                row = self._connection.execute(query.where(outbox.c.id == id)).one()
            except (ValueError, TypeError) as error:
                fault(id, error)
            else:
                yield row

    def counts(self) -> Mapping[Standing, int]:
        """How many there are of each standing; no message itself is read."""
        rows = self._connection.execute(_by_state())
        found = {row.state: row.many for row in rows}
        ended, failed = found.pop(_SENT, 0), found.pop(GIVEN_UP, 0)
        unsent = self._connection.execute(_unsent()).scalar_one()
        return {
            Standing.WAITING: sum(found.values()),
            Standing.SENT: ended - unsent,
            Standing.FAILED: failed,
            Standing.UNSENT: unsent,
        }

    def _listed(self, row: Row[*tuple[Any, ...]]) -> Listed:
        return Listed(
            id=row.id,
            standing=Standing(row.standing),
            message=self._message(row),
            due=row.due_at,
            attempts=row.attempts,
            reason=row.reason,
            ended_at=row.finished_at,
        )

    def _message(self, row: Row[*tuple[Any, ...]]) -> OutboundMessage:
        try:
            return self._adapter.validate_json(row.message)
        except ValidationError:
            value = row.conversation.removeprefix(f"{row.channel}:")
            to = Address(channel=row.channel, value=value)
            return OutboundMessage(
                key=row.key, to=to, conversation=row.conversation, reply=_UNREADABLE
            )


def _by_state() -> Select[Any]:
    return select(outbox.c.state, func.count().label("many")).group_by(outbox.c.state)


def _unsent() -> Select[int]:
    return select(func.count()).select_from(outbox).where(_IS[Standing.UNSENT])


def _standing() -> ColumnElement[str]:
    return case(*((rule, one.value) for one, rule in _IS.items()), else_=Standing.FAILED.value)


def _query(wanted: Wanted) -> Select[Any]:
    waits = wanted.standing is Standing.WAITING
    order = (outbox.c.due_at, outbox.c.id) if waits else (outbox.c.id.desc(),)
    shown = (_standing().label("standing"), _tells(wanted.kind).label("tells"))
    return select(outbox, *shown).where(*_conditions(wanted)).order_by(*order)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.standing:
        yield _IS[wanted.standing]
    if wanted.places:
        yield or_(*(_is_at(place) for place in wanted.places))
    if wanted.kind:
        said = (f'"kind":"{inside_json(wanted.kind)}"', f'"{inside_json(wanted.kind)}:')
        may_be = (outbox.c.message.contains(one, autoescape=True) for one in said)
        yield or_(*may_be, _tells(wanted.kind))
    if wanted.since:
        yield func.coalesce(outbox.c.finished_at, outbox.c.due_at) >= wanted.since


def _tells(kind: str) -> ColumnElement[bool]:
    """Whether it is a digest with news of that kind."""
    by_it = (gathered.c.message == outbox.c.key, gathered.c.message != literal_column("''"))
    return exists().where(*by_it, gathered.c.kind == kind)


def _is_at(place: str) -> ColumnElement[bool]:
    """Said there to all, or to whom the address belongs where others read along."""
    channel, _, value = place.partition(":")
    there = or_(outbox.c.conversation == place, outbox.c.place == place)
    aside = and_(outbox.c.channel == channel, outbox.c.told == value, not_(outbox.c.told == ""))
    return or_(there, aside)


def _is_of(message: OutboundMessage, kind: str) -> bool:
    """Whether it is of that kind, or says a notice that is."""
    if not kind or message.kind == kind:
        return True
    return any(key.partition(":")[0] == kind for key in message.notices)
