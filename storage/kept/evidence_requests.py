"""What more is wanted, by section."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Person
from bot.domain.submission import Submission
from bot.errors import Refused
from storage.dialects import insert_once
from storage.tables import evidence_requests


class SqlEvidenceRequests:
    """Requests in their table; see `bot.ports.EvidenceRequests` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, person: Person, *, submission: Submission, section: str, token: str, at: datetime
    ) -> EvidenceRequest:
        """A new request, or the one there is; raises `Refused` when the token was used before."""
        same = {"submission_id": submission.id, "section": section}
        values = {**same, "person_id": person.id, "token": token, "opened_at": at}
        insert_once(self._connection, evidence_requests, values)
        found = self._only(*(evidence_requests.c[name] == same[name] for name in same))
        if found is None:
            raise Refused("This token was given out before: make another one.")
        return found

    def of(self, person: Person) -> tuple[EvidenceRequest, ...]:
        """All requests to the candidate, oldest first."""
        own = select(evidence_requests).where(evidence_requests.c.person_id == person.id)
        rows = self._connection.execute(own.order_by(evidence_requests.c.id))
        return tuple(request_of(row) for row in rows)

    def by_token(self, token: str) -> EvidenceRequest | None:
        """The request that a token names, of any candidate."""
        return self._only(evidence_requests.c.token == token)

    def close(self, request: EvidenceRequest, *, evidence: int, at: datetime) -> bool:
        """Answers it with the file of that number; False when it is closed already."""
        return self._close(request, {"closed_at": at, "closed_by": evidence})

    def give_up(self, request: EvidenceRequest, *, at: datetime) -> bool:
        """Closes it without an answer; False when it is closed already."""
        return self._close(request, {"closed_at": at})

    def reopen(self, request: EvidenceRequest) -> None:
        """Lets it wait again."""
        own = evidence_requests.c.id == request.id
        freed = {"closed_at": None, "closed_by": None}
        self._connection.execute(update(evidence_requests).where(own).values(**freed))

    def _close(self, request: EvidenceRequest, values: dict[str, Any]) -> bool:
        closed = self._connection.execute(
            update(evidence_requests)
            .where(evidence_requests.c.id == request.id, evidence_requests.c.closed_at.is_(None))
            .values(**values)
        )
        return closed.rowcount == 1

    def _only(self, *claims: ColumnElement[bool]) -> EvidenceRequest | None:
        row = self._connection.execute(select(evidence_requests).where(*claims)).first()
        return request_of(row) if row is not None else None


def request_of(row: Row[Any]) -> EvidenceRequest:
    return EvidenceRequest(
        id=row.id,
        submission_id=row.submission_id,
        person_id=row.person_id,
        section=row.section,
        token=row.token,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
