"""`carrel check-program`: a pack's faults with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.shell import Shell, results
from tests.unit.bakery import bakery


@pytest.fixture
def pack(shell: Shell) -> Path:
    """A whole pack of another domain."""
    return bakery(shell.folder / "bakers")


def damage(pack: Path, file: str, before: str, after: str) -> None:
    path = pack / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_the_shipped_pack_has_no_faults(shared: Shell) -> None:
    result = shared.run("check-program")

    assert result.exit_code == 0
    assert result.stdout.startswith("Library Support Staff Certification: 10 sets, ")
    assert result.stdout.endswith(" passages. No faults.\n")


def test_a_whole_pack_is_counted(shell: Shell, pack: Path) -> None:
    words = shell.run("check-program", pack)
    line = shell.run("check-program", "--json", "--program", pack)

    assert words.stdout.startswith("Bakers' Guild Certificate: 3 sets, 5 competencies, ")
    (told,) = results(line)
    assert (told["ok"], told["faults"], told["sets"]) == (True, [], 3)


def test_every_fault_is_told_with_file_and_line(shell: Shell, pack: Path) -> None:
    damage(pack, "program.yaml", "subscription_years: 2", "subscription_years: none")
    damage(pack, "program.yaml", "electives_needed: 1", "electives_needed: -1")

    words = shell.run("check-program", pack)
    line = shell.run("check-program", "--json", pack)

    assert (words.exit_code, line.exit_code) == (1, 1)
    assert words.stdout == ""
    assert [fault.split(": ")[:2] for fault in words.stderr.splitlines()] == [
        ["program.yaml:15", "electives_needed"],
        ["program.yaml:24", "subscription_years"],
    ]
    (told,) = results(line)
    assert (told["folder"], told["ok"]) == (str(pack), False)
    assert told["faults"] == words.stderr.splitlines()


def test_faults_of_the_sets_are_told_too(shell: Shell, pack: Path) -> None:
    damage(pack, "sets/bread-baking.yaml", "BREAD-2", "CAKE-2")

    faults = shell.run("check-program", pack).stderr

    assert "sets/bread-baking.yaml:12: CAKE-2 does not begin with the set's code" in faults


def test_a_folder_that_is_no_pack_is_told(shell: Shell) -> None:
    result = shell.run("check-program", shell.folder)

    assert result.exit_code == 1
    assert result.stderr.startswith("program.yaml:1: missing in ")
