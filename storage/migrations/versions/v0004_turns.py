"""Pauses between messages, links to begin with, rooms that moved, and what was said where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing that is there changes."""
    _said()
    op.create_table(
        "rests",
        _text("place"),
        _instant("until"),
        sa.PrimaryKeyConstraint("place", name="pk_rests"),
    )
    op.create_index("ix_rests_until", "rests", ["until"])
    for name, column in (("channel_doors", _text("door")), ("channel_turns", _instant("next_at"))):
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
    """Any message is found by the vendor's id, not only cards."""
    op.drop_index("ix_outbox_card_receipt", "outbox")
    for name, columns, only in (
        ("ix_outbox_receipt", ["conversation", "receipt", "id"], "receipt <> ''"),
        ("ix_outbox_told_receipt", ["receipt", "channel"], "told <> ''"),
        ("ix_outbox_said", ["conversation", "id"], "finished_at IS NOT NULL"),
    ):
        where = sa.text(only)
        op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
