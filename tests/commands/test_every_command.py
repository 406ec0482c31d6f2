"""What holds for all commands: help, exit codes, and errors as sentences."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from tests.commands.shell import Shell

NAMES = [str(command.name) for command in COMMANDS]
NEEDS = {
    "enrol": ("Ada", "ada@example.org"),
    "import-people": ("people.csv",),
    "export": ("ada@example.org", "ada.zip"),
    "ask": ("when?",),
    "route": ("notes.txt",),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_tells_what_it_does(shared: Shell, name: str) -> None:
    result = shared.run(name, "--help")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: cli {name}")
    assert "--program DIR" in result.stdout


@pytest.mark.parametrize("name", ["enrol", "ask", "route", "chat", "import-people"])
def test_a_pack_that_is_missing_is_told_with_exit_code_2(shell: Shell, name: str) -> None:
    shell.write("people.csv", "name,email\n")
    shell.write("notes.txt", "notes")
    needs = [shell.folder / one if "." in one else one for one in NEEDS.get(name, ())]

    result = shell.run(name, *needs, "--program", shell.folder / "nowhere")

    assert result.exit_code == 2
    assert result.stderr.startswith("carrel: program.yaml:1: missing in ")
    assert result.stdout == ""


def test_all_commands_are_listed(shared: Shell) -> None:
    result = shared.run("--help")

    assert result.exit_code == 0
    assert all(f"\n  {name} " in result.stdout for name in NAMES)


@pytest.mark.parametrize(
    "wrong", [("dance",), ("ask", "--loudly", "when?"), ("enrol", "Ada"), ("route",), ("ask",)]
)
def test_what_no_command_understands_ends_with_exit_code_2(
    shared: Shell, wrong: tuple[str, ...]
) -> None:
    result = shared.run(*wrong)

    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
    assert result.stdout == ""


def test_a_wrong_setting_is_named_with_exit_code_2(shell: Shell) -> None:
    result = shell.run("doctor", CARREL_LOG="loud", CARREL_LEASE_SECONDS="soon")

    assert result.exit_code == 2
    assert "CARREL_LOG: it can be 'text' or 'json'" in result.stderr
    assert "CARREL_LEASE_SECONDS: " in result.stderr


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("CARREL_DATA", "/dev/null/var", "set CARREL_DATA to a folder you may write to."),
        ("CARREL_FILES_URL", "ftp://host/files", "is not supported: use file:///FOLDER."),
    ],
)
def test_a_place_that_cannot_be_used_is_named_with_exit_code_2(
    shell: Shell, name: str, wrong: str, said: str
) -> None:
    result = shell.run("link", "ada@example.org", **{name: wrong})

    assert result.exit_code == 2
    assert said in result.stderr


def test_files_may_lie_elsewhere(shell: Shell, tmp_path: Path) -> None:
    result = shell.run(
        "enrol", "Ada", "ada@example.org", CARREL_FILES_URL=f"file://{tmp_path}/kept"
    )

    assert result.exit_code == 0


def test_the_module_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["carrel", "--help"])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bot", run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Usage: carrel ")
