"""Opening a database brings its tables up to date."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from bot.errors import ConfigurationError, StorageFailed
from storage.database import Database, migrate, open_database
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import (
    person,
)


def test_the_migrations_make_the_tables_the_code_expects(database: Database) -> None:
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection)
        context.opts["target_metadata"] = metadata

        assert compare_metadata(context, metadata) == []


def test_partial_indexes_leave_out_the_same_rows_in_migrations_and_code() -> None:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'")
    with open_database("sqlite://") as migrated, migrated.engine.begin() as connection:
        by_migration = {row.name: row.sql for row in connection.execute(query)}
    with create_engine("sqlite://").begin() as connection:
        metadata.create_all(connection)
        by_code = {row.name: row.sql for row in connection.execute(query)}

    assert by_migration == by_code
    assert len(by_code) == 31


def test_opening_again_keeps_what_is_there(shared_url: str) -> None:
    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        person(unit)
        unit.commit()

    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        assert unit.people.count() == 1


def _open_and_count(url: str) -> int:
    with open_database(url) as database, SqlUnitOfWork(database.engine) as unit:
        return unit.people.count()


def test_processes_that_start_together_upgrade_once(shared_url: str) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(_open_and_count, [shared_url] * 8)) == [0] * 8


def test_a_newer_database_is_left_alone_with_advice(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(ConfigurationError, match=r"newer Carrel \(version 9999.*Upgrade Carrel"):
        migrate(database)


@pytest.mark.parametrize(
    "url",
    ["", "carrel.db", "nosuch://x", "mysql://u:secret@h/d", "postgresql+nosuch://u:secret@h/d"],
)
def test_an_address_that_is_none_is_a_fault_of_configuration(url: str) -> None:
    with pytest.raises(ConfigurationError, match="CARREL_DATABASE_URL") as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_a_folder_that_is_missing_is_a_fault_of_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="its folder"):
        open_database(f"sqlite:///{tmp_path}/missing/carrel.db")


def test_a_file_that_is_no_database_is_a_fault_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("these are not the tables you look for\n" * 99)

    with pytest.raises(ConfigurationError, match="not a database"):
        open_database(f"sqlite:///{tmp_path}/notes.txt")


def test_somebody_else_s_database_is_left_as_it_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/theirs.db"
    with open_database(url) as theirs, theirs.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("DROP TABLE people"))

    with pytest.raises(ConfigurationError, match="Carrel's own"):
        open_database(url)


def test_a_file_survives_power_cuts_and_checks_its_references(tmp_path: Path) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with (
        open_database(f"sqlite:///{tmp_path}/carrel.db") as database,
        database.engine.connect() as connection,
    ):
        found = [connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in pragmas]

    full = 2
    assert found == ["wal", full, 1, 30_000]


def test_a_lost_table_is_told_in_words() -> None:
    with open_database("sqlite://") as database:
        with database.engine.begin() as connection:
            connection.execute(text("DROP TABLE outbox"))
        with (
            SqlUnitOfWork(database.engine) as unit,
            pytest.raises(StorageFailed, match="no such table"),
        ):
            unit.outbox.counts()
