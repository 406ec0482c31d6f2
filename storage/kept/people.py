"""Who is known, where they are reached, and what they are enrolled for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.domain.messages import Address
from bot.domain.people import Candidate, Person, Proved
from bot.errors import Refused
from storage.columns import fits
from storage.dialects import insert_once, insert_or_update
from storage.kept.folded import folded_email, folded_name
from storage.tables import candidates, electives, former_identities, identities, people

_LONGEST_NUMBER = 18  # digits that fit into a database's integer


class SqlPeople:
    """People in their tables; see `bot.ports.People` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, *, email: str, time_zone: str) -> Person:
        """Makes a person; the e-mail address is kept in small letters."""
        values = {"name": name, "email": folded_email(email), "time_zone": time_zone}
        values["folded_name"] = folded_name(name)
        key = insert_once(self._connection, people, values)
        if key is None:
            raise Refused(f"{email} is somebody's address already: find that person instead.")
        return Person(id=key.id, name=name, email=values["email"], time_zone=time_zone)

    def rename(self, person: Person, name: str, *, time_zone: str) -> Person:
        """Puts this name and time zone in place of those known so far."""
        values = {"name": name, "folded_name": folded_name(name), "time_zone": time_zone}
        own = people.c.id == person.id
        self._connection.execute(update(people).where(own).values(**values))
        return replace(person, name=name, time_zone=time_zone)

    def readdress(self, person: Person, email: str) -> Person:
        """Puts this e-mail address, in small letters, in place of the one on record so far."""
        own, new = people.c.id == person.id, folded_email(email)
        if self._only(people.c.email == new) is not None:
            raise Refused(f"{new} is somebody's address already; nothing was changed.")
        self._connection.execute(update(people).where(own).values(email=new))
        return replace(person, email=new)

    def at(self, address: Address) -> Person | None:
        """The person whose proved address this is."""
        named = {"channel": address.channel, "value": address.value}
        row = self._connection.execute(_at(), named).first()
        return person_of(row) if row is not None else None

    def find(self, who: str) -> Person | None:
        """By e-mail address, number, or exact name (any case); None when absent or ambiguous."""
        return (
            self._only(people.c.email == folded_email(who))
            or self._numbered(who.strip().removeprefix("#"))
            or self._only(people.c.folded_name == folded_name(who))
        )

    def connect(self, person: Person, address: Address, *, at: datetime) -> None:
        """Trusts an address as this person's; harmless twice."""
        values = {"person_id": person.id, "channel": address.channel, "value": address.value}
        if insert_once(self._connection, identities, {**values, "connected_at": at}) is not None:
            self._is_not_lost(address)
            return
        owner = self._connection.execute(select(identities.c.person_id).where(_is(address)))
        if owner.scalar_one() != person.id:
            raise Refused(
                f"This {address.channel} address is connected to somebody else. "
                "They must disconnect it first."
            )

    def disconnect(self, address: Address, *, lost: bool = False) -> None:
        """Trusts the address no longer; that it was the person's stays known, to forget with them.

        Harmless when nobody trusted it. `lost` means that `restore` may bring it back.
        """
        gone = delete(identities).where(_is(address)).returning(identities.c.person_id)
        owner = self._connection.execute(gone).scalar()
        if owner is not None:
            named = {"person_id": owner, "channel": address.channel, "value": address.value}
            insert_or_update(self._connection, former_identities, {**named, "lost": lost})
        elif not lost:
            self._is_not_lost(address)

    def lost(self, person: Person) -> tuple[Address, ...]:
        """Addresses of the person that may come back."""
        table = former_identities
        found = select(table.c.channel, table.c.value).where(
            table.c.person_id == person.id, table.c.lost
        )
        rows = self._connection.execute(found.order_by(table.c.channel, table.c.value))
        return tuple(Address(channel=row.channel, value=row.value) for row in rows)

    def restore(self, address: Address, *, at: datetime) -> Person | None:
        """Trusts an address that was lost as that of whoever lost it, unless it is anybody's."""
        if self.at(address) is not None:
            return None
        lost = _was(address) & former_identities.c.lost
        query = select(people).join(former_identities).where(lost)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        person = person_of(row)
        self.connect(person, address, at=at)
        return person

    def gave_up(self, person: Person, address: Address) -> bool:
        """Whether the person disconnected the address themselves."""
        own = (former_identities.c.person_id == person.id, ~former_identities.c.lost)
        query = select(former_identities.c.value).where(_was(address), *own)
        return self.at(address) is None and self._connection.execute(query).first() is not None

    def _is_not_lost(self, address: Address) -> None:
        """Whoever has it now is the only one who can lose it; others gave it up for good."""
        gained = update(former_identities).where(_was(address), former_identities.c.lost)
        self._connection.execute(gained.values(lost=False))

    def enrol(
        self,
        person: Person,
        *,
        enrolled_on: date,
        subscription_ends: date,
        electives: tuple[str, ...],
    ) -> Candidate:
        """Makes the person a candidate; an elective named twice counts once."""
        dates = {"enrolled_on": enrolled_on, "subscription_ends": subscription_ends}
        values = {"person_id": person.id, **dates}
        if insert_once(self._connection, candidates, values) is None:
            raise Refused(f"{person.name} is a candidate already; nothing was changed.")
        chosen = tuple(dict.fromkeys(electives))
        self._choose(person, chosen)
        return Candidate(person=person, electives=chosen, **dates)

    def move(self, person: Person, *, enrolled_on: date, subscription_ends: date) -> None:
        """Puts these dates in place of a candidate's; harmless for somebody who is none."""
        dates = {"enrolled_on": enrolled_on, "subscription_ends": subscription_ends}
        own = candidates.c.person_id == person.id
        self._connection.execute(update(candidates).where(own).values(**dates))

    def candidate(self, person: Person) -> Candidate | None:
        """The person as a candidate, or None."""
        rows = self._connection.execute(_candidate(), {"person": person.id}).all()
        if not rows:
            return None
        return Candidate(
            person=person,
            enrolled_on=rows[0].enrolled_on,
            subscription_ends=rows[0].subscription_ends,
            electives=tuple(row.set_id for row in rows if row.set_id is not None),
        )

    def get(self, number: int) -> Person | None:
        """The person of that number."""
        return self._only(people.c.id == number) if fits(number) else None

    def choose(self, person: Person, electives: tuple[str, ...]) -> None:
        """Puts the electives (set ids) in place of those chosen before; named twice counts once."""
        self._connection.execute(_unchoose(), {"person": person.id})
        self._choose(person, tuple(dict.fromkeys(electives)))

    def addresses(self, person: Person) -> tuple[Address, ...]:
        """The person's proved addresses, the newest first."""
        return tuple(one.address for one in self.proved(person))

    def proved(self, person: Person) -> tuple[Proved, ...]:
        """The same addresses in the same order, with the instants they were connected at."""
        query = select(identities).where(identities.c.person_id == person.id)
        rows = self._connection.execute(query.order_by(identities.c.id.desc()))
        return tuple(
            Proved(
                address=Address(channel=row.channel, value=row.value),
                since=row.connected_at,
            )
            for row in rows
        )

    def count(self) -> int:
        """How many people are known."""
        return self._connection.execute(select(func.count()).select_from(people)).scalar_one()

    def _only(self, claim: ColumnElement[bool]) -> Person | None:
        rows = self._connection.execute(select(people).where(claim).limit(2)).all()
        return person_of(rows[0]) if len(rows) == 1 else None

    def _numbered(self, digits: str) -> Person | None:
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
            return None
        return self.get(int(digits))

    def _choose(self, person: Person, sets: tuple[str, ...]) -> None:
        rows = [{"person_id": person.id, "position": n, "set_id": s} for n, s in enumerate(sets)]
        if rows:
            self._connection.execute(insert(electives), rows)


# Messages ask these often; building a question takes longer than answering it.
@cache
def _at() -> Select[Any]:
    named = (identities.c.channel == bindparam("channel"), identities.c.value == bindparam("value"))
    return select(people).join(identities).where(*named)


@cache
def _candidate() -> Select[Any]:
    """With the electives, one to a row; a row without any where none were chosen."""
    chosen = candidates.outerjoin(electives, electives.c.person_id == candidates.c.person_id)
    query = select(candidates.c.enrolled_on, candidates.c.subscription_ends, electives.c.set_id)
    own = candidates.c.person_id == bindparam("person")
    return query.select_from(chosen).where(own).order_by(electives.c.position)


@cache
def _unchoose() -> Delete:
    return delete(electives).where(electives.c.person_id == bindparam("person"))


def _is(address: Address) -> ColumnElement[bool]:
    return (identities.c.channel == address.channel) & (identities.c.value == address.value)


def _was(address: Address) -> ColumnElement[bool]:
    named = former_identities.c.channel == address.channel
    return named & (former_identities.c.value == address.value)


def person_of(row: Row[Any]) -> Person:
    return Person(id=row.id, name=row.name, email=row.email, time_zone=row.time_zone)
