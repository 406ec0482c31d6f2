"""Shares, comments on them, and offered evidence."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, insert, select, update

from bot.domain.people import Person
from bot.domain.sharing import Comment, Offer, OfferState, Share
from storage.columns import fits
from storage.dialects import insert_once
from storage.tables import comments, offers, shares


class SqlShares:
    """Shares and what comes with them in their tables; see `bot.ports.Shares` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, owner: Person, mentor: Person, *, set_id: str, until: datetime, at: datetime
    ) -> Share:
        """A new share."""
        values = {"owner_id": owner.id, "mentor_id": mentor.id, "set_id": set_id, "until": until}
        made = insert(shares).values(**values, made_at=at).returning(shares)
        return _share(self._connection.execute(made).one())

    def get(self, number: int) -> Share | None:
        """The share of that number, of any candidate."""
        found = self._shares(shares.c.id == number) if fits(number) else ()
        return next(iter(found), None)

    def by(self, owner: Person) -> tuple[Share, ...]:
        """Every share the candidate made, ended ones too, oldest first."""
        return self._shares(shares.c.owner_id == owner.id)

    def with_(self, mentor: Person) -> tuple[Share, ...]:
        """Every share with that mentor, ended ones too, oldest first."""
        rows = self._connection.execute(_with(), {"mentor": mentor.id})
        return tuple(_share(row) for row in rows)

    def mentors(self, *, now: datetime) -> tuple[int, ...]:
        """The numbers of everybody with whom something is shared now, in order."""
        active = (shares.c.revoked_at.is_(None), shares.c.until > now)
        found = self._connection.execute(select(shares.c.mentor_id).where(*active)).scalars()
        return tuple(sorted(set(found)))  # asked for in order, SQLite would look at ended ones too

    def revoke(self, share: Share, *, at: datetime) -> bool:
        """Ends it; False when it was revoked already."""
        standing = (shares.c.id == share.id, shares.c.revoked_at.is_(None))
        revoked = update(shares).where(*standing).values(revoked_at=at)
        return self._connection.execute(revoked).rowcount == 1

    def comment(
        self, share: Share, author: Person, *, section: str, text: str, set_id: str, at: datetime
    ) -> Comment:
        """Keeps a comment."""
        made = insert(comments).values(
            share_id=share.id,
            owner_id=share.owner_id,
            author_id=author.id,
            author=author.name,
            set_id=set_id,
            section=section,
            text=text,
            at=at,
        )
        return _comment(self._connection.execute(made.returning(comments)).one())

    def comments(self, owner: Person) -> tuple[Comment, ...]:
        """Every comment on the candidate's record, oldest first."""
        query = select(comments).where(comments.c.owner_id == owner.id).order_by(comments.c.id)
        return tuple(_comment(row) for row in self._connection.execute(query))

    def offer(self, new: Offer) -> Offer:
        """Keeps an offered file; the same bytes offered by the same person again are one offer."""
        values = asdict(new)
        values.pop("id")
        insert_once(self._connection, offers, values | {"state": new.state.value})
        same = {"owner_id": new.owner_id, "from_id": new.from_id, "sha256": new.sha256}
        (found,) = self._offers(*(offers.c[column] == value for column, value in same.items()))
        return found

    def get_offer(self, number: int) -> Offer | None:
        """The offer of that number, to any candidate."""
        found = self._offers(offers.c.id == number) if fits(number) else ()
        return next(iter(found), None)

    def offers(self, owner: Person) -> tuple[Offer, ...]:
        """Every offer to the candidate, oldest first."""
        return self._offers(offers.c.owner_id == owner.id)

    def settle(self, offer: Offer, state: OfferState, *, at: datetime) -> bool:
        """Accepts or declines it; False when that was done already."""
        waiting = (offers.c.id == offer.id, offers.c.state == OfferState.WAITING.value)
        settled = update(offers).where(*waiting).values(state=state.value, settled_at=at)
        return self._connection.execute(settled).rowcount == 1

    def _shares(self, claim: ColumnElement[bool]) -> tuple[Share, ...]:
        rows = self._connection.execute(select(shares).where(claim).order_by(shares.c.id))
        return tuple(_share(row) for row in rows)

    def _offers(self, *claims: ColumnElement[bool]) -> tuple[Offer, ...]:
        rows = self._connection.execute(select(offers).where(*claims).order_by(offers.c.id))
        return tuple(_offer(row) for row in rows)


@cache  # asked for every message; building a statement takes longer than running it
def _with() -> Select[Any]:
    return select(shares).where(shares.c.mentor_id == bindparam("mentor")).order_by(shares.c.id)


def _share(row: Row[Any]) -> Share:
    return Share(**row._mapping)


def _comment(row: Row[Any]) -> Comment:
    return Comment(**row._mapping)


def _offer(row: Row[Any]) -> Offer:
    return Offer(**{**row._mapping, "state": OfferState(row.state)})
