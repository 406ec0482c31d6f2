"""`carrel export` and `carrel verify`, as an operator and a script use them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from bot.app import Store, open_store
from bot.cli import cli
from bot.domain.portfolio import Filing, State
from bot.knowledge.pack import load_pack
from bot.settings import PROGRAMS, Settings
from bot.usecases.enrol import Enrolment, enrol
from tests.exporting import STRANGER, contents, repack

NOW = datetime(2026, 5, 4, tzinfo=UTC)


class Desk:
    """An installation with one candidate and one file, at an operator's keyboard."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(data=folder / "var")
        self.store: Store = open_store(self.settings)
        self.proof = folder / "proof.txt"
        self.proof.write_bytes(b"twelve years at sea")
        self.archive = folder / "ada.zip"
        self._fill()

    def _fill(self) -> None:
        program = load_pack(self.settings.program).program
        who = Enrolment(name="Ada", email="ada@example.org", enrolled_on=date(2026, 1, 5))
        with self.store.uow() as uow:
            uow.people.add("Dot", email="dot@example.org", time_zone="UTC")
            ada = enrol(uow, program, who, now=NOW)
            evidence = uow.records.add(
                ada.person,
                name="proof.txt",
                media_type="text/plain",
                size=self.proof.stat().st_size,
                sha256=self.store.files.put(self.proof),
                at=NOW,
            )
            filing = Filing(state=State.FILED, sections=("resume",))
            uow.records.change(evidence, filing, message_key="m", reason="because", at=NOW)
            uow.commit()

    def run(self, *args: str | Path, lines: str | None = None) -> Result:
        """What a command did."""
        env = {"CARREL_DATA": str(self.settings.data)}
        return CliRunner().invoke(cli, [str(arg) for arg in args], env=env, input=lines)

    def export(self, *args: str) -> Result:
        """The candidate's archive."""
        return self.run("export", "ada@example.org", self.archive, *args)

    def receipt(self) -> str:
        """The receipt of the candidate's file."""
        return contents(self.archive)["receipts.txt"].decode().splitlines()[1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def exported(desk: Desk) -> Desk:
    assert desk.export().exit_code == 0
    return desk


def as_json(result: Result) -> dict[str, object]:
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_export_says_what_it_wrote_and_how_to_check_it(desk: Desk) -> None:
    result = desk.export()

    assert result.exit_code == 0
    assert result.stdout.startswith(f"Wrote {desk.archive}: 1 files of Ada, ")
    check = result.stdout.split("carrel ")[1].split()
    assert desk.run(*check).exit_code == 0
    assert result.stderr == ""


def test_an_export_is_on_the_trail(desk: Desk) -> None:
    desk.export()

    with desk.store.uow() as uow:
        newest = list(uow.trail.entries())[-1]
    assert (newest.actor, newest.action) == ("operator", "exported")
    assert newest.subject.startswith("person:")


def test_export_as_json_gives_the_facts(desk: Desk) -> None:
    told = as_json(desk.export("--json"))

    assert told["files"] == 1
    assert told["bytes"] == desk.archive.stat().st_size
    assert told["trail_broken_at"] is None
    assert told["public_key"] == desk.store.signer.public_key


def test_export_replaces_nothing_unless_forced(exported: Desk) -> None:
    exported.archive.write_bytes(b"mine")

    refused = exported.export()

    assert (refused.exit_code, exported.archive.read_bytes()) == (1, b"mine")
    assert "--force" in refused.stderr
    assert exported.export("--force").exit_code == 0
    assert exported.run("verify", exported.archive).exit_code == 0


def test_export_of_nobody_or_of_no_candidate_is_refused(desk: Desk) -> None:
    for name, told in (("nobody@example.org", "Nobody is called"), ("Dot", "not enrolled")):
        result = desk.run("export", name, desk.archive)

        assert result.exit_code == 1
        assert told in result.stderr
        assert not desk.archive.exists()


def test_export_warns_of_a_broken_trail(desk: Desk) -> None:
    engine = create_engine(desk.settings.database)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO trail (at, actor, action, subject, details, previous, hash)"
                " SELECT at, actor, action, subject, details, 'forged', 'forged' FROM trail"
            )
        )
    engine.dispose()

    result = desk.export("--json")

    assert result.exit_code == 0
    assert "broken at line 2" in result.stderr
    assert as_json(result)["trail_broken_at"] == 2


