"""Questions passed to staff."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    bindparam,
    func,
    select,
    update,
)

from bot.domain.handover import HandedOver
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.ports import HandOver
from storage.columns import fits
from storage.dialects import insert_once
from storage.kept.reaching import SqlAnnouncements
from storage.tables import handovers


class SqlHandOvers:
    """Questions in their table; see `bot.ports.HandOvers` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        asker: Address,
        conversation: str,
        question: str,
        *,
        person: Person | None,
        at: datetime,
    ) -> HandOver:
        """Passes a question to staff; the same address's same question, still open, is not new."""
        same = {
            "channel": asker.channel,
            "value": asker.value,
            "sha256": _name(question),
        }
        values = {
            **same,
            "question": question,
            "at": at,
            "conversation": conversation,
            "person_id": person.id if person else None,
            "more": (),
            **dict.fromkeys(("taken_name", "answered_name", "answer"), ""),
        }
        while (made := insert_once(self._connection, handovers, values)) is None:
            if (open_one := self._open_one(same)) is not None:
                return HandOver(number=open_one, new=False)
            # It was answered between the two looks: now the question is a new one.
        self._mark(made.id, at)
        return HandOver(number=made.id, new=True)

    def get(self, number: int) -> HandedOver | None:
        """The question of that number."""
        if not fits(number):
            return None
        row = self._connection.execute(select(handovers).where(handovers.c.id == number)).first()
        return _handed_over(row) if row is not None else None

    def waiting(self, asker: Address, *, person: Person | None) -> int:
        """How many questions of that address wait for a reply: the person's, or those of nobody."""
        own = (handovers.c.channel == asker.channel, handovers.c.value == asker.value)
        return self._waiting(*own, handovers.c.person_id == (person.id if person else None))

    def waiting_of_nobody(self, channel: str) -> int:
        """How many wait that came by that channel from whoever was nobody known."""
        return self._waiting(handovers.c.channel == channel, handovers.c.person_id.is_(None))

    def _waiting(self, *own: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(handovers).where(*own, _UNANSWERED)
        return self._connection.execute(query).scalar_one()

    def open(self, *, limit: int) -> tuple[HandedOver, ...]:
        """Questions without a reply, oldest first."""
        query = select(handovers).where(_UNANSWERED).order_by(handovers.c.id).limit(limit)
        return tuple(_handed_over(row) for row in self._connection.execute(query))

    def open_in(self, conversation: str) -> HandedOver | None:
        """The newest question of the conversation that waits for a reply."""
        row = self._connection.execute(_newest_in(), {"conversation": conversation}).first()
        return _handed_over(row) if row is not None else None

    def taken_in(self, conversation: str) -> HandedOver | None:
        """The newest question there that somebody is on, if the asker did not turn from it."""
        row = self._connection.execute(_taken_in(), {"conversation": conversation}).first()
        return _handed_over(row) if row is not None else None

    def resume(self, conversation: str, *, at: datetime) -> bool:
        """The asker turns from whoever is on a question there; False when nobody is."""
        turned = update(handovers).where(handovers.c.conversation == conversation, *_MINDED)
        return self._connection.execute(turned.values(resumed_at=at)).rowcount > 0

    def asked_as(self, questions: Sequence[str]) -> Mapping[str, int]:
        """The newest number, by question, of those that were passed on in just these words."""
        names = {_name(question): question for question in questions}
        passed = handovers.c.sha256.in_(list(names))
        query = select(handovers.c.sha256, handovers.c.id).where(passed)
        rows = self._connection.execute(query.order_by(handovers.c.id))
        return {names[row.sha256]: row.id for row in rows}

    def add_words(self, number: int, words: str, *, at: datetime) -> None:
        """Adds what the asker said since."""
        own = handovers.c.id == number
        before = self._connection.execute(
            select(handovers.c.more).where(own).with_for_update()
        ).scalar()
        added = update(handovers).where(own).values(more=(*(before or ()), words))
        self._changed(number, added, at)

    def take(self, number: int, person: Person, *, at: datetime) -> bool:
        """Notes who is on it; False when somebody is, or it was answered."""
        free = (handovers.c.id == number, _UNANSWERED, handovers.c.taken_by.is_(None))
        taken = update(handovers).where(*free)
        values = {"taken_by": person.id, "taken_name": person.name}
        return self._changed(number, taken.values(**values), at)

    def answer(self, number: int, person: Person, text: str, *, at: datetime) -> bool:
        """Keeps the reply; False when there is one already."""
        values = {
            "answered_by": person.id,
            "answered_name": person.name,
            "answered_at": at,
            "answer": text,
        }
        answered = update(handovers).where(handovers.c.id == number, _UNANSWERED)
        return self._changed(number, answered.values(**values), at)

    def _changed(self, number: int, change: Update, at: datetime) -> bool:
        """Whether the change found its question, which is marked then."""
        found = self._connection.execute(change).rowcount == 1
        if found:
            self._mark(number, at)
        return found

    def _mark(self, number: int, at: datetime) -> None:
        SqlAnnouncements(self._connection).mark(f"question:{number}", at=at)

    def _open_one(self, same: Mapping[str, str]) -> int | None:
        query = select(handovers.c.id).filter_by(**same).where(_UNANSWERED)
        return self._connection.execute(query).scalar()


_UNANSWERED: ColumnElement[bool] = handovers.c.answered_at.is_(None)
_MINDED: tuple[ColumnElement[bool], ...] = (
    _UNANSWERED,
    handovers.c.taken_by.is_not(None),
    handovers.c.resumed_at.is_(None),
)


@cache  # every message asks this; building a question takes longer than answering it
def _newest_in() -> Select[Any]:
    own = handovers.c.conversation == bindparam("conversation")
    return select(handovers).where(own, _UNANSWERED).order_by(handovers.c.id.desc()).limit(1)


@cache
def _taken_in() -> Select[Any]:
    own = handovers.c.conversation == bindparam("conversation")
    return select(handovers).where(own, *_MINDED).order_by(handovers.c.id.desc()).limit(1)


def _name(question: str) -> str:
    return hashlib.sha256(question.encode()).hexdigest()


def _handed_over(row: Row[Any]) -> HandedOver:
    values = dict(row._mapping)
    del values["sha256"]
    asker = Address(channel=values.pop("channel"), value=values.pop("value"))
    return HandedOver(number=values.pop("id"), asker=asker, **values)
