"""One-time codes that connect an address to a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.domain.people import Person
from bot.errors import Refused
from storage.dialects import insert_once
from storage.kept.people import person_of
from storage.tables import link_codes, people


class SqlLinks:
    """Codes in their table; see `bot.ports.Links` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(self, person: Person, *, code_hash: str, expires: datetime) -> None:
        """Keeps a code; raises `Refused` when it was given out before, to anyone."""
        values = {"person_id": person.id, "code_hash": code_hash, "expires": expires}
        if insert_once(self._connection, link_codes, values) is None:
            raise Refused("This code was given out before: make another one.")

    def redeem(self, code_hash: str, *, now: datetime) -> Person | None:
        """The person, once, before it expires; None otherwise."""
        live = (
            (link_codes.c.code_hash == code_hash)
            & link_codes.c.redeemed_at.is_(None)
            & (link_codes.c.expires > now)
        )
        redeem = update(link_codes).where(live).values(redeemed_at=now)
        owner = self._connection.execute(redeem.returning(link_codes.c.person_id)).scalar()
        if owner is None:
            return None
        row = self._connection.execute(select(people).where(people.c.id == owner)).one()
        return person_of(row)

    def void(self, person: Person, *, at: datetime) -> None:
        """Lets no code of the person that was given out so far be redeemed."""
        live = (link_codes.c.person_id == person.id) & link_codes.c.redeemed_at.is_(None)
        self._connection.execute(update(link_codes).where(live).values(redeemed_at=at))

    def issued(self, person: Person, *, since: datetime) -> int:
        """How many of the person's codes expire after `since`, redeemed ones too."""
        own = (link_codes.c.person_id == person.id, link_codes.c.expires > since)
        query = select(func.count()).select_from(link_codes).where(*own)
        return self._connection.execute(query).scalar_one()
