"""`carrel doctor`: what is in place, and what to do about what is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.app import open_store, utc_now
from bot.domain.portfolio import WITHDRAWN
from bot.settings import Settings
from tests.commands.shell import Shell, results


@pytest.fixture(autouse=True)
def _recognition(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which text recognition is installed, wherever the tests run."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


@pytest.fixture
def kept(shell: Shell) -> Path:
    """Where the bytes of a file lie that a candidate's record holds."""
    shell.run("enrol", "Ada", "ada@example.org")
    store = open_store(Settings(_env_file=None, data=shell.data))
    proof = shell.write("proof.txt", "twelve years at the desk")
    name = store.files.put(proof)
    with store.uow() as uow:
        ada = uow.people.find("ada@example.org")
        assert ada is not None
        now = utc_now()
        one = uow.records.add(
            ada, name="proof.txt", media_type="text/plain", size=24, sha256=name, at=now
        )
        filing = WITHDRAWN.moved("resume")
        uow.records.change(one, filing, message_key="m", reason="because", at=now)
        uow.commit()
    return store.files.path(name)


def findings(shell: Shell) -> dict[str, tuple[bool, str]]:
    """Every finding by what was looked at."""
    return {f["what"]: (f["ok"], f["told"]) for f in results(shell.run("doctor", "--json"))}


def test_a_new_installation_is_well(shell: Shell) -> None:
    result = shell.run("doctor")

    assert result.exit_code == 0
    assert all(line.startswith("ok       ") for line in result.stdout.splitlines())
    assert "database: 0 people; inbox " in result.stdout


def test_a_time_zone_that_nobody_knows_is_found(shell: Shell) -> None:
    shell.run("enrol", "Ada", "ada@example.org")
    with sqlite3.connect(shell.data / "carrel.db") as database:
        database.execute("UPDATE people SET time_zone = 'Mars/Base'")
    well, told = findings(shell)["time zones"]

    assert not well
    assert "'Mars/Base'" in told


@pytest.mark.usefixtures("kept")
def test_everything_is_looked_at(shell: Shell) -> None:
    found = findings(shell)

    assert list(found) == [
        "program",
        "encoder",
        "text in pictures",
        "database",
        "time zones",
        "public key",
        "people",
        "wishes",
        "trail",
        "files",
        "reviews",
        "roles",
        "e-mail",
    ]
    assert all(ok for ok, _ in found.values())
    assert found["database"][1].startswith("1 person; ")
    assert "set CARREL_SMTP_URL and CARREL_MAIL_ADDRESS" in found["e-mail"][1]


def test_the_key_it_tells_verifies_what_the_installation_signs(shell: Shell) -> None:
    shell.run("enrol", "Ada", "ada@example.org")
    archive = shell.folder / "ada.zip"
    shell.run("export", "ada@example.org", archive)

    key = findings(shell)["public key"][1]

    assert shell.run("verify", archive, "--key", key).exit_code == 0
    assert shell.run("verify", archive, "--key", "A" * 43).exit_code == 1


def test_an_altered_file_is_found(shell: Shell, kept: Path) -> None:
    kept.chmod(0o600)
    kept.write_text("twenty years at the desk")

    result = shell.run("doctor")

    assert result.exit_code == 1
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("PROBLEM"))
    assert f"files: 1 missing or altered, restore from a backup: {kept.name}" in line


@pytest.mark.usefixtures("kept")
def test_an_altered_row_is_found(shell: Shell) -> None:
    with sqlite3.connect(shell.data / "carrel.db") as database:
        database.execute("DROP TRIGGER trail_no_update")
        database.execute("UPDATE trail SET actor = 'nobody' WHERE id = 1")
    database.close()

    found = findings(shell)

    assert found["trail"] == (False, "line 1 was altered")
    assert found["files"][0]


@pytest.mark.usefixtures("kept")
def test_a_role_that_somebody_wrote_into_the_database_is_found(shell: Shell) -> None:
    with sqlite3.connect(shell.data / "carrel.db") as database:
        database.execute("INSERT INTO person_roles VALUES (1, 'admin', '2026-11-21 18:00:00')")
    database.close()

    result = shell.run("doctor")

    assert result.exit_code == 1
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("PROBLEM"))
    assert "roles: 1 not as the trail tells (person 1, admin: has it unappointed): " in line
    shell.run("appoint", "bea@example.org", "admin", "--name", "Bea")
    shell.run("appoint", "ada@example.org", "admin", "--dismiss")
    assert findings(shell)["roles"][0]


def test_a_machine_that_cannot_read_photos_is_told_what_to_install(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    assert not findings(shell)["text in pictures"][0]


def test_a_missing_pack_and_a_folder_that_cannot_be_made_are_told_together(shell: Shell) -> None:
    nowhere = shell.folder / "nowhere"

    result = shell.run("doctor", "--program", nowhere, CARREL_DATA="/dev/null/var")

    assert result.exit_code == 1
    problems = [line for line in result.stdout.splitlines() if line.startswith("PROBLEM")]
    assert len(problems) == 2
    assert f"program: program.yaml:1: missing in {nowhere}: create it" in problems[0]
    assert "database: The data folder /dev/null/var cannot be made" in problems[1]
