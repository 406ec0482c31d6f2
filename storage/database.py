"""Opens the database and brings its tables up to date."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from bot.errors import ConfigurationError, Interlocked, StorageFailed
from storage import dialects


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An open database. Threads may share it."""

    engine: Engine

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; None for a server and for a memory."""
        return dialects.file_of(self.engine.url)

    def close(self) -> None:
        """Lets go of every connection; harmless twice."""
        self.engine.dispose()

    def scrub(self) -> bool:
        """Takes what was deleted out of the file too; False while another process is in the way.

        What a PostgreSQL server keeps of it in its own files and logs is the server's matter.
        """
        return dialects.scrub(self.engine)

    def held(self, name: str) -> AbstractContextManager[bool]:
        """Whether this process alone has the name, until the end of the block."""
        return dialects.held(self.engine, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_database(url: str) -> Database:
    """The database at `url`, its tables made or upgraded.

    `sqlite:///PATH` is a file (its folder must exist), `sqlite://` a memory that ends with the
    process, `postgresql://...` a server. Raises `ConfigurationError` when it cannot be used.
    """
    try:
        database = Database(engine=_engine(make_url(url)))
    except (ArgumentError, ImportError) as error:
        raise ConfigurationError(
            f"CARREL_DATABASE_URL is not usable: {error} Give it as sqlite:///PATH, or as "
            "postgresql://USER:PASSWORD@HOST/NAME with the psycopg package installed."
        ) from error
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def migrate(database: Database) -> None:
    """Brings the tables up to this code's version, in one transaction.

    Any number of processes may do so at once. Raises `ConfigurationError` when the database
    cannot be reached or was written by a newer Carrel.
    """
    try:
        _upgrade(database.engine)
    except (DBAPIError, StorageFailed) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise ConfigurationError(
            f"The database {database.engine.url!r} cannot be used: {reason}. Check that "
            "CARREL_DATABASE_URL names a database of Carrel's own, that its folder or server "
            "is there, and that this account may write to it."
        ) from error


def _engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True, **dialects.engine_options(url))
    event.listen(engine, "handle_error", _in_words)
    dialects.prepare(engine)
    return engine


def _in_words(context: ExceptionContext) -> None:
    """A full disk, a lock held too long, a lost table: one error that every caller knows."""
    if dialects.is_interlocked(context.original_exception):
        raise Interlocked(
            "Another Carrel was changing the same rows in another order, so the database gave this "
            "up; nothing of it is kept. Do it once more."
        ) from context.original_exception
    if isinstance(context.sqlalchemy_exception, OperationalError):
        raise StorageFailed(
            f"The database could not be used ({context.original_exception}); what was under way "
            "is not kept. See that there is room on the disk and that the file is whole, then "
            "try again."
        ) from context.original_exception


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        dialects.take_turns(connection)
        found = MigrationContext.configure(connection).get_current_revision()
        if found == script.get_current_head():
            return
        _refuse_newer(found, script)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_newer(found: str | None, script: ScriptDirectory) -> None:
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        raise ConfigurationError(
            f"This database was written by a newer Carrel (version {found}; this one knows up to "
            f"{script.get_current_head()}). Upgrade Carrel, or restore the backup made before "
            "the upgrade."
        )
