"""Candidates' evidence and its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from bot.domain.letter import PROGRAM_KEYS
from bot.domain.people import Person
from bot.domain.portfolio import WITHDRAWN, Change, Evidence, Filing, Kind, State
from bot.errors import NotFound, Refused
from storage.kept.held_bytes import held
from storage.tables import changes, evidence, people


class SqlRecords:
    """Evidence in its tables; see `bot.ports.Records` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        person: Person,
        *,
        name: str,
        media_type: str,
        size: int,
        sha256: str,
        at: datetime,
    ) -> Evidence:
        """Keeps a file under the candidate's next number, withdrawn until a change files it."""
        row = self._connection.execute(
            insert(evidence)
            .values(
                person_id=person.id,
                number=self._next_number(person),
                name=name,
                media_type=media_type,
                size=size,
                sha256=sha256,
                stored_at=at,
                **_columns(WITHDRAWN),
            )
            .returning(evidence)
        ).one()
        return evidence_of(row)

    def of(self, person: Person) -> tuple[Evidence, ...]:
        """All of the candidate's evidence, withdrawn too, by number."""
        query = select(evidence).where(evidence.c.person_id == person.id)
        rows = self._connection.execute(query.order_by(evidence.c.number))
        return tuple(evidence_of(row) for row in rows)

    def numbered(self, person: Person, number: int) -> Evidence | None:
        """The candidate's evidence of that number."""
        query = select(evidence).where(
            evidence.c.person_id == person.id, evidence.c.number == number
        )
        row = self._connection.execute(query).first()
        return evidence_of(row) if row is not None else None

    def change(
        self, evidence: Evidence, filing: Filing, *, message_key: str, reason: str, at: datetime
    ) -> Evidence:
        """Moves the file to `filing`; the step starts where the file stands now."""
        before = self._standing(evidence)
        self._connection.execute(
            insert(changes).values(
                evidence_id=evidence.id,
                person_id=evidence.person_id,
                **_from_to(before, filing),
                message_key=message_key,
                reason=reason,
                at=at,
            )
        )
        return self._put(evidence.id, filing)

    def latest_changes(self, person: Person) -> tuple[Change, ...]:
        """The newest message's changes that were not undone, newest first.

        A step that left the file where it was is not one of them: there is nothing to undo. Nor is
        what the program filed itself: that is not the candidate's to take back.
        """
        theirs = changes.c.message_key.startswith(PROGRAM_KEYS, autoescape=True)
        held = and_(changes.c.undone_at.is_(None), _moved(), ~theirs)
        own = and_(changes.c.person_id == person.id, held)
        newest = select(changes.c.message_key).where(own).order_by(changes.c.id.desc()).limit(1)
        same_message = changes.c.message_key == newest.scalar_subquery()
        query = select(changes).where(own, same_message).order_by(changes.c.id.desc())
        return tuple(_change(row) for row in self._connection.execute(query))

    def undo(self, undone: tuple[Change, ...], *, at: datetime) -> tuple[Evidence, ...]:
        """Puts each file back, newest step first; each file is given once, by number."""
        restored: dict[int, Evidence] = {}
        for change in sorted(undone, key=lambda change: change.id, reverse=True):
            if self._mark_undone(change, at):
                restored[change.evidence_id] = self._put(change.evidence_id, change.before)
        return tuple(sorted(restored.values(), key=lambda evidence: evidence.number))

    def history(self, person: Person) -> tuple[Change, ...]:
        """Every step, undone ones too, oldest first."""
        query = select(changes).where(changes.c.person_id == person.id).order_by(changes.c.id)
        return tuple(_change(row) for row in self._connection.execute(query))

    def restore(self, person: Person, files: Sequence[Evidence], history: Sequence[Change]) -> None:
        """Keeps files and their steps as another installation had them; see the contract."""
        if self._next_number(person) != 1:
            raise Refused(f"{person.name} has files already; nothing was changed.")
        ids: dict[int, int] = {}
        for one in files:
            made = insert(evidence).values(**_restored(person, one)).returning(evidence.c.id)
            ids[one.number] = self._connection.execute(made).scalar_one()
        for step in history:
            values = _step_columns(step) | {"evidence_id": ids[step.evidence_id]}
            self._connection.execute(insert(changes).values(person_id=person.id, **values))

    def hashes(self) -> Iterator[str]:
        """The names of all bytes that a record, offer or submission holds, each once, in order."""
        return held(self._connection)

    def _next_number(self, person: Person) -> int:
        # The person's row is the queue for numbers where two writers can be at work at once.
        self._connection.execute(
            select(people.c.id).where(people.c.id == person.id).with_for_update()
        )
        query = select(func.max(evidence.c.number)).where(evidence.c.person_id == person.id)
        return (self._connection.execute(query).scalar() or 0) + 1

    def _standing(self, wanted: Evidence) -> Filing:
        query = select(evidence).where(evidence.c.id == wanted.id).with_for_update()
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound(f"Evidence {wanted.number} is not in the record: list it and try again.")
        return evidence_of(row).filing

    def _put(self, evidence_id: int, filing: Filing) -> Evidence:
        row = self._connection.execute(
            update(evidence)
            .where(evidence.c.id == evidence_id)
            .values(**_columns(filing))
            .returning(evidence)
        ).one()
        return evidence_of(row)

    def _mark_undone(self, change: Change, at: datetime) -> bool:
        marked = self._connection.execute(
            update(changes)
            .where(changes.c.id == change.id, changes.c.undone_at.is_(None))
            .values(undone_at=at)
        )
        return marked.rowcount == 1


def _moved() -> ColumnElement[bool]:
    names = ("state", "sections", "kind")
    return or_(*(changes.c[f"before_{name}"] != changes.c[f"after_{name}"] for name in names))


def _columns(filing: Filing) -> dict[str, Any]:
    return {"state": filing.state.value, "sections": filing.sections, "kind": filing.kind.value}


def _from_to(before: Filing, after: Filing) -> dict[str, Any]:
    return {
        **{f"before_{name}": value for name, value in _columns(before).items()},
        **{f"after_{name}": value for name, value in _columns(after).items()},
    }


def _restored(person: Person, one: Evidence) -> dict[str, Any]:
    return {
        "person_id": person.id,
        "number": one.number,
        "name": one.name,
        "media_type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
        "stored_at": one.stored_at,
        **_columns(one.filing),
    }


def _step_columns(step: Change) -> dict[str, Any]:
    return {
        **_from_to(step.before, step.after),
        "message_key": step.message_key,
        "reason": step.reason,
        "at": step.at,
        "undone_at": step.undone_at,
    }


def _filing(*, state: str, sections: tuple[str, ...], kind: str) -> Filing:
    return Filing(state=State(state), sections=sections, kind=Kind(kind))


def evidence_of(row: Row[Any]) -> Evidence:
    return Evidence(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        stored_at=row.stored_at,
        filing=_filing(state=row.state, sections=row.sections, kind=row.kind),
    )


def _change(row: Row[Any]) -> Change:
    return Change(
        id=row.id,
        evidence_id=row.evidence_id,
        before=_filing(state=row.before_state, sections=row.before_sections, kind=row.before_kind),
        after=_filing(state=row.after_state, sections=row.after_sections, kind=row.after_kind),
        message_key=row.message_key,
        reason=row.reason,
        at=row.at,
        undone_at=row.undone_at,
    )
