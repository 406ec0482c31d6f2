"""Routes, submissions, appeals, statements, shares, and what becomes of questions."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# A snapshot never changes, and what ended stays as it ended. Only of somebody erased may the words
# go: the names of files, and what was said in the review.
_NEVER = ("id", "person_id", "set_id", "route", "round", "follows", "asked", "submitted_at")
_ENDED = ("stage", "decided_at")
_ERASED = "EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND erased_at IS NOT NULL)"
_IS_ENDED = "OLD.stage IN ('decided', 'withdrawn')"


def _changed(columns: tuple[str, ...], different: str) -> str:
    return " OR ".join(f"NEW.{column} {different} OLD.{column}" for column in columns)


def _forbidden(different: str) -> str:
    """The condition of an update that must not be; `different` compares, NULL included."""
    return f"""
        {_changed(_NEVER, different)}
        OR ({_IS_ENDED} AND ({_changed(_ENDED, different)}))
        OR (
            (
                {_changed(("items",), different)}
                OR ({_IS_ENDED} AND ({_changed(("review",), different)}))
            )
            AND NOT {_ERASED}
        )
    """


_SQLITE_TRIGGERS = (
    f"""
    CREATE TRIGGER submissions_no_update BEFORE UPDATE ON submissions
    WHEN {_forbidden("IS NOT")}
    BEGIN SELECT RAISE(ABORT, 'a submission stays as it was submitted and decided'); END
    """,
    """
    CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions
    WHEN OLD.stage = 'decided'
    BEGIN SELECT RAISE(ABORT, 'a decided submission is never deleted'); END
    """,
    # INSERT OR REPLACE deletes the old row without waking the trigger above.
    """
    CREATE TRIGGER submissions_no_replace BEFORE INSERT ON submissions
    WHEN EXISTS (SELECT 1 FROM submissions WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'a submission is never replaced'); END
    """,
)
_POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION submissions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            RAISE EXCEPTION 'a decided submission is never deleted';
        ELSIF TG_OP = 'DELETE' THEN
            IF OLD.stage = 'decided' THEN
                RAISE EXCEPTION 'a decided submission is never deleted';
            END IF;
            RETURN OLD;
        ELSIF {_forbidden("IS DISTINCT FROM")} THEN
            RAISE EXCEPTION 'a submission stays as it was submitted and decided';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER submissions_stay BEFORE UPDATE OR DELETE ON submissions
    FOR EACH ROW EXECUTE FUNCTION submissions_stay()
    """,
    """
    CREATE TRIGGER submissions_stay_all BEFORE TRUNCATE ON submissions
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_stay()
    """,
)

# The number of what was erased names nothing else later; PostgreSQL never gives one twice anyway.
_NEVER_AGAIN = {"sqlite_autoincrement": True}


def upgrade() -> None:
    """Adds the tables, and widens those of people, turns and hand-overs."""
    _people()
    _submissions()
    _claims()
    _requests_and_appeals()
    _statements()
    _shares()
    _offers()
    _turns()
    _handovers()
    _curated()


