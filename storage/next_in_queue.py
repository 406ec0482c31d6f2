"""Whose turn it is in a queue: one question to the database, written once and asked often."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, bindparam, exists, or_, select

from storage.columns import Instant

_NOW = bindparam("now", type_=Instant())


@cache  # building the question takes longer than answering it
def next_row(table: Table, *, of_channel: bool) -> Select[Any]:
    """Selects the row that has been due longest, of conversations that nothing holds up.

    Wants `now`, and `channel` when rows of one channel alone count. Where several workers can ask
    at once each gets another row; SQLite has its own lock and ignores this part.
    """
    row = table.alias("next")
    query = (
        select(row.c.due_at, row.c.id)
        .where(row.c.finished_at.is_(None), row.c.due_at <= _NOW)
        .where(~_held_up(table, row), ~_has_company(table, row))
        .order_by(row.c.due_at, row.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return query.where(row.c.channel == bindparam("channel")) if of_channel else query


def _held_up(table: Table, row: FromClause) -> ColumnElement[bool]:
    """An earlier row of the conversation is unfinished; one for a later day does not count."""
    elder = table.alias("elder")
    return exists().where(
        elder.c.conversation == row.c.conversation,
        elder.c.finished_at.is_(None),
        elder.c.id < row.c.id,
        or_(elder.c.attempts > 0, elder.c.due_at <= _NOW),
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
