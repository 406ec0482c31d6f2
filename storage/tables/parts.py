"""What tables are made of: their metadata, and columns that many of them have."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Text, text

from storage.columns import Instant, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def number_id() -> Column[int]:
    """The row's number, given by the database."""
    return Column("id", Integer, primary_key=True)


def person(name: str = "person_id", *, nullable: bool = False) -> Column[int]:
    """A person's number."""
    return Column(name, ForeignKey("people.id"), nullable=nullable)


def own_person() -> Column[int]:
    """A person's number as part of the row's name."""
    return Column("person_id", ForeignKey("people.id"), primary_key=True, autoincrement=False)


def number(name: str) -> Column[int]:
    """A count, a version, or a number within something."""
    return Column(name, Integer, nullable=False)


def words_of(name: str) -> Column[tuple[str, ...]]:
    """Several strings."""
    return Column(name, Words(), nullable=False)


def string(name: str) -> Column[str]:
    """A text; empty rather than absent."""
    return Column(name, Text, nullable=False)


def instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    """A moment."""
    return Column(name, Instant(), nullable=nullable)


def partial(name: str, *columns: str, only: str, unique: bool = False) -> Index:
    """An index of the few rows that matter: it stays small however long the table grows."""
    where = text(only)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
