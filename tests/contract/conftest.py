"""Databases to try the storage on: SQLite in memory and in a file, and PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.ports import UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract import postgres
from tests.databases import fresh_database
from tests.measuring import measure_children

_SERVER = "TEST_DATABASE_URL"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one that is named, or a throwaway of our own."""
    if named := os.environ.get(_SERVER):
        yield named
    elif programs := postgres.programs():
        with postgres.server(programs) as address:
            yield address
    else:
        missing = f"PostgreSQL: apt install postgresql, or set {_SERVER}=postgresql://..."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


@pytest.fixture(scope="module", autouse=True)
def _children_are_measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What reads files does so here; elsewhere nothing of it is new, and measuring takes long."""
    with pytest.MonkeyPatch.context() as patch:
        measure_children(tmp_path_factory.mktemp("interpreter"), patch)
        yield


@pytest.fixture(params=["memory", "file", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "postgresql":
        yield from _schema(request.getfixturevalue("server"))
    else:
        yield "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/carrel.db"


@pytest.fixture(params=["file", "postgresql"])
def shared_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that several processes can open."""
    if request.param == "postgresql":
        yield from _schema(request.getfixturevalue("server"))
    else:
        yield f"sqlite:///{tmp_path}/shared.db"


@pytest.fixture
def server_url(server: str) -> Iterator[str]:
    """The address of an empty database on a server."""
    yield from _schema(server)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database of each kind."""
    with fresh_database(url) as opened:
        yield opened


@pytest.fixture
def unit(database: Database) -> UnitOfWork:
    """A unit of work on it."""
    return SqlUnitOfWork(database.engine)


@pytest.fixture
def shared(shared_url: str) -> Iterator[Callable[[], UnitOfWork]]:
    """Units of work for several threads."""
    with fresh_database(shared_url) as opened:
        yield partial(SqlUnitOfWork, opened.engine)


def _schema(address: str) -> Iterator[str]:
    """A schema of its own on the server, gone afterwards."""
    server = make_url(address)
    name = f"carrel_{uuid.uuid4().hex}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    own = server.update_query_dict({"options": f"-csearch_path={name}"})
    yield own.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()
