"""Appeals and their steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, select, update

from bot.domain.appeal import Appeal, StepTaken
from bot.domain.people import Person
from bot.domain.submission import Submission
from storage.columns import fits
from storage.dialects import insert_once
from storage.tables import appeals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What of an appeal is read and written as a whole."""

    decided_on: date
    notice: str
    taken: tuple[StepTaken, ...] = ()
    result_note: str = ""


class SqlAppeals:
    """Appeals in their table; see `bot.ports.Appeals` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, person: Person, *, submission: Submission, decided_on: date, notice: str
    ) -> Appeal:
        """A drafted appeal; the same submission again gives the one there is."""
        values = {
            "submission_id": submission.id,
            "person_id": person.id,
            "document": _text(_Document(decided_on=decided_on, notice=notice)),
            "result": "",
            "version": 0,
        }
        insert_once(self._connection, appeals, values)
        (found,) = self._those(appeals.c.submission_id == submission.id)
        return found

    def get(self, number: int) -> Appeal | None:
        """The appeal of that number, of any candidate."""
        found = self._those(appeals.c.id == number) if fits(number) else ()
        return next(iter(found), None)

    def of(self, person: Person) -> tuple[Appeal, ...]:
        """The candidate's appeals, oldest first."""
        return self._those(appeals.c.person_id == person.id)

    def open(self) -> tuple[Appeal, ...]:
        """Every appeal without a result, oldest first."""
        return self._those(appeals.c.result == "")

    def save(self, appeal: Appeal) -> bool:
        """Keeps the new state, if nobody changed it since it was read (by `version`)."""
        document = _Document(
            decided_on=appeal.decided_on,
            notice=appeal.notice,
            taken=appeal.taken,
            result_note=appeal.result_note,
        )
        saved = self._connection.execute(
            update(appeals)
            .where(appeals.c.id == appeal.id, appeals.c.version == appeal.version)
            .values(document=_text(document), result=appeal.result, version=appeal.version + 1)
        )
        return saved.rowcount == 1

    def _those(self, claim: ColumnElement[bool]) -> tuple[Appeal, ...]:
        query = select(appeals).where(claim).order_by(appeals.c.id)
        return tuple(appeal_of(row) for row in self._connection.execute(query))


@cache  # making one takes long, and few processes ever want it
def _adapter() -> TypeAdapter[_Document]:
    return TypeAdapter(_Document)


def _text(document: _Document) -> str:
    return _adapter().dump_json(document).decode()


def appeal_of(row: Row[Any]) -> Appeal:
    document = _adapter().validate_json(row.document)
    return Appeal(
        id=row.id,
        submission_id=row.submission_id,
        person_id=row.person_id,
        decided_on=document.decided_on,
        notice=document.notice,
        taken=document.taken,
        result=row.result,
        result_note=document.result_note,
        version=row.version,
    )
