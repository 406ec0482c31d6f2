"""`carrel chat`: whole conversations in a terminal, one run after another."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import open_store, utc_now
from bot.domain.messages import Address, InboundMessage, OutboundMessage, Paragraph, Reply
from bot.settings import Settings
from tests.commands.served import PATIENCE
from tests.commands.shell import Shell, results
from tests.flows.props import prop
from tests.unit.bakery import bakery


@pytest.fixture
def pack(shell: Shell) -> Path:
    """A small pack with a demo candidate and no samples."""
    return bakery(shell.folder / "bakers")


def test_a_first_run_shows_the_demo_candidate_what_to_try(shell: Shell) -> None:
    result = shell.run("chat", lines="hello\nquit\n")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "Carrel for Library Support Staff Certification. You are Ada Reyes. Say help, or quit."
    )
    assert any(
        line.startswith("Try: file ") and line.endswith("printer-guide.pdf") for line in lines
    )
    assert "> hello" in lines
    assert "Hello Ada." in result.stdout


def test_a_second_run_finds_what_the_first_left(shell: Shell, pack: Path) -> None:
    proof = prop("notes.txt", shell.folder)

    first = shell.run("chat", "--program", pack, lines=f"file {proof} for BREAD-1\nprogress\n")
    second = shell.run("chat", "--program", pack, lines="files\nundo\n1\n")

    assert "Filed notes.txt as file 1 in BREAD-1" in first.stdout
    assert "Picture saved as " in first.stdout
    assert "Bread Baking: 1 of 3 parts: 1 of 2 competencies" in first.stdout
    assert "File 1, notes.txt, stands in BREAD-1" in second.stdout
    assert "is out of your record" in second.stdout
    assert shell.run("doctor", PATH="").stdout.count("PROBLEM") == 1


def test_somebody_enrolled_has_a_terminal_of_their_own(shell: Shell, pack: Path) -> None:
    shell.run("enrol", "Bea Okafor", "bea@example.org", "--program", pack)

    result = shell.run("chat", "--program", pack, "--as", "bea okafor", lines="hello\nfiles\n")

    assert "You are Bea Okafor." in result.stdout
    assert "Try: " not in result.stdout
    assert "You have filed nothing yet." in result.stdout


def test_a_terminal_for_nobody_is_refused(shell: Shell, pack: Path) -> None:
    result = shell.run("chat", "--program", pack, "--as", "nobody")

    assert result.exit_code == 1
    assert "Nobody is called 'nobody': enrol them first, with carrel enrol." in result.stderr


def test_a_pack_without_a_demo_candidate_asks_who_is_there(shell: Shell, pack: Path) -> None:
    program = pack / "program.yaml"
    kept = [one for one in program.read_text().splitlines() if not one.startswith("demo:")]
    program.write_text("\n".join(kept))

    result = shell.run("chat", "--program", pack)

    assert result.exit_code == 1
    assert "This pack has no demo candidate: name somebody with --as." in result.stderr


def test_the_demo_candidate_is_enrolled_on_the_day_of_the_first_run(
    shell: Shell, pack: Path
) -> None:
    said = shell.run("chat", "--program", pack, lines="progress\n").stdout

    assert f"{utc_now().year + 2}" in said


def test_a_terminal_leaves_what_came_on_other_channels_alone(shell: Shell, pack: Path) -> None:
    shell.run("chat", "--program", pack, lines="")
    store = open_store(Settings(data=shell.data))
    elsewhere = InboundMessage(
        id="1",
        sender=Address(channel="pigeon", value="ada"),
        conversation="pigeon:ada",
        text="hello",
        sent_at=utc_now(),
    )
    with store.uow() as uow:
        uow.inbox.add(elsewhere, at=utc_now())
        uow.commit()

    shell.run("chat", "--program", pack, lines="hello\n")

    with store.uow() as uow:
        assert uow.inbox.waits(elsewhere.sender, elsewhere.conversation)
        assert uow.inbox.counts()["waiting"] == 1


def test_what_a_killed_terminal_left_is_answered_at_the_next_start(
    shell: Shell, pack: Path
) -> None:
    shell.run("chat", "--program", pack, lines="hello\n")
    store = open_store(Settings(data=shell.data))
    with store.uow() as uow:
        person = uow.people.find("1")
        assert person is not None
        address = Address(channel=f"console:{person.email}", value=person.email)
        left = InboundMessage(
            id="left", sender=address, conversation=str(address), text="files", sent_at=utc_now()
        )
        uow.inbox.add(left, at=utc_now())
        assert uow.inbox.claim(now=utc_now(), lease_seconds=3600) is not None
        uow.commit()

    again = shell.run("chat", "--program", pack, lines="")

    assert "You have filed nothing yet." in again.stdout


@pytest.mark.parametrize(("room", "told"), [("", 2), ("C7", 1)])
def test_staff_with_a_room_hear_of_a_question_there_alone(
    shell: Shell, pack: Path, room: str, told: int
) -> None:
    shell.run("appoint", "sal@example.org", "staff", "--name", "Sal", "--program", pack)
    lines = "ask staff: Is there a class for bakers?\nyes\n"
    settings = {"CARREL_SLACK_BOT_TOKEN": "xoxb-1", "CARREL_SLACK_STAFF_CHANNEL": room}

    shell.run("chat", "--program", pack, lines=lines, **settings)

    # One tells Sal of the role.
    assert len(results(shell.run("outbox", "--to", "sal@example.org", "--json"))) == told


def test_what_waits_is_shown_when_a_terminal_is_opened_whatever_the_hour(
    shell: Shell, pack: Path
) -> None:
    shell.run("chat", "--program", pack, lines="quiet hours 00:00 to 23:59\n")
    with open_store(Settings(data=shell.data)).uow() as uow:
        person = uow.people.find("1")
        assert person is not None
        to = Address(channel="email", value=person.email)
        waits = OutboundMessage(
            key="news:1",
            to=to,
            conversation=str(to),
            reply=Reply(blocks=(Paragraph(text="Your oven is ready."),)),
            whose=person.id,
        )
        uow.outbox.add(waits, due=utc_now() + timedelta(hours=8))
        uow.commit()

    again = shell.run("chat", "--program", pack, lines="")

    assert "Your oven is ready." in again.stdout


def test_a_broadcast_goes_out_from_a_terminal_alone_while_it_waits_for_words(
    shell: Shell, pack: Path
) -> None:
    shell.run("appoint", "sal@example.org", "staff", "--name", "Sal", "--program", pack)
    with shell.process("chat", "--program", pack, "--as", "sal@example.org") as process:
        patience = threading.Timer(PATIENCE, process.kill)
        patience.start()
        assert process.stdin
        assert process.stdout
        process.stdin.write("broadcast to staff: The shop is closed.\nsend broadcast 1\n")
        process.stdin.flush()

        shown = 0  # once as a preview, and once as it was sent
        while shown < 2 and (line := process.stdout.readline()):
            shown += line.strip() == "The shop is closed."
        patience.cancel()
        process.kill()

    assert shown == 2
