"""Commands in processes of their own, as other programs start them."""

from __future__ import annotations

import io
import json
import sys

import pytest

from bot.commands.progress_bar import encoding_bar
from tests.commands.shell import TIMEOUT, Shell
from tests.commands.workshop import workshop
from tests.flows.props import prop
from tests.unit.bakery import bakery


class Terminal(io.StringIO):
    """A screen, as far as a program can tell."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_each_line_is_answered_before_the_next_is_read(shell: Shell) -> None:
    folder = workshop(shell.folder / "workshop")
    process = shell.process("ask", "--json", "--documents", folder, "-")
    assert process.stdin is not None
    assert process.stdout is not None

    answers = []
    for number in (1, 2):
        question = {"id": number, "question": "How much does a large service cost?"}
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        answers.append(json.loads(process.stdout.readline()))
    _, noise = process.communicate(timeout=TIMEOUT)

    assert process.returncode == 0
    assert [(a["id"], a["status"]) for a in answers] == [(1, "answered"), (2, "answered")]
    assert "Traceback" not in noise


def test_a_conversation_through_pipes_is_plain_text_that_a_later_run_knows(shell: Shell) -> None:
    pack = bakery(shell.folder / "bakers")
    proof = prop("notes.txt", shell.folder)

    first = shell.process("chat", "--program", pack)
    told, _ = first.communicate(f"file {proof} for BREAD-1\n", timeout=TIMEOUT)
    second = shell.process("chat", "--program", pack)
    later, _ = second.communicate("files\n", timeout=TIMEOUT)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "Filed notes.txt as file 1 in BREAD-1" in told
    assert "File 1, notes.txt, stands in BREAD-1" in later
    assert "\x1b" not in told


def test_an_unknown_command_ends_with_exit_code_2(shell: Shell) -> None:
    process = shell.process("dance")
    told, noise = process.communicate(timeout=TIMEOUT)

    assert process.returncode == 2
    assert told == ""
    assert "No such command 'dance'" in noise


def test_a_terminal_shows_how_far_the_encoding_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)

    with encoding_bar() as notify:
        notify(1, 2)
        notify(2, 2)

    assert screen.getvalue() == (
        f"\rReading the documents for the first time [{'#' * 15}{'.' * 15}] 1/2"
        f"\rReading the documents for the first time [{'#' * 30}] 2/2\n"
    )


def test_a_log_says_once_that_documents_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    with encoding_bar() as notify:
        notify(1, 2)
        notify(2, 2)
    with encoding_bar():
        pass

    assert capsys.readouterr().err == "carrel: reading the documents for the first time ...\n"
