"""What is kept for e-mail: places in mailboxes, private tokens, held messages, what came back."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address, InboundMessage, OutboundMessage
from bot.domain.people import Person
from bot.ports import Held, MailboxPlace
from storage.dialects import insert_once, insert_or_update
from storage.kept.people import person_of
from storage.tables import (
    answers_given,
    bounces,
    declined_kinds,
    held_mails,
    mailbox_places,
    outbox,
    people,
    private_tokens,
)

_SHORTEST_ID = 20  # letters of a Message-ID that nobody can foresee
_IS_CARD: ColumnElement[bool] = literal_column("card <> ''")  # spelled as its index spells it


class SqlMailing:
    """It all in its tables; see `bot.ports.Mailing` for the contract."""

    def __init__(
        self,
        connection: Connection,
        adapter: TypeAdapter[InboundMessage],
        outbound: TypeAdapter[OutboundMessage],
    ) -> None:
        self._connection = connection
        self._adapter = adapter
        self._outbound = outbound

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read."""
        query = select(mailbox_places).where(mailbox_places.c.name == name)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return MailboxPlace(uidvalidity=row.uidvalidity, next_uid=row.next_uid, since=row.since)

    def keep_place(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place in the stead of an older one."""
        row = {"uidvalidity": place.uidvalidity, "next_uid": place.next_uid, "since": place.since}
        insert_or_update(self._connection, mailbox_places, {"name": name, **row})

    def token_of(self, person: Person) -> str:
        """The person's private token; empty when they have none."""
        own = private_tokens.c.person_id == person.id
        found = self._connection.execute(select(private_tokens.c.token).where(own)).scalar()
        return found or ""

    def keep_token(self, person: Person, token: str, *, at: datetime) -> bool:
        """Puts it in place of the person's older one; false when it is somebody else's."""
        self.drop_token(person)
        row = {"person_id": person.id, "token": token, "made_at": at}
        return insert_once(self._connection, private_tokens, row) is not None

    def drop_token(self, person: Person) -> None:
        """The person has no private token any more."""
        own = private_tokens.c.person_id == person.id
        self._connection.execute(delete(private_tokens).where(own))

    def owner_of(self, token: str) -> Person | None:
        """Whose private token it is."""
        row = self._connection.execute(_owner(), {"token": token}).first()
        return person_of(row) if row is not None else None

    def hold(self, held: Held) -> None:
        """Keeps a message; once it is expired or ended it is forgotten."""
        message = self._adapter.dump_json(held.message).decode()
        row = {
            "code_hash": held.code_hash,
            "person_id": held.person_id,
            "message": message,
            "at": held.at,
            "expires": held.expires,
            "told_at": held.told_at,
        }
        self._connection.execute(insert(held_mails).values(**row))

    def held(self, code_hash: str, *, now: datetime) -> Held | None:
        """The message of that code that waits."""
        own = held_mails.c.code_hash == code_hash
        row = self._connection.execute(select(held_mails).where(own, *_waits(now))).first()
        return self._held(row) if row is not None else None

    def held_of(self, person: Person, *, now: datetime) -> tuple[Held, ...]:
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

    def end(self, code_hash: str, *, now: datetime) -> InboundMessage | None:
        """Takes the message out, for one caller only; None when it does not wait any more."""
        own = held_mails.c.code_hash == code_hash
        ended = update(held_mails).where(own, *_waits(now)).values(ended_at=now)
        if self._connection.execute(ended).rowcount != 1:
            return None
        message = self._connection.execute(select(held_mails.c.message).where(own)).scalar_one()
        self._connection.execute(update(held_mails).where(own).values(message=""))
        return self._adapter.validate_json(message)

    def forget_expired(self, *, now: datetime) -> int:
        """Forgets what waited too long; how many there were."""
        old = held_mails.c.expires <= now
        return self._connection.execute(delete(held_mails).where(old)).rowcount

    def note_answer(self, address: Address, *, at: datetime) -> None:
        """Notes that something is said to the address because it wrote."""
        row = {"channel": address.channel, "value": address.value, "at": at}
        self._connection.execute(insert(answers_given).values(**row))

    def answers_to(self, address: Address, *, since: datetime) -> tuple[datetime, ...]:
        """When that was since then, the oldest first; what is older is forgotten."""
        self._connection.execute(delete(answers_given).where(answers_given.c.at <= since))
        own = (_at(answers_given, address), answers_given.c.at > since)
        query = select(answers_given.c.at).where(*own).order_by(answers_given.c.at)
        return tuple(self._connection.execute(query).scalars())

    def note_bounce(self, address: Address, bounce: Bounce, *, receipt: str, why: str) -> bool:
        """Notes that a message came back; false when that is known of this one."""
        row = {
            "channel": address.channel,
            "value": address.value,
            "receipt": receipt,
            "hard": bounce.hard,
            "why": why,
            "at": bounce.at,
        }
        return insert_once(self._connection, bounces, row) is not None

    def bounces(self, address: Address) -> tuple[Bounce, ...]:
        """What came back from there, the oldest first, and was not forgotten since."""
        named = {"channel": address.channel, "value": address.value}
        rows = self._connection.execute(_bounces(), named)
        return tuple(Bounce(hard=row.hard, at=row.at) for row in rows)

    def forget_bounces(self, address: Address) -> bool:
        """Somebody is there after all; false when nothing was known against it."""
        return self._connection.execute(delete(bounces).where(_at(bounces, address))).rowcount > 0

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

    def card_of(self, channel: str, receipt: str) -> OutboundMessage | None:
        """The card that was sent to any room of the channel under this Message-ID."""
        message = self._connection.execute(_card(), {"channel": channel, "receipt": receipt})
        found = message.scalar()
        return self._outbound.validate_json(found) if receipt and found is not None else None

    def was_sent(self, address: Address, receipt: str) -> bool:
        """Whether a message of that Message-ID, or of its first 20 letters, went to the address."""
        begun = receipt.strip().strip("<>").lower()
        if len(begun.partition("@")[0]) < _SHORTEST_ID:
            return False
        same = outbox.c.receipt.istartswith(begun, autoescape=True)
        bare = outbox.c.receipt.istartswith(f"<{begun}", autoescape=True)
        there = outbox.c.conversation.in_({str(address), str(_small(address))})
        own = select(outbox.c.id).where(there, outbox.c.receipt != "", same | bare).limit(1)
        return self._connection.execute(own).first() is not None

    def _held(self, row: Row[Any]) -> Held:
        return Held(
            code_hash=row.code_hash,
            person_id=row.person_id,
            message=self._adapter.validate_json(row.message),
            at=row.at,
            expires=row.expires,
            told_at=row.told_at,
        )


@cache  # building a statement takes longer than running it
def _owner() -> Select[Any]:
    own = private_tokens.c.token == bindparam("token")
    return select(people).join(private_tokens).where(own)


@cache
def _bounces() -> Select[Any]:
    named = (bounces.c.channel == bindparam("channel"), bounces.c.value == bindparam("value"))
    return select(bounces.c.hard, bounces.c.at).where(*named).order_by(bounces.c.at)


@cache
def _card() -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), outbox.c.receipt == bindparam("receipt"))
    return select(outbox.c.message).where(*own, _IS_CARD).order_by(outbox.c.id.desc()).limit(1)


def _small(address: Address) -> Address:
    return Address(channel=address.channel, value=address.value.lower())


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (held_mails.c.ended_at.is_(None), held_mails.c.expires > now)


def _at(table: Table, address: Address) -> ColumnElement[bool]:
    return (table.c.channel == address.channel) & (table.c.value == address.value)
