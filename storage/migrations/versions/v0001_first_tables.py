"""The first tables: people, evidence and its history, two queues, conversations, the trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    # INSERT OR REPLACE deletes the old row without waking the trigger above.
    """
    CREATE TRIGGER trail_no_replace BEFORE INSERT ON trail
    WHEN EXISTS (SELECT 1 FROM trail WHERE id = NEW.id OR previous = NEW.previous)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
)
_POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
    """,
    """
    CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()
    """,
)

_UNFINISHED = "finished_at IS NULL"


def upgrade() -> None:
    """Makes every table."""
    _people()
    _candidates()
    _evidence()
    _changes()
    _inbox()
    _outbox()
    _conversations()
    _link_codes()
    _trail()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )
    op.create_index("ix_people_folded_name", "people", ["folded_name"])
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identities"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_identities_person_id"),
        sa.UniqueConstraint("channel", "value", name="uq_identities_channel_value"),
    )


def _candidates() -> None:
    op.create_table(
        "candidates",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("enrolled_on", sa.Date, nullable=False),
        sa.Column("subscription_ends", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_candidates"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_candidates_person_id"),
    )
    op.create_table(
        "electives",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("set_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "position", name="pk_electives"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["candidates.person_id"], name="fk_electives_person_id"
        ),
        sa.UniqueConstraint("person_id", "set_id", name="uq_electives_person_id_set_id"),
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_evidence_person_id"),
        sa.UniqueConstraint("person_id", "number", name="uq_evidence_person_id_number"),
    )
    op.create_index("ix_evidence_person_id_sha256", "evidence", ["person_id", "sha256"])
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("evidence_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("before_state", sa.Text, nullable=False),
        sa.Column("before_sections", sa.Text, nullable=False),
        sa.Column("before_kind", sa.Text, nullable=False),
        sa.Column("after_state", sa.Text, nullable=False),
        sa.Column("after_sections", sa.Text, nullable=False),
        sa.Column("after_kind", sa.Text, nullable=False),
        sa.Column("message_key", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_changes_evidence_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_changes_person_id"),
    )
    op.create_index("ix_changes_person_id_id", "changes", ["person_id", "id"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        *_queue_columns(),
        sa.Column("vendor_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "vendor_id", name="uq_inbox_channel_vendor_id"),
    )
    _queue_indexes("inbox")
    _partial_index("ix_inbox_due", "inbox", ["due_at", "id"], only=_UNFINISHED)


def _outbox() -> None:
    op.create_table(
        "outbox",
        *_queue_columns(),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("offers", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _queue_indexes("outbox")
    _partial_index("ix_outbox_due", "outbox", ["channel", "due_at", "id"], only=_UNFINISHED)
    _partial_index("ix_outbox_offers", "outbox", ["conversation", "id"], only="offers")


def _queue_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
    )


def _queue_indexes(table: str) -> None:
    op.create_index(f"ix_{table}_state", table, ["state"])
    _partial_index(f"ix_{table}_open", table, ["conversation", "id"], only=_UNFINISHED)
    _partial_index(f"ix_{table}_claimed", table, ["conversation"], only="token IS NOT NULL")


def _partial_index(name: str, table: str, columns: list[str], *, only: str) -> None:
    where = sa.text(only)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _conversations() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("passages", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_conversation_id", "turns", ["conversation", "id"])
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.UniqueConstraint("channel", "value", "sha256", name="uq_handovers_channel_value_sha256"),
    )


def _link_codes() -> None:
    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redeemed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("code_hash", name="pk_link_codes"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_link_codes_person_id"),
    )


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sa.UniqueConstraint("previous", name="uq_trail_previous"),
    )
    op.create_index("ix_trail_subject_id", "trail", ["subject", "id"])
    triggers = {"sqlite": _SQLITE_TRIGGERS, "postgresql": _POSTGRESQL_TRIGGERS}
    for trigger in triggers[op.get_bind().dialect.name]:
        op.execute(trigger)
