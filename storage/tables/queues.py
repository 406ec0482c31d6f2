"""Tables of the two queues."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.parts import instant, metadata, number, number_id, partial, string


def _queue(name: str, *columns: Column[Any] | UniqueConstraint | Index) -> Table:
    """A queue's table: `due_at` is when the row may be claimed next, a lease's end included.

    `token` is set while a worker holds the row, `finished_at` when nothing more will be done.
    """
    return Table(
        name,
        metadata,
        number_id(),
        string("channel"),
        string("conversation"),
        string("message"),
        string("state"),
        instant("due_at"),
        Column("token", Text),
        number("attempts"),
        string("reason"),
        instant("finished_at", nullable=True),
        *columns,
        Index(f"ix_{name}_state", "state"),
        partial(f"ix_{name}_open", "conversation", "id", only="finished_at IS NULL"),
        partial(f"ix_{name}_claimed", "conversation", only="token IS NOT NULL"),
    )


def _empty(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


inbox = _queue(
    "inbox",
    string("vendor_id"),
    UniqueConstraint("channel", "vendor_id"),
    partial("ix_inbox_due", "due_at", "id", only="finished_at IS NULL"),
    partial("ix_inbox_channel_due", "channel", "due_at", "id", only="finished_at IS NULL"),
)

outbox = _queue(
    "outbox",
    Column("key", Text, nullable=False, unique=True),
    string("receipt"),
    partial("ix_outbox_due", "channel", "due_at", "id", only="finished_at IS NULL"),
    Column("offers", Boolean, nullable=False),  # choices that nothing newer has replaced
    partial("ix_outbox_offers", "conversation", "id", only="offers"),
    _empty("card"),
    partial("ix_outbox_card", "card", "conversation", "id", only="card <> ''"),
    partial("ix_outbox_card_receipt", "receipt", "channel", only="card <> ''"),
    partial("ix_outbox_sent_receipt", "channel", "receipt", only="receipt <> ''"),
    partial("ix_outbox_said", "conversation", "id", only="finished_at IS NOT NULL"),
    partial("ix_outbox_receipt", "conversation", "receipt", "id", only="receipt <> ''"),
    _empty("told"),  # the address's value, where others read along
    partial("ix_outbox_told", "conversation", "told", only="told <> ''"),
    partial("ix_outbox_told_receipt", "receipt", "channel", only="told <> ''"),
    _empty("place"),  # the person's conversation, or the room, whatever the thread or topic there
    partial("ix_outbox_place", "place", "due_at", only="finished_at IS NULL"),
    Column("broadcast", Integer),  # the number of the one that it is a message of
    partial("ix_outbox_broadcast", "broadcast", "state", "receipt", only="broadcast IS NOT NULL"),
    partial(
        "ix_outbox_broadcast_due",
        "broadcast",
        "due_at",
        "channel",
        only="broadcast IS NOT NULL AND finished_at IS NULL",
    ),
    partial("ix_outbox_unsent", "id", only="state = 'sent' AND receipt = ''"),
)

# Of messages in several posts the vendor's ids of those beyond the first.
further_posts = Table(
    "further_posts",
    metadata,
    Column("receipt", Text, primary_key=True),
    Column("outbox_id", ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_further_posts_outbox_id", "outbox_id"),
)

# Where nothing is said until then: to a person, or in a room. `holder` is the lease of what is on
# its way there, empty for a rest; before `begins` the row counts for nothing.
rests = Table(
    "rests",
    metadata,
    Column("place", Text, primary_key=True),
    string("holder"),
    instant("begins"),
    instant("until"),
    Index("ix_rests_until", "until"),
)
