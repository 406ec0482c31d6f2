"""Places in mailboxes, private tokens, held messages, and what came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """All of it is new; nothing that is there changes."""
    _mailboxes()
    _people()
    _addresses()
    _index_outbox("ix_outbox_card_receipt", ["receipt", "channel"], "card <> ''")
    _index_outbox("ix_outbox_sent_receipt", ["channel", "receipt"], "receipt <> ''")


def _index_outbox(name: str, columns: list[str], only: str) -> None:
    where = sa.text(only)
    op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)


def _mailboxes() -> None:
    op.create_table(
        "mailbox_places",
        _text("name"),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False),
        sa.Column("next_uid", sa.BigInteger, nullable=False),
        _instant("since"),
        sa.PrimaryKeyConstraint("name", name="pk_mailbox_places"),
    )


def _people() -> None:
    op.create_table(
        "private_tokens",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        _text("token"),
        _instant("made_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_private_tokens"),
        sa.UniqueConstraint("token", name="uq_private_tokens_token"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_private_tokens_person_id"),
    )
    form_key = sa.PrimaryKeyConstraint("channel", name="pk_private_forms")
    op.create_table("private_forms", _text("channel"), _text("form"), form_key)
    op.create_table(
        "held_mails",
        _text("code_hash"),
        sa.Column("person_id", sa.Integer, nullable=False),
        _text("message"),
        _instant("at"),
        _instant("expires"),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("code_hash", name="pk_held_mails"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_held_mails_person_id"),
    )
    op.create_index("ix_held_mails_person_id_at", "held_mails", ["person_id", "at"])
    op.create_index("ix_held_mails_expires", "held_mails", ["expires"])
    op.create_table("let_go", _text("sha256"), sa.PrimaryKeyConstraint("sha256", name="pk_let_go"))


def _addresses() -> None:
    op.create_table(
        "answers_given",
        sa.Column("id", sa.Integer, nullable=False),
        _text("whose"),
        _instant("at"),
        sa.Column("proved", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers_given"),
    )
    op.create_index("ix_answers_given_whose_at", "answers_given", ["whose", "at"])
    op.create_index("ix_answers_given_at", "answers_given", ["at"])
    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer, nullable=False),
        _text("channel"),
        _text("value"),
        _text("receipt"),
        sa.Column("hard", sa.Boolean, nullable=False),
        _text("why"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_bounces"),
        sa.UniqueConstraint("channel", "value", "receipt", name="uq_bounces_channel_value_receipt"),
    )
    op.create_table(
        "heard_from",
        _text("channel"),
        _text("value"),
        _instant("at"),
        sa.PrimaryKeyConstraint("channel", "value", name="pk_heard_from"),
    )
    names = ("channel", "value", "kind")
    key = sa.PrimaryKeyConstraint(*names, name="pk_declined_kinds")
    op.create_table("declined_kinds", *map(_text, names), key)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
