"""What is kept for channels: drafts of forms, how each channel is doing, what cards must show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.ports import Change
from storage.dialects import insert_once, insert_or_update
from storage.tables import (
    announcements,
    channel_homes,
    channel_invitations,
    channel_states,
    channel_turns,
    form_drafts,
    moved_rooms,
)

LONGEST_QUEUE = timedelta(seconds=5)  # of those who wait for their turn
# Longer than any queue, but the clocks of two machines differ a little.
BELIEVED = 3 * LONGEST_QUEUE


class SqlDrafts:
    """Drafts in their table; see `bot.ports.Drafts` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, person: Person, form: str, values: Mapping[str, str], *, at: datetime) -> None:
        """Puts the values in place of the earlier ones, unless those are from a later instant."""
        text = json.dumps(dict(values), ensure_ascii=False)
        row = {"person_id": person.id, "form": form, "values": text, "at": at}
        if insert_once(self._connection, form_drafts, row) is None:
            older = (_is(person, form), form_drafts.c.at <= at)
            put = {form_drafts.c["values"]: text, form_drafts.c.at: at}
            self._connection.execute(update(form_drafts).where(*older).values(put))

    def kept(self, person: Person, form: str) -> Mapping[str, str]:
        """The values; empty when there are none."""
        query = select(form_drafts.c["values"]).where(_is(person, form))
        found: dict[str, str] = json.loads(self._connection.execute(query).scalar() or "{}")
        return found

    def drop(self, person: Person, form: str) -> None:
        """Forgets the values, not their instant: older ones that come late are not kept again."""
        emptied = {form_drafts.c["values"]: json.dumps({})}
        self._connection.execute(update(form_drafts).where(_is(person, form)).values(emptied))


class SqlChannelStates:
    """States in their table; see `bot.ports.ChannelStates` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, state: ChannelState) -> None:
        """Keeps it in place of what was known; `since` stays while the state stays the same."""
        known = {one.channel: one for one in self.all()}.get(state.channel)
        if known and known.state is state.state:
            state = replace(state, since=known.since)
        row = {
            "channel": state.channel,
            "state": state.state.value,
            "told": state.told,
            "since": state.since,
        }
        insert_or_update(self._connection, channel_states, row)

    def all(self) -> tuple[ChannelState, ...]:
        """Every channel that was ever served, by name."""
        rows = self._connection.execute(select(channel_states).order_by(channel_states.c.channel))
        return tuple(
            ChannelState(
                channel=row.channel, state=State(row.state), told=row.told, since=row.since
            )
            for row in rows
        )

    def home(self, channel: str) -> str:
        """The vendor's id of the workspace that was served first; empty before that."""
        query = select(channel_homes.c.home).where(channel_homes.c.channel == channel)
        return str(self._connection.execute(query).scalar() or "")

    def settle(self, channel: str, home: str) -> str:
        """Remembers the workspace unless one is known already; gives the one that is known."""
        insert_once(self._connection, channel_homes, {"channel": channel, "home": home})
        return self.home(channel)

    def keep_invitation(self, channel: str, invitation: str) -> None:
        """Keeps how somebody begins there: a link in which `{code}` stands for a code."""
        row = {"channel": channel, "invitation": invitation}
        insert_or_update(self._connection, channel_invitations, row)

    def invitations(self) -> Mapping[str, str]:
        """The links of `keep_invitation`, by channel."""
        query = select(channel_invitations).order_by(channel_invitations.c.channel)
        return {row.channel: row.invitation for row in self._connection.execute(query)}

    def turn(self, channel: str, *, now: datetime, every: timedelta) -> datetime | None:
        """Takes the next turn of a channel on which something may be said once in `every`.

        None when too many wait; then none is taken. Whoever asks meanwhile waits for this
        transaction to end.
        """
        first = {"channel": channel, "next_at": now}
        insert_once(self._connection, channel_turns, first)
        own = channel_turns.c.channel == channel
        query = select(channel_turns.c.next_at).where(own).with_for_update()
        next_at: datetime = self._connection.execute(query).scalar_one()
        if next_at > now + BELIEVED:  # by a clock that was ahead
            next_at = now
        at = max(now, next_at)
        if at > now + LONGEST_QUEUE:
            return None
        following = {"next_at": at + every}
        self._connection.execute(update(channel_turns).where(own).values(**following))
        return at

    def moved(self, room: Address, to: Address) -> None:
        """Remembers that the vendor put another room in the place of one; harmless twice."""
        now_there = {"moved_to": to.value}
        earlier = (moved_rooms.c.channel == room.channel, moved_rooms.c.moved_to == room.value)
        self._connection.execute(update(moved_rooms).where(*earlier).values(**now_there))
        # What is moved into is there, wherever it was thought to have gone before.
        self._connection.execute(delete(moved_rooms).where(_is_moved(to)))
        row = {"channel": room.channel, "value": room.value, **now_there}
        insert_or_update(self._connection, moved_rooms, row)

    def place_of(self, room: Address) -> Address:
        """Where a room is now, which is the room itself unless it was moved."""
        query = select(moved_rooms.c.moved_to).where(_is_moved(room))
        found = self._connection.execute(query).scalar()
        return Address(channel=room.channel, value=found) if found else room


class SqlAnnouncements:
    """Changes in their table; see `bot.ports.Announcements` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self, subject: str, *, at: datetime) -> None:
        """Notes that the subject changed; a change that is there takes the new instant."""
        insert_or_update(self._connection, announcements, {"subject": subject, "at": at})

    def take(self) -> Change | None:
        """The oldest change, which is gone once this transaction commits; None when there is none.

        One that another transaction takes or makes just now is passed over.
        """
        oldest = select(announcements).order_by(announcements.c.at, announcements.c.subject)
        query = oldest.limit(1).with_for_update(skip_locked=True)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        own = announcements.c.subject == row.subject
        self._connection.execute(delete(announcements).where(own))
        return Change(subject=row.subject, at=row.at)


def _is_moved(room: Address) -> ColumnElement[bool]:
    return (moved_rooms.c.channel == room.channel) & (moved_rooms.c.value == room.value)


def _is(person: Person, form: str) -> ColumnElement[bool]:
    return (form_drafts.c.person_id == person.id) & (form_drafts.c.form == form)
