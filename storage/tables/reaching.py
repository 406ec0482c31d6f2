"""Tables of what is kept for channels."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, Text, false

from storage.tables.parts import instant, metadata, own_person, string

form_drafts = Table(
    "form_drafts",
    metadata,
    own_person(),
    Column("form", Text, primary_key=True),
    string("values"),
    instant("at"),
)

channel_states = Table(
    "channel_states",
    metadata,
    Column("channel", Text, primary_key=True),
    string("state"),
    string("told"),
    instant("since"),
)

# Where a channel was served first: elsewhere its people's identifiers mean nobody.
channel_homes = Table(
    "channel_homes",
    metadata,
    Column("channel", Text, primary_key=True),
    string("home"),
)

# How somebody begins there with a code.
channel_invitations = Table(
    "channel_invitations",
    metadata,
    Column("channel", Text, primary_key=True),
    string("invitation"),
)

# When the next message may go out, wherever it goes.
channel_turns = Table(
    "channel_turns",
    metadata,
    Column("channel", Text, primary_key=True),
    instant("next_at"),
)

# Rooms that the vendor put another in the place of: `moved_to` is where the room is now.
moved_rooms = Table(
    "moved_rooms",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    string("moved_to"),
)

announcements = Table(
    "announcements",
    metadata,
    Column("subject", Text, primary_key=True),
    instant("at"),
    Index("ix_announcements_at_subject", "at", "subject"),
)

# Addresses that somebody proved once and left: what was said there is still theirs. Of those of
# one name at most one is `lost`: it went without its owner's doing, who gets it back there.
former_identities = Table(
    "former_identities",
    metadata,
    own_person(),
    Column("channel", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("lost", Boolean, nullable=False, server_default=false()),
    Index("ix_former_identities_channel_value", "channel", "value"),
)
