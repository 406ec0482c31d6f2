"""Takes a person's data out of every table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update

from bot.domain.forms import ANSWER, DECIDE, MORE, RATE
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.domain.submission import Stage
from storage import tables
from storage.dialects import wait_alone
from storage.kept.addressed import everywhere, rows_of
from storage.kept.folded import folded_name
from storage.kept.held_bytes import held, told_of, wanted
from storage.kept.noticing.broadcasts import SENDING
from storage.kept.noticing.looks import LOOKING
from storage.kept.reaching import SqlAnnouncements
from storage.kept.silencing import own_words, silence
from storage.kept.submission_rows import items_adapter, review_adapter
from storage.kept.unnaming import unname

_ROWS_AT_ONCE = 500
_FORMS = {"submission": (RATE, DECIDE, MORE), "question": (ANSWER,)}  # by what they are about
_KINDS = {tables.submissions: "submission", tables.handovers: "question"}


class SqlErasure:
    """Forgets people; see `bot.ports.Erasure` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self) -> None:
        """Waits until nobody composes messages for many, and keeps others from that."""
        for name in (LOOKING, SENDING):
            wait_alone(self._connection, name)

    def bytes_of(self, person: Person) -> frozenset[str]:
        """The names of all bytes that the person's record, offers, appeals and messages tell of."""
        return frozenset(told_of(self._connection, person))

    def unheld(self, names: Collection[str]) -> frozenset[str]:
        """Those of the names that no record, offer, submission or unread message holds any more."""
        return frozenset(names).difference(held(self._connection), wanted(self._connection))

    def erase(self, person: Person, *, at: datetime) -> Mapping[str, int]:
        """Forgets the person; gives how many rows of each table went.

        What others were told about the person loses its words; where they themselves named the
        person, a number stands in place of the name. Who reviewed and decided other people's sets
        is kept as it was.
        """
        nobody = Person(
            id=person.id, name=f"erased person {person.id}", email=f"erased-{person.id}@invalid"
        )
        addresses = everywhere(self._connection, person)
        matters, on_it = self._matters(person, addresses), self._on_it(person)
        words = own_words(self._connection, person, addresses)
        told_of = self.bytes_of(person)
        went = {
            **self._messages(person, addresses),
            **self._questions(person, addresses),
            **self._sharing(person),
            **self._record(person),
        }
        self._rename(person, nobody, at)
        self._blank_decided(person)
        shown = silence(self._connection, person, addresses, words=words, gone=self.unheld(told_of))
        self._drop_drafts(matters)
        self._renew(matters | on_it | shown, at)
        return {kind: count for kind, count in went.items() if count}

    def _messages(self, person: Person, addresses: Sequence[Address]) -> dict[str, int]:
        """Everything the person said and was told."""
        went = dict.fromkeys(("inbox", "outbox", "answers_given"), 0)
        went.update(dict.fromkeys(("bounces", "declined_kinds", "heard_from"), 0))
        for table in (tables.inbox, tables.outbox):
            found = [row for a in addresses for row in rows_of(self._connection, table, a)]
            went[table.name] += self._delete_ids(table, sorted({row.id for row in found}))
        self._delete(tables.rests, tables.rests.c.place.in_([str(each) for each in addresses]))
        for table in (tables.bounces, tables.declined_kinds, tables.heard_from):
            for each in addresses:
                went[table.name] += self._delete(table, _at(table, each))
        names = [f"person:{person.id}", *map(str, addresses)]
        given = tables.answers_given
        went[given.name] = self._delete(given, given.c.whose.in_(names))
        return went

    def _matters(self, person: Person, addresses: Sequence[Address]) -> frozenset[str]:
        """What the person submitted and asked, as cards and changes call it."""
        sets, asked = tables.submissions, tables.handovers
        own = or_(asked.c.person_id == person.id, *(_at(asked, each) for each in addresses))
        return self._called(sets, sets.c.person_id == person.id) | self._called(asked, own)

    def _on_it(self, person: Person) -> frozenset[str]:
        """What others asked and the person took or answered, as cards and changes call it."""
        asked = tables.handovers
        return self._called(
            asked, or_(asked.c.taken_by == person.id, asked.c.answered_by == person.id)
        )

    def _called(self, table: Table, own: ColumnElement[bool]) -> frozenset[str]:
        numbers = self._connection.execute(select(table.c.id).where(own)).scalars()
        return frozenset(f"{_KINDS[table]}:{number}" for number in numbers)

    def _drop_drafts(self, matters: frozenset[str]) -> None:
        """What others typed about them and did not send."""
        drafts = tables.form_drafts
        for kind, _, number in (matter.partition(":") for matter in matters):
            about = [f"{form}:{number}" for form in _FORMS[kind]]
            self._delete(drafts, drafts.c.form.in_(about))

    def _renew(self, cards: frozenset[str], at: datetime) -> None:
        """Cards that stand in rooms are to say what is left."""
        announcements = SqlAnnouncements(self._connection)
        for card in sorted(cards):
            announcements.mark(card, at=at)

    def _questions(self, person: Person, addresses: Sequence[Address]) -> dict[str, int]:
        turns, passed_on = tables.turns, tables.handovers
        went = {
            "turns": 0,
            "handovers": self._delete(passed_on, passed_on.c.person_id == person.id),
        }
        for address in addresses:
            # A turn of before addresses were noted is known by its conversation alone.
            unnamed = (turns.c.conversation == str(address)) & turns.c.channel.is_(None)
            for own in (_at(turns, address), unnamed):
                ids = select(turns.c.id).where(own)
                self._delete(tables.turn_passages, tables.turn_passages.c.turn_id.in_(ids))
                went["turns"] += self._delete(turns, own)
            went["handovers"] += self._delete(passed_on, _at(passed_on, address))
        return went

    def _sharing(self, person: Person) -> dict[str, int]:
        shares, comments, offers = tables.shares, tables.comments, tables.offers
        shared = or_(shares.c.owner_id == person.id, shares.c.mentor_id == person.id)
        said = or_(
            comments.c.owner_id == person.id,
            comments.c.author_id == person.id,
            comments.c.share_id.in_(select(shares.c.id).where(shared)),
        )
        offered = or_(offers.c.owner_id == person.id, offers.c.from_id == person.id)
        return {
            "comments": self._delete(comments, said),
            "shares": self._delete(shares, shared),
            "offers": self._delete(offers, offered),
        }

    def _record(self, person: Person) -> dict[str, int]:
        """What is the person's alone, those rows first that others point to last."""
        undecided = tables.submissions.c.stage != Stage.DECIDED.value
        own = select(tables.submissions.c.id).where(tables.submissions.c.person_id == person.id)
        self._delete(tables.claims, tables.claims.c.submission_id.in_(own))
        went: dict[str, int] = {}
        for table, more in (
            (tables.evidence_requests, ()),
            (tables.appeals, ()),
            (tables.submissions, (undecided,)),
            (tables.changes, ()),
            (tables.evidence, ()),
            (tables.statements, ()),
            (tables.writing, ()),
            (tables.electives, ()),
            (tables.candidates, ()),
            (tables.set_routes, ()),
            (tables.person_roles, ()),
            (tables.link_codes, ()),
            (tables.identities, ()),
            (tables.former_identities, ()),
            (tables.form_drafts, ()),
            (tables.private_tokens, ()),
            (tables.held_mails, ()),
            (tables.looks, ()),
            (tables.notices, ()),
            (tables.wishes, ()),
            (tables.hushes, ()),
            (tables.reminders, ()),
            (tables.gathered, ()),
            (tables.feeds, ()),
            (tables.calendar_entries, ()),
            (tables.broadcast_people, ()),
        ):
            went[table.name] = self._delete(table, table.c.person_id == person.id, *more)
        return went

    def _rename(self, person: Person, nobody: Person, at: datetime) -> None:
        values = {
            "name": nobody.name,
            "folded_name": folded_name(nobody.name),
            "email": nobody.email,
            "time_zone": nobody.time_zone,
            "erased_at": at,
        }
        self._set(tables.people, "id", person, values)
        self._set(tables.handovers, "taken_by", person, {"taken_name": nobody.name})
        self._set(tables.handovers, "answered_by", person, {"answered_name": nobody.name})
        self._set(tables.curated, "owner_id", person, {"owner": nobody.name})
        unname(self._connection, person, nobody)

    def _blank_decided(self, person: Person) -> None:
        """Takes names and free words out of what was decided; the outcome and hashes stay."""
        table = tables.submissions
        query = select(table.c.id, table.c["items"], table.c.review)
        for row in self._connection.execute(query.where(table.c.person_id == person.id)).all():
            items = items_adapter().validate_json(row.items)
            review = review_adapter().validate_json(row.review)
            silent = replace(
                review,
                ratings=tuple(replace(rating, comment="") for rating in review.ratings),
                decision=replace(review.decision, reason="") if review.decision else None,
            )
            nameless = tuple(replace(item, name=item.section) for item in items)
            blank = {
                "items": items_adapter().dump_json(nameless).decode(),
                "review": review_adapter().dump_json(silent).decode(),
            }
            self._connection.execute(update(table).where(table.c.id == row.id).values(**blank))

    def _delete(self, table: Table, *claims: ColumnElement[bool]) -> int:
        return self._connection.execute(delete(table).where(*claims)).rowcount

    def _delete_ids(self, table: Table, ids: Sequence[int]) -> int:
        chunks = (ids[n : n + _ROWS_AT_ONCE] for n in range(0, len(ids), _ROWS_AT_ONCE))
        return sum(self._delete(table, table.c.id.in_(chunk)) for chunk in chunks)

    def _set(self, table: Table, column: str, person: Person, values: Mapping[str, Any]) -> None:
        own = table.c[column] == person.id
        self._connection.execute(update(table).where(own).values(**values))


def _at(table: Table, address: Address) -> ColumnElement[bool]:
    return (table.c.channel == address.channel) & (table.c.value == address.value)
