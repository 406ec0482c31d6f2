"""Cards, threads, drafts of forms, how channels are doing, and addresses that people left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What is there stays: nobody read along until now. What is open is still to get a card."""
    _inbox()
    _outbox()
    _drafts()
    _channels()
    _announcements()
    _former()
    op.create_index("ix_link_codes_person_id_expires", "link_codes", ["person_id", "expires"])


def _inbox() -> None:
    """For who serves some channels alone."""
    is_open = sa.text("finished_at IS NULL")
    op.create_index(
        "ix_inbox_channel_due",
        "inbox",
        ["channel", "due_at", "id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _outbox() -> None:
    for name in ("card", "told"):
        op.add_column("outbox", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name, columns, only in (
        ("ix_outbox_card", ["card", "conversation", "id"], "card <> ''"),
        ("ix_outbox_card_receipt", ["conversation", "receipt", "id"], "card <> ''"),
        ("ix_outbox_told", ["conversation", "told"], "told <> ''"),
    ):
        where = sa.text(only)
        op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)


def _drafts() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        _text("form"),
        _text("values"),
        _instant("at"),
        sa.PrimaryKeyConstraint("person_id", "form", name="pk_form_drafts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_form_drafts_person_id"),
    )


def _channels() -> None:
    op.create_table(
        "channel_states",
        _text("channel"),
        _text("state"),
        _text("told"),
        _instant("since"),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_states"),
    )
    op.create_table(
        "channel_homes",
        _text("channel"),
        _text("home"),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_homes"),
    )


def _announcements() -> None:
    op.create_table(
        "announcements",
        _text("subject"),
        _instant("at"),
        sa.PrimaryKeyConstraint("subject", name="pk_announcements"),
    )
    op.create_index("ix_announcements_at_subject", "announcements", ["at", "subject"])
    op.execute(
        "INSERT INTO announcements (subject, at)"
        " SELECT 'submission:' || CAST(id AS TEXT), submitted_at FROM submissions"
        " WHERE stage IN ('waiting', 'in-review')"
    )
    op.execute(
        "INSERT INTO announcements (subject, at)"
        " SELECT 'question:' || CAST(id AS TEXT), at FROM handovers WHERE answered_at IS NULL"
    )


def _former() -> None:
    op.create_table(
        "former_identities",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        _text("channel"),
        _text("value"),
        sa.PrimaryKeyConstraint("person_id", "channel", "value", name="pk_former_identities"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_former_identities_person_id"
        ),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
