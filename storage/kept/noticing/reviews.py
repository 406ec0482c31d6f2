"""What many people submitted, what is wanted of them since, and what they appealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, select

from bot.domain.appeal import Appeal
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.submission import Submission
from storage.among import among
from storage.kept.appeals import appeal_of
from storage.kept.evidence_requests import request_of
from storage.kept.submission_rows import without_items
from storage.tables import appeals, evidence_requests, submissions

T = TypeVar("T")


def submissions_of(
    connection: Connection, numbers: Collection[int]
) -> Mapping[int, list[Submission]]:
    """Their submissions without items, oldest first."""
    return _by_person(connection, _submissions(), numbers, without_items)


def requests_of(
    connection: Connection, numbers: Collection[int]
) -> Mapping[int, list[EvidenceRequest]]:
    """Requests to them, oldest first."""
    return _by_person(connection, _requests(), numbers, request_of)


def appeals_of(connection: Connection, numbers: Collection[int]) -> Mapping[int, list[Appeal]]:
    """Their appeals, oldest first."""
    return _by_person(connection, _appeals(), numbers, appeal_of)


def _by_person(
    connection: Connection,
    query: Select[Any],
    numbers: Collection[int],
    value_of: Callable[[Row[Any]], T],
) -> Mapping[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in connection.execute(query, {"people": list(numbers)}).all():
        found[row.person_id].append(value_of(row))
    return found


@cache  # building a statement takes longer than running it
def _submissions() -> Select[Any]:
    columns = (column for column in submissions.c if column.name != "items")
    own = among(submissions.c.person_id, "people")
    return select(*columns).where(own).order_by(submissions.c.person_id, submissions.c.id)


@cache
def _requests() -> Select[Any]:
    table = evidence_requests
    own = among(table.c.person_id, "people")
    return select(table).where(own).order_by(table.c.person_id, table.c.id)


@cache
def _appeals() -> Select[Any]:
    own = among(appeals.c.person_id, "people")
    return select(appeals).where(own).order_by(appeals.c.person_id, appeals.c.id)