def test_verify_needs_the_archive_alone(exported: Desk, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere.bin"
    moved.write_bytes(exported.archive.read_bytes())

    result = CliRunner().invoke(cli, ["verify", str(moved)], env={"CARREL_DATA": "/dev/null/x"})

    assert result.exit_code == 0
    assert result.stdout.startswith("OK: whole and unaltered, 1 files")


def test_verify_tells_a_tampered_archive_by_its_exit_code(exported: Desk) -> None:
    members = contents(exported.archive)
    repack(exported.archive, {**members, "extra.txt": b"!"})

    result = exported.run("verify", exported.archive, "--json")

    assert result.exit_code == 1
    assert as_json(result)["ok"] is False
    assert as_json(result)["faults"] == [
        {"what": "added", "about": "extra.txt", "text": "extra.txt was added."}
    ]


def test_verify_with_another_key_fails(exported: Desk) -> None:
    result = exported.run("verify", exported.archive, "--key", STRANGER.public_key)

    assert result.exit_code == 1
    assert "another installation" in result.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_verify_finds_a_receipt_in_a_text(exported: Desk, encoding: str) -> None:
    mail = exported.folder / "mail.txt"
    mail.write_text(f"Your receipt:\n{exported.receipt()}\nThe desk", encoding=encoding)

    good = exported.run("verify", mail, "--file", exported.proof)
    wrong = exported.run("verify", mail, "--file", mail)

    assert (good.exit_code, wrong.exit_code) == (0, 1)
    assert "proof.txt is its file, bit for bit" in good.stdout


def test_verify_takes_the_receipt_itself(exported: Desk) -> None:
    token = exported.receipt()

    assert exported.run("verify", token).exit_code == 0
    assert exported.run("verify", token[:-1]).exit_code == 1
    assert exported.run("verify", "carrel-receipt-1.cut").exit_code == 1


def test_verify_of_a_text_without_a_receipt_fails(exported: Desk) -> None:
    assert exported.run("verify", exported.proof).exit_code == 1


@pytest.mark.parametrize("name", ["weeding-notes.docx", "printer-guide.pdf"])
def test_verify_of_something_else_says_first_that_it_is_no_archive(
    exported: Desk, name: str
) -> None:
    result = exported.run("verify", PROGRAMS / "lssc" / "samples" / name)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{name} is no Carrel archive, and no text with receipts.")


def test_verify_refuses_what_makes_no_sense(exported: Desk) -> None:
    wrong = (
        ("verify",),
        ("verify", exported.folder / "gone.zip"),
        ("verify", exported.folder),
        ("verify", "x" * 5000),
        ("verify", exported.archive, "--key", "short"),
        ("verify", exported.archive, "--file", exported.proof),
        ("verify", exported.receipt(), "--file", exported.folder / "gone"),
        ("verify", "-", "--file", exported.proof),
    )

    assert [exported.run(*args).exit_code for args in wrong] == [2] * len(wrong)


def test_verify_reads_lines_and_answers_each_in_order(exported: Desk) -> None:
    good = (
        {"id": 1, "path": str(exported.archive)},
        {"id": 2, "receipt": exported.receipt()},
        {"id": 3, "receipt": exported.receipt(), "file": str(exported.proof)},
    )
    bad = (
        {"id": 4, "receipt": "Dear Ada"},
        {"id": 5, "path": str(exported.folder / "gone.zip")},
        {"id": 6},
    )

    whole = exported.run("verify", "-", lines=_lines(good))
    mixed = exported.run("verify", "-", lines=_lines((*good, *bad)))
    untrue = exported.run("verify", "-", lines=_lines(bad[:1]))

    assert [line["ok"] for line in _read(whole)] == [True, True, True]
    assert [line["id"] for line in _read(mixed)] == [1, 2, 3, 4, 5, 6]
    assert [r.exit_code for r in (whole, mixed, untrue)] == [0, 1, 1]


def test_a_file_that_may_not_be_read_is_told(exported: Desk, tmp_path: Path) -> None:
    unreadable = Path("/proc/self/mem")
    if not unreadable.exists():
        pytest.skip("needs a file that opens and cannot be read")

    result = exported.run("verify", unreadable)

    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def _lines(values: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def _read(result: Result) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in result.stdout.splitlines())
