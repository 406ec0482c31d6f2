"""What is kept for e-mail: places in mailboxes, private tokens, and what is known of addresses."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address
from bot.domain.pacing import Answer
from bot.domain.people import Person
from bot.ports import MailboxPlace
from storage.dialects import insert_once, insert_or_update
from storage.kept.people import person_of
from storage.tables import (
    answers_given,
    bounces,
    declined_kinds,
    heard_from,
    mailbox_places,
    people,
    private_forms,
    private_tokens,
)


class SqlMailboxes:
    """Places in their table; see `bot.ports.Mailboxes` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read."""
        query = select(mailbox_places).where(mailbox_places.c.name == name)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return MailboxPlace(uidvalidity=row.uidvalidity, next_uid=row.next_uid, since=row.since)

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place in the stead of an older one."""
        row = {"uidvalidity": place.uidvalidity, "next_uid": place.next_uid, "since": place.since}
        insert_or_update(self._connection, mailbox_places, {"name": name, **row})


class SqlPrivateTokens:
    """Tokens in their table; see `bot.ports.PrivateTokens` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: Person) -> str:
        """The person's token; empty when they have none."""
        own = private_tokens.c.person_id == person.id
        found = self._connection.execute(select(private_tokens.c.token).where(own)).scalar()
        return found or ""

    def first(self, person: Person, token: str, *, at: datetime) -> str:
        """Gives the person this token unless they have one; the one that they have then."""
        row = {"person_id": person.id, "token": token, "made_at": at}
        insert_once(self._connection, private_tokens, row)
        return self.of(person)

    def renew(self, person: Person, token: str, *, at: datetime) -> None:
        """Puts it in place of the person's older one."""
        row = {"person_id": person.id, "token": token, "made_at": at}
        insert_or_update(self._connection, private_tokens, row)

    def drop(self, person: Person) -> None:
        """The person has no token any more."""
        own = private_tokens.c.person_id == person.id
        self._connection.execute(delete(private_tokens).where(own))

    def owner(self, token: str) -> Person | None:
        """Whose token it is."""
        row = self._connection.execute(_owner(), {"token": token}).first()
        return person_of(row) if row is not None else None

    def keep_form(self, channel: str, form: str) -> None:
        """Keeps what a private address looks like there."""
        insert_or_update(self._connection, private_forms, {"channel": channel, "form": form})

    def form(self, channel: str) -> str:
        """What a private address looks like there; empty where there are none."""
        query = select(private_forms.c.form).where(private_forms.c.channel == channel)
        return self._connection.execute(query).scalar() or ""


class SqlBounces:
    """Bounces in their table; see `bot.ports.Bounces` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, address: Address, bounce: Bounce, *, receipt: str, why: str) -> bool:
        """Notes that a message came back; a hard one takes the place of a soft one."""
        named = {"channel": address.channel, "value": address.value, "receipt": receipt}
        said = {"hard": bounce.hard, "why": why, "at": bounce.at}
        if insert_once(self._connection, bounces, {**named, **said}) is not None:
            return True
        same = _at(bounces, address) & (bounces.c.receipt == receipt) & ~bounces.c.hard
        worse = update(bounces).where(same).values(**said)
        return bounce.hard and self._connection.execute(worse).rowcount == 1

    def of(self, address: Address) -> tuple[Bounce, ...]:
        """What came back from there, the oldest first, and was not forgotten since."""
        named = {"channel": address.channel, "value": address.value}
        rows = self._connection.execute(_bounces(), named)
        return tuple(Bounce(hard=row.hard, at=row.at) for row in rows)

    def recent(self, *, since: datetime) -> tuple[Address, ...]:
        """Every address from which something came back at or after that instant."""
        query = select(bounces.c.channel, bounces.c.value).where(bounces.c.at >= since).distinct()
        rows = self._connection.execute(query.order_by(bounces.c.channel, bounces.c.value))
        return tuple(Address(channel=row.channel, value=row.value) for row in rows)

    def forget(self, address: Address) -> bool:
        """Somebody is there after all; false when nothing was known against it."""
        return self._connection.execute(delete(bounces).where(_at(bounces, address))).rowcount > 0

    def heard(self, address: Address, *, at: datetime) -> None:
        """Notes that somebody surely wrote from there."""
        row = {"channel": address.channel, "value": address.value, "at": at}
        insert_or_update(self._connection, heard_from, row)

    def heard_at(self, address: Address) -> datetime | None:
        """When that was last; None when it never was."""
        query = select(heard_from.c.at).where(_at(heard_from, address))
        found: datetime | None = self._connection.execute(query).scalar()
        return found


class SqlAnswers:
    """Answers in their table; see `bot.ports.Answers` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, whose: str, answer: Answer) -> None:
        """Notes one."""
        row = {"whose": whose, "at": answer.at, "proved": answer.proved}
        self._connection.execute(insert(answers_given).values(**row))

    def given(self, whose: str, *, since: datetime) -> tuple[Answer, ...]:
        """Those after that instant, the oldest first."""
        rows = self._connection.execute(_given(), {"whose": whose, "since": since})
        return tuple(Answer(at=row.at, proved=row.proved) for row in rows)

    def forget(self, *, until: datetime) -> int:
        """Forgets those up to that instant, whosever they are."""
        old = answers_given.c.at <= until
        return self._connection.execute(delete(answers_given).where(old)).rowcount


class SqlWantedKinds:
    """Declined kinds in their table; see `bot.ports.WantedKinds` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def decline(self, address: Address, kind: str) -> None:
        """Nothing of that kind is wanted there; harmless twice."""
        row = {"channel": address.channel, "value": address.value, "kind": kind}
        insert_once(self._connection, declined_kinds, row)

    def accept(self, address: Address, kind: str) -> None:
        """What is of that kind is wanted there again; harmless twice."""
        own = (_at(declined_kinds, address), declined_kinds.c.kind == kind)
        self._connection.execute(delete(declined_kinds).where(*own))

    def wants(self, address: Address, kind: str) -> bool:
        """Whether what is of that kind is to be said there."""
        own = (_at(declined_kinds, address), declined_kinds.c.kind == kind)
        return self._connection.execute(select(declined_kinds.c.kind).where(*own)).first() is None

    def declined(self, address: Address) -> tuple[str, ...]:
        """The kinds that are not wanted there, by name."""
        query = select(declined_kinds.c.kind).where(_at(declined_kinds, address))
        return tuple(self._connection.execute(query.order_by(declined_kinds.c.kind)).scalars())


@cache  # building a statement takes longer than running it
def _owner() -> Select[Any]:
    own = private_tokens.c.token == bindparam("token")
    return select(people).join(private_tokens).where(own)


@cache
def _bounces() -> Select[Any]:
    named = (bounces.c.channel == bindparam("channel"), bounces.c.value == bindparam("value"))
    return select(bounces.c.hard, bounces.c.at).where(*named).order_by(bounces.c.at)


@cache
def _given() -> Select[Any]:
    table = answers_given
    own = (table.c.whose == bindparam("whose"), table.c.at > bindparam("since"))
    return select(table.c.at, table.c.proved).where(*own).order_by(table.c.at)


def _at(table: Table, address: Address) -> ColumnElement[bool]:
    return (table.c.channel == address.channel) & (table.c.value == address.value)
