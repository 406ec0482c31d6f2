"""What was said in people's names without proof, while it waits for their word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from bot.domain.codes import asked_key
from bot.domain.messages import InboundMessage
from bot.domain.people import Person
from bot.ports import Held
from storage.dialects import insert_once
from storage.kept.emptied import empty_asked, empty_said
from storage.kept.held_bytes import names_in
from storage.tables import held_mails, let_go


class SqlHeldMails:
    """Messages in their table; see `bot.ports.HeldMails` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[InboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter

    def hold(self, held: Held) -> None:
        """Keeps a message; once it is expired or ended it is forgotten."""
        row = {
            "code_hash": held.code_hash,
            "person_id": held.person_id,
            "message": self._adapter.dump_json(held.message).decode(),
            "at": held.at,
            "expires": held.expires,
            "told_at": held.told_at,
        }
        self._connection.execute(insert(held_mails).values(**row))

    def get(self, code_hash: str, *, now: datetime) -> Held | None:
        """The message of that code that waits."""
        own = held_mails.c.code_hash == code_hash
        row = self._connection.execute(select(held_mails).where(own, *_waits(now))).first()
        return self._held(row) if row is not None else None

    def of(self, person: Person, *, now: datetime) -> tuple[Held, ...]:
        """Everything that waits for the person's word, the oldest first."""
        own = held_mails.c.person_id == person.id
        query = select(held_mails).where(own, *_waits(now))
        rows = self._connection.execute(query.order_by(held_mails.c.at, held_mails.c.code_hash))
        return tuple(self._held(row) for row in rows)

    def asked_since(self, person: Person, *, since: datetime) -> int:
        """About how many messages the person was asked since then."""
        own = (held_mails.c.person_id == person.id, held_mails.c.told_at > since)
        query = select(func.count()).select_from(held_mails).where(*own)
        return self._connection.execute(query).scalar_one()

    def not_asked(self, *, limit: int) -> tuple[int, ...]:
        """The numbers of persons who were not asked about all that waits, the longest first."""
        waits = (held_mails.c.told_at.is_(None), held_mails.c.ended_at.is_(None))
        each = select(held_mails.c.person_id).where(*waits).group_by(held_mails.c.person_id)
        query = each.order_by(func.min(held_mails.c.at)).limit(limit)
        return tuple(self._connection.execute(query).scalars())

    def ask(self, held: Held, *, code_hash: str, at: datetime, expires: datetime) -> bool:
        """Notes that the person was asked about it; false when somebody else did so meanwhile."""
        own = (held_mails.c.code_hash == held.code_hash, held_mails.c.ended_at.is_(None))
        told = {"code_hash": code_hash, "told_at": at, "expires": expires}
        return self._connection.execute(update(held_mails).where(*own).values(**told)).rowcount == 1

    def end(self, code_hash: str, *, now: datetime) -> InboundMessage | None:
        """Takes the message out, for one caller only; None when it does not wait any more."""
        if not self.discard(code_hash, now=now):
            return None
        own = held_mails.c.code_hash == code_hash
        message = self._connection.execute(select(held_mails.c.message).where(own)).scalar_one()
        self._connection.execute(update(held_mails).where(own).values(message=""))
        return self._adapter.validate_json(message)

    def discard(self, code_hash: str, *, now: datetime) -> bool:
        """Lets the message wait no more, for one caller only."""
        own = held_mails.c.code_hash == code_hash
        ended = update(held_mails).where(own, *_waits(now)).values(ended_at=now)
        return self._connection.execute(ended).rowcount == 1

    def let_go(self, sha256: str) -> None:
        """Notes that these bytes are needed no more unless somebody holds them."""
        insert_once(self._connection, let_go, {"sha256": sha256})

    def forget(self, *, now: datetime) -> frozenset[str]:
        """Forgets what was discarded or waited too long, its words in both queues too."""
        old = (held_mails.c.expires <= now) & ~_was_not_asked()
        ended = held_mails.c.ended_at.is_not(None)
        query = select(held_mails.c.message, held_mails.c.code_hash, held_mails.c.expires)
        told = self._connection.execute(query.where(old | ended, held_mails.c.message != "")).all()
        for row in told:
            empty_said(self._connection, self._adapter.validate_json(row.message))
            empty_asked(self._connection, asked_key(row.code_hash, row.expires))
        names = {name for row in told for name in names_in(row.message)}
        names.update(self._connection.execute(select(let_go.c.sha256)).scalars())
        self._connection.execute(delete(let_go))
        self._connection.execute(delete(held_mails).where(old))
        self._connection.execute(update(held_mails).where(ended).values(message=""))
        return frozenset(names)

    def _held(self, row: Row[Any]) -> Held:
        return Held(
            code_hash=row.code_hash,
            person_id=row.person_id,
            message=self._adapter.validate_json(row.message),
            at=row.at,
            expires=row.expires,
            told_at=row.told_at,
        )


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (held_mails.c.ended_at.is_(None), (held_mails.c.expires > now) | _was_not_asked())


def _was_not_asked() -> ColumnElement[bool]:
    """What waits and was not asked about, however long ago it came."""
    return held_mails.c.told_at.is_(None) & held_mails.c.ended_at.is_(None)
