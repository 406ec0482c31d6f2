"""A shell for every test of a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.shell import Shell
from tests.contract import postgres


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell for commands that keep nothing, so that one run serves many tests."""
    return Shell(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def database() -> Iterator[str]:
    """The address of an empty database."""
    programs = postgres.programs()
    if programs is None:
        missing = "PostgreSQL: apt install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with postgres.server(programs) as address:
        yield address