def _people() -> None:
    op.add_column("people", _instant("erased_at", nullable=True))
    op.create_index("ix_identities_person_id_id", "identities", ["person_id", "id"])
    op.create_index("ix_changes_evidence_id", "changes", ["evidence_id"])
    op.create_table(
        "person_roles",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        _text("role"),
        _instant("granted_at"),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_person_roles"),
        *_references("person_roles", "people", "person_id"),
    )
    op.create_index("ix_person_roles_role_person_id", "person_roles", ["role", "person_id"])
    op.create_table(
        "set_routes",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        _text("set_id"),
        _text("route"),
        sa.PrimaryKeyConstraint("person_id", "set_id", name="pk_set_routes"),
        *_references("set_routes", "people", "person_id"),
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        _number("id"),
        _number("person_id"),
        _text("set_id"),
        _text("route"),
        _number("round"),
        sa.Column("follows", sa.Integer),
        _text("asked"),
        _text("items"),
        _instant("submitted_at"),
        _text("stage"),
        _instant("decided_at", nullable=True),
        _text("review"),
        _number("version"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        *_references("submissions", "people", "person_id"),
        *_references("submissions", "submissions", "follows"),
        **_NEVER_AGAIN,
    )
    _partial_index(
        "uq_submissions_open",
        "submissions",
        ["person_id", "set_id"],
        only="stage IN ('waiting', 'in-review')",
        unique=True,
    )
    op.create_index("ix_submissions_stage_id", "submissions", ["stage", "id"])
    op.create_index("ix_submissions_person_id_id", "submissions", ["person_id", "id"])
    op.create_index("ix_submissions_follows", "submissions", ["follows"])
    op.create_index(
        "ix_submissions_route_decided_at_id", "submissions", ["route", "decided_at", "id"]
    )
    triggers = {"sqlite": _SQLITE_TRIGGERS, "postgresql": _POSTGRESQL_TRIGGERS}
    for trigger in triggers[op.get_bind().dialect.name]:
        op.execute(trigger)


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("submission_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("reviewer", sa.Integer, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("submission_id", "reviewer", name="pk_claims"),
        *_references("claims", "submissions", "submission_id"),
    )
    op.create_index("ix_claims_reviewer_submission_id", "claims", ["reviewer", "submission_id"])


def _requests_and_appeals() -> None:
    op.create_table(
        "evidence_requests",
        _number("id"),
        _number("submission_id"),
        _number("person_id"),
        _text("section"),
        _text("token"),
        _instant("opened_at"),
        _instant("closed_at", nullable=True),
        sa.Column("closed_by", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_requests"),
        *_references("evidence_requests", "submissions", "submission_id"),
        *_references("evidence_requests", "people", "person_id"),
        sa.UniqueConstraint(
            "submission_id", "section", name="uq_evidence_requests_submission_id_section"
        ),
        sa.UniqueConstraint("token", name="uq_evidence_requests_token"),
    )
    op.create_index("ix_evidence_requests_person_id_id", "evidence_requests", ["person_id", "id"])
    op.create_table(
        "appeals",
        _number("id"),
        _number("submission_id"),
        _number("person_id"),
        _text("document"),
        _text("result"),
        _number("version"),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        *_references("appeals", "submissions", "submission_id"),
        *_references("appeals", "people", "person_id"),
        sa.UniqueConstraint("submission_id", name="uq_appeals_submission_id"),
        **_NEVER_AGAIN,
    )
    op.create_index("ix_appeals_person_id_id", "appeals", ["person_id", "id"])
    op.create_index("ix_appeals_result_id", "appeals", ["result", "id"])


def _statements() -> None:
    op.create_table(
        "statements",
        _number("id"),
        _number("person_id"),
        _text("set_id"),
        _number("number"),
        _text("paragraphs"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
        *_references("statements", "people", "person_id"),
        sa.UniqueConstraint(
            "person_id", "set_id", "number", name="uq_statements_person_id_set_id_number"
        ),
    )
    op.create_index("ix_statements_person_id_id", "statements", ["person_id", "id"])
    op.create_table(
        "writing",
        _text("conversation"),
        _number("person_id"),
        _text("set_id"),
        sa.PrimaryKeyConstraint("conversation", name="pk_writing"),
        *_references("writing", "people", "person_id"),
    )


def _shares() -> None:
    op.create_table(
        "shares",
        _number("id"),
        _number("owner_id"),
        _number("mentor_id"),
        _text("set_id"),
        _instant("until"),
        _instant("made_at"),
        _instant("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
        *_references("shares", "people", "owner_id", "mentor_id"),
        **_NEVER_AGAIN,
    )
    op.create_index("ix_shares_owner_id_id", "shares", ["owner_id", "id"])
    op.create_index("ix_shares_mentor_id_id", "shares", ["mentor_id", "id"])
    op.create_table(
        "comments",
        _number("id"),
        _number("share_id"),
        _number("owner_id"),
        _number("author_id"),
        _text("author"),
        _text("set_id"),
        _text("section"),
        _text("text"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        *_references("comments", "shares", "share_id"),
        *_references("comments", "people", "owner_id", "author_id"),
    )
    op.create_index("ix_comments_owner_id_id", "comments", ["owner_id", "id"])
    op.create_index("ix_comments_author_id", "comments", ["author_id"])
    op.create_index("ix_comments_share_id", "comments", ["share_id"])


def _offers() -> None:
    op.create_table(
        "offers",
        _number("id"),
        _number("owner_id"),
        _number("from_id"),
        _text("from_name"),
        _text("name"),
        _text("media_type"),
        sa.Column("size", sa.BigInteger, nullable=False),
        _text("sha256"),
        _text("section"),
        _text("words"),
        _instant("at"),
        _text("state"),
        _instant("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        *_references("offers", "people", "owner_id", "from_id"),
        sa.UniqueConstraint(
            "owner_id", "from_id", "sha256", name="uq_offers_owner_id_from_id_sha256"
        ),
        **_NEVER_AGAIN,
    )
    op.create_index("ix_offers_owner_id_id", "offers", ["owner_id", "id"])
    op.create_index("ix_offers_from_id", "offers", ["from_id"])


def _turns() -> None:
    op.add_column("turns", sa.Column("channel", sa.Text))
    op.add_column("turns", sa.Column("value", sa.Text))
    op.create_index("ix_turns_channel_value", "turns", ["channel", "value"])
    _partial_index("ix_turns_declined", "turns", ["at", "id"], only="status = 'declined'")
    op.create_table(
        "turn_passages",
        _text("passage"),
        sa.Column("turn_id", sa.Integer, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("passage", "turn_id", name="pk_turn_passages"),
        *_references("turn_passages", "turns", "turn_id"),
    )
    op.create_index("ix_turn_passages_turn_id", "turn_passages", ["turn_id"])
    op.create_table(
        "passages_known",
        _text("id"),
        _text("text"),
        _instant("noted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_passages_known"),
    )


def _handovers() -> None:
    """Old questions keep their numbers; they were asked where their asker is reached."""
    people = ("person_id", "taken_by", "answered_by")
    texts = ("conversation", "more", "taken_name", "answered_name", "answer")
    with op.batch_alter_table("handovers") as batch:
        batch.drop_constraint("uq_handovers_channel_value_sha256", type_="unique")
        for name in people:
            batch.add_column(sa.Column(name, sa.Integer))
            batch.create_foreign_key(f"fk_handovers_{name}", "people", [name], ["id"])
        for name in texts:
            batch.add_column(sa.Column(name, sa.Text))
        for name in ("answered_at", "resumed_at"):
            batch.add_column(_instant(name, nullable=True))
    op.execute(
        "UPDATE handovers SET conversation = channel || ':' || value, more = '[]',"
        " taken_name = '', answered_name = '', answer = ''"
    )
    with op.batch_alter_table("handovers", table_kwargs=_NEVER_AGAIN) as batch:
        for name in texts:
            batch.alter_column(name, existing_type=sa.Text, nullable=False)
    _partial_index(
        "uq_handovers_open",
        "handovers",
        ["channel", "value", "sha256"],
        only="answered_at IS NULL",
        unique=True,
    )
    for columns in (
        ("answered_at", "id"),
        ("conversation", "answered_at", "id"),
        ("channel", "value"),
        ("person_id",),
        ("sha256", "id"),
    ):
        op.create_index(f"ix_handovers_{'_'.join(columns)}", "handovers", list(columns))


def _curated() -> None:
    op.create_table(
        "curated",
        _number("id"),
        _text("question"),
        _text("answer"),
        _number("owner_id"),
        _text("owner"),
        _instant("at"),
        _number("handover"),
        _text("encoder"),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("covers", sa.Boolean, nullable=False),
        _instant("retired_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_curated"),
        *_references("curated", "people", "owner_id"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _references(table: str, other: str, *columns: str) -> Iterator[sa.ForeignKeyConstraint]:
    for name in columns:
        yield sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}")


def _partial_index(
    name: str, table: str, columns: list[str], *, only: str, unique: bool = False
) -> None:
    where = sa.text(only)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
