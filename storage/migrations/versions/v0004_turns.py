"""Pauses between messages, links to begin with, rooms that moved, and what was said where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """What waits to be sent learns its place; nothing else that is there changes."""
    _said()
    _lost()
    _places()
    _rests()
    for name, column in (
        ("channel_invitations", _text("invitation")),
        ("channel_turns", _instant("next_at")),
    ):
        key = sa.PrimaryKeyConstraint("channel", name=f"pk_{name}")
        op.create_table(name, _text("channel"), column, key)
    op.create_table(
        "moved_rooms",
        _text("channel"),
        _text("value"),
        _text("moved_to"),
        sa.PrimaryKeyConstraint("channel", "value", name="pk_moved_rooms"),
    )


def _said() -> None:
    """Any message is found by the vendor's id of any of its posts, not only cards."""
    op.drop_index("ix_outbox_card_receipt", "outbox")
    for name, columns, only in (
        ("ix_outbox_receipt", ["conversation", "receipt", "id"], "receipt <> ''"),
        ("ix_outbox_told_receipt", ["receipt", "channel"], "told <> ''"),
        ("ix_outbox_said", ["conversation", "id"], "finished_at IS NOT NULL"),
    ):
        _partial(name, columns, only=only)
    op.create_table(
        "further_posts",
        _text("receipt"),
        sa.Column("outbox_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("receipt", "outbox_id", name="pk_further_posts"),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name="fk_further_posts_outbox_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_further_posts_outbox_id", "further_posts", ["outbox_id"])


def _lost() -> None:
    """Of addresses that were left before this, nobody knows why: they stay left."""
    lost = sa.Column("lost", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("former_identities", lost)
    name = "ix_former_identities_channel_value"
    op.create_index(name, "former_identities", ["channel", "value"])


def _places() -> None:
    """A room is the same place in all its threads; whoever is spoken to alone is one."""
    op.add_column("outbox", sa.Column("place", sa.Text, nullable=False, server_default=""))
    _partial("ix_outbox_place", ["place", "due_at"], only="finished_at IS NULL")
    names = ("id", "conversation", "card", "told", "place", "finished_at")
    outbox = sa.table("outbox", *(sa.column(name) for name in names))
    waiting = sa.select(outbox).where(outbox.c.finished_at.is_(None))
    for row in op.get_bind().execute(waiting).all():
        in_room = row.card or row.told
        room = row.conversation.partition("/")[0].partition("#")[0]
        place = room if in_room else row.conversation
        op.execute(sa.update(outbox).where(outbox.c.id == row.id).values(place=place))


def _rests() -> None:
    op.create_table(
        "rests",
        _text("place"),
        _text("holder"),
        _instant("begins"),
        _instant("until"),
        sa.PrimaryKeyConstraint("place", name="pk_rests"),
    )
    op.create_index("ix_rests_until", "rests", ["until"])


def _partial(name: str, columns: list[str], *, only: str) -> None:
    where = sa.text(only)
    op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
