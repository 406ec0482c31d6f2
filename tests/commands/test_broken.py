"""What operators are told of rows that nobody can read: who it is, what is wrong, what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.clock import NOON
from tests.commands.noticed import ADA, ADA_LIVES, bakers, ending, enrolled
from tests.commands.served import store
from tests.commands.shell import Shell, results
from tests.commands.test_outbox import message

BEA, ENDS = "bea@example.org", 60
FIRST = ENDS - 30  # days from now: when the first notice is said


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A program that says things."""
    return bakers(tmp_path)


@pytest.fixture
def both(shell: Shell) -> Shell:
    """Ada (1) and Bea (2), whose subscriptions end on the same day."""
    enrolled(shell, ending(ENDS), zone=ADA_LIVES)
    enrolled(shell, ending(ENDS), BEA, name="Bea", zone=ADA_LIVES)
    return shell


def broken(shell: Shell, statement: str, *given: str) -> None:
    """Somebody wrote that into the database."""
    with closing(sqlite3.connect(shell.data / "carrel.db")) as connection:
        connection.execute(statement, given)
        connection.commit()


def break_ada(shell: Shell, ends: str) -> None:
    """Her subscription ends on no day that can be reckoned with."""
    broken(shell, "UPDATE candidates SET subscription_ends = ? WHERE person_id = 1", ends)


def found(shell: Shell, pack: Path) -> dict[str, tuple[bool, str]]:
    """Every finding of the doctor by what was looked at."""
    said = results(shell.run("doctor", "--json", "--program", pack))
    return {one["what"]: (one["ok"], one["told"]) for one in said}


@pytest.mark.parametrize("ends", ["no day at all", "0001-01-05"])
def test_due_tells_the_others_and_names_whom_it_cannot_work_out(
    both: Shell, pack: Path, ends: str
) -> None:
    break_ada(both, ends)

    result = both.run("due", "--at", ending(FIRST), "--program", pack)

    assert result.exit_code == 1
    assert "Bea (bea@example.org)" in result.stdout
    assert "1 message to 1 of 2 people" in result.stdout
    assert "Ada (#1)" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("ends", ["no day at all", "0001-01-05"])
def test_timeline_says_what_is_wrong_in_a_line(both: Shell, pack: Path, ends: str) -> None:
    break_ada(both, ends)

    result = both.run("timeline", ADA, "--program", pack)

    assert result.exit_code == 1
    assert not result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert "Ada (#1)" in result.stderr
    assert both.run("timeline", BEA, "--program", pack).exit_code == 0


def test_outbox_lists_the_others_and_names_the_row(both: Shell) -> None:
    with store(both.data).uow() as uow:
        uow.outbox.add_many([(message(key), NOON) for key in ("one", "two")])
        uow.commit()
    broken(both, "UPDATE outbox SET due_at = 'yesterday' WHERE key = 'one'")

    result = both.run("outbox")

    assert result.exit_code == 1
    assert result.stdout.count("U0ADA") == 1
    assert "message 1 cannot be read" in result.stderr


@pytest.mark.parametrize("ends", ["no day at all", "0001-01-05"])
def test_the_doctor_names_whom_nothing_can_be_said_to(both: Shell, pack: Path, ends: str) -> None:
    assert found(both, pack)["people"] == (True, "all can be told what is due")
    break_ada(both, ends)

    ok, told = found(both, pack)["people"]

    assert not ok
    assert "Ada (#1): " in told
    assert "Bea" not in told
    assert "carrel enrol NAME EMAIL --ends DATE --change" in told


def test_the_doctor_names_whose_choices_cannot_be_read(both: Shell, pack: Path) -> None:
    assert found(both, pack)["wishes"] == (True, "all can be read")
    broken(
        both,
        "INSERT INTO wishes (person_id, quiet_begins, quiet_ends, cadence, cadences, channel) "
        "VALUES (2, '25:99', '7', 'hourly', '{}', '')",
    )

    ok, told = found(both, pack)["wishes"]

    assert not ok
    assert "Bea (#2): quiet hours, how often." in told
    assert found(both, pack)["people"][0]


def test_what_the_doctor_advises_mends_it(both: Shell, pack: Path) -> None:
    break_ada(both, "0001-01-05")

    ends = ending(ENDS)
    mended = both.run("enrol", "Ada", ADA, "--ends", ends, "--change", "--program", pack)

    assert mended.exit_code == 0
    assert found(both, pack)["people"][0]
