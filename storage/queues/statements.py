"""What a queue says to the database, built once and said often.

Building a statement takes longer than running it, so each is kept for its table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.columns import Instant

CLAIMED = "claimed"
WAITING = "waiting"
OfRow = Callable[[FromClause], ColumnElement[bool]]
_NOW = bindparam("now", type_=Instant())


class Rules(TypedDict):
    """Which rows may be next; see `next_row`."""

    of_channel: bool
    strict: bool
    unless: OfRow | None


@cache
def next_row(table: Table, *, of_channel: bool, strict: bool, unless: OfRow | None) -> Select[Any]:
    """Selects the row that has been due longest, of conversations that nothing holds up.

    Wants `now`, and `served` when rows of one channel alone count. Unless it is `strict`, an
    earlier row that was for a later moment from the start holds up nothing. Rows of which `unless`
    is true are passed over. Where several workers can ask at once each gets another row; SQLite has
    its own lock and ignores this part.
    """
    row = table.alias("next")
    query = (
        select(row.c.due_at, row.c.id)
        .where(row.c.finished_at.is_(None), row.c.due_at <= _NOW)
        .where(~_held_up(table, row, strict=strict), ~_has_company(table, row))
        .order_by(row.c.due_at, row.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    query = query.where(~unless(row)) if unless else query
    return query.where(row.c.channel == bindparam("served")) if of_channel else query


@cache
def lease(table: Table) -> ReturningUpdate[Any]:
    """Gives `row` to the holder of `lease` until `until`, unless it was taken before `now`."""
    return _leased(table, bindparam("row"))


@cache
def lease_next(table: Table, **rules: Unpack[Rules]) -> ReturningUpdate[Any]:
    """Gives the row that `next_row` selects, at once."""
    found = next_row(table, **rules)
    return _leased(table, found.with_only_columns(found.selected_columns.id).scalar_subquery())


def _leased(table: Table, row: ColumnElement[int]) -> ReturningUpdate[Any]:
    due = (table.c.finished_at.is_(None), table.c.due_at <= _NOW)
    return (
        update(table)
        .where(table.c.id == row, *due)
        .values(
            state=CLAIMED,
            token=bindparam("lease"),
            due_at=bindparam("until", type_=Instant()),
            attempts=table.c.attempts + 1,
        )
        .returning(table.c.id, table.c.token, table.c.attempts, table.c.message)
    )


@cache
def end_leases_after(table: Table) -> Update:
    """Makes rows whose lease ends later than `latest` due `now`.

    Any conversation would do, but for SQLite to walk through the leases and not through the table.
    """
    leased = (table.c.token.is_not(None), table.c.conversation >= "")
    late = table.c.due_at > bindparam("latest", type_=Instant())
    freed = {"state": WAITING, "token": None, "due_at": _NOW}
    return update(table).where(*leased, late).values(**freed)


def bring_forward(table: Table, of: ColumnElement[bool] | None) -> Update:
    """Makes rows that wait for a later moment, and are what `of` tells, due `now`."""
    waits = (_free(table), table.c.due_at > _NOW)
    own = () if of is None else (of,)
    return update(table).where(*waits, *own).values(due_at=_NOW)


@cache
def oldest_open(table: Table) -> Select[Any]:
    """Selects the oldest unfinished row of `conversation`."""
    return (
        select(table.c.due_at, table.c.token, table.c.attempts)
        .where(table.c.conversation == bindparam("conversation"), table.c.finished_at.is_(None))
        .order_by(table.c.id)
        .limit(1)
    )


@cache
def end(table: Table) -> Update:
    """Sets the columns it is given in `row`, if `lease` still holds it."""
    return update(table).where(table.c.id == bindparam("row"), table.c.token == bindparam("lease"))


@cache
def end_free(table: Table) -> Update:
    """Sets the columns it is given in those of `rows` that wait and that nobody holds."""
    return update(table).where(table.c.id.in_(bindparam("rows", expanding=True)), _free(table))


@cache
def give_up(table: Table) -> Update:
    """Sets the columns it is given in `row`, unless somebody else took it after `made` attempts."""
    ours = or_(table.c.token == bindparam("lease"), _free(table))
    same = (table.c.id == bindparam("row"), table.c.attempts == bindparam("made"))
    return update(table).where(*same, ours)


@cache
def put_off(table: Table) -> Update:
    """Makes those of `rows` that nobody holds due no earlier than `until`."""
    ours = (table.c.id.in_(bindparam("rows", expanding=True)), _free(table))
    until = bindparam("until", type_=Instant())
    return update(table).where(*ours, table.c.due_at < until).values(due_at=until)


def _free(table: Table) -> ColumnElement[bool]:
    return and_(table.c.token.is_(None), table.c.finished_at.is_(None))


def _held_up(table: Table, row: FromClause, *, strict: bool) -> ColumnElement[bool]:
    """An earlier row of the conversation is unfinished; one for a later day may not count."""
    elder = table.alias("elder")
    counts = or_(elder.c.attempts > 0, elder.c.due_at <= _NOW)
    return exists().where(
        elder.c.conversation == row.c.conversation,
        elder.c.finished_at.is_(None),
        elder.c.id < row.c.id,
        *(() if strict else (counts,)),
    )


def _has_company(table: Table, row: FromClause) -> ColumnElement[bool]:
    """Any row of the conversation is with a worker, a later one too.

    Two writers may commit in the other order than they were numbered, and a row for a later day
    may become due while a younger one is being sent.
    """
    other = table.alias("other")
    return exists().where(
        other.c.conversation == row.c.conversation,
        other.c.token.is_not(None),
        other.c.due_at > _NOW,
    )
