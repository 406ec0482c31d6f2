"""`carrel import` and `carrel erase`, as an operator and a script use them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import Result

from bot.app import open_store, utc_now
from bot.domain.portfolio import Filing, State
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage
from bot.settings import Settings
from tests.commands.shell import Shell, results

EMAIL = "ada@example.org"


@dataclass(frozen=True, slots=True)
class Office:
    """An operator's shell with a candidate who filed one file, and her archive."""

    shell: Shell
    archive: Path
    key: str

    def elsewhere(self) -> Shell:
        """Another installation."""
        folder = self.shell.folder / "elsewhere"
        folder.mkdir(exist_ok=True)
        return Shell(folder)


@pytest.fixture
def office(shell: Shell) -> Office:
    shell.run("enrol", "Ada Reyes", EMAIL)
    source = shell.write("proof.txt", "twelve years at sea")
    store = open_store(Settings(_env_file=None, data=shell.data))
    with store.uow() as uow:
        ada = uow.people.find(EMAIL)
        assert ada is not None
        evidence = uow.records.add(
            ada,
            name="proof.txt",
            media_type="text/plain",
            size=source.stat().st_size,
            sha256=store.files.put(source),
            at=utc_now(),
        )
        filing = Filing(state=State.FILED, sections=("TECH-1",))
        uow.records.change(evidence, filing, message_key="m", reason="because", at=utc_now())
        uow.commit()
    archive = shell.folder / "ada.zip"
    assert shell.run("export", EMAIL, archive).exit_code == 0
    return Office(shell, archive, store.signer.public_key)


def files(shell: Shell) -> list[Path]:
    """The bytes that are kept."""
    return [path for path in (shell.data / "files").rglob("*") if path.is_file()]


def test_import_takes_a_record_on_and_says_what_is_left_behind(office: Office) -> None:
    there = office.elsewhere()

    done = there.run("import", office.archive, "--key", office.key)

    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(
        f"Imported Ada Reyes ({EMAIL}) as person 1: 1 file of the record.\n"
    )
    assert "carrel link" in done.stdout
    assert there.run("export", EMAIL, there.folder / "again.zip").exit_code == 0
    doctor = there.run("doctor").stdout
    assert "ok       files" in doctor
    assert "ok       trail" in doctor


def test_import_as_json_gives_the_facts(office: Office) -> None:
    (told,) = results(office.elsewhere().run("import", office.archive, "--trust", "--json"))

    assert told["id"] == 1
    assert told["public_key"] == office.key
    assert (told["files"], told["submissions"], told["known"]) == (1, {}, False)


def test_import_wants_to_know_whose_key_it_is(office: Office) -> None:
    there = office.elsewhere()

    unsure = there.run("import", office.archive)
    wrong = there.run("import", office.archive, "--key", "A" * 43)

    assert (unsure.exit_code, wrong.exit_code) == (1, 1)
    assert f"signed by the key {office.key}" in unsure.stderr
    assert "carrel doctor tells on the other installation" in unsure.stderr
    assert "by another installation" in wrong.stderr
    assert files(there) == []


@pytest.mark.parametrize("args", [(), ("--key", "short")])
def test_import_that_is_called_wrongly_ends_with_2(office: Office, args: tuple[str, ...]) -> None:
    path = office.archive if args else office.shell.folder / "gone.zip"

    assert office.elsewhere().run("import", path, *args).exit_code == 2


def test_import_of_somebody_who_is_here_keeps_no_bytes(office: Office) -> None:
    there = office.elsewhere()
    there.run("enrol", "Ada", EMAIL)

    refused = there.run("import", office.archive, "--trust")

    assert refused.exit_code == 1
    assert "is a candidate here already" in refused.stderr
    assert files(there) == []


def wanted_more(shell: Shell, name: str, email: str, token: str) -> None:
    """Somebody of whom more documents are wanted, with that token."""
    shell.run("enrol", name, email)
    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        person = uow.people.find(email)
        assert person is not None
        one = uow.submissions.add(
            person, set_id="technology", route=Route.COURSE, items=(), at=utc_now()
        )
        decision = ReviewDecision(
            outcome=Outcome.MORE,
            by=9,
            name="Sal",
            at=utc_now(),
            reason="Why?",
            sections=("technology/certificate",),
        )
        assert uow.submissions.save(
            replace(one, stage=Stage.DECIDED, decision=decision), at=utc_now()
        )
        uow.requests.add(
            person, submission=one, section="technology/certificate", token=token, at=utc_now()
        )
        uow.submissions.add(person, set_id="technology", route=Route.COURSE, items=(), at=utc_now())
        uow.commit()


def test_import_tells_what_has_another_name_here(shell: Shell, tmp_path: Path) -> None:
    there = Shell(tmp_path / "there")
    there.folder.mkdir()
    wanted_more(shell, "Bea", "bea@example.org", "R-AAAA-AAAA")
    wanted_more(there, "Cid", "cid@example.org", "R-AAAA-AAAA")
    archive = shell.folder / "bea.zip"
    shell.run("export", "bea@example.org", archive)

    done = there.run("import", archive, "--trust")

    assert "2 submissions, 1 request for more documents." in done.stdout
    assert "Submissions have new numbers here: 1 is 3, 2 is 4." in done.stdout
    assert "Request R-AAAA-AAAA has another code here, since somebody has that one: R-" in (
        done.stdout
    )
    assert "Submission 2 waits for a review here" in done.stdout


def erase(shell: Shell, *args: str, lines: str = "") -> Result:
    """What `carrel erase` did."""
    return shell.run("erase", EMAIL, *args, lines=lines)


def test_erase_names_what_would_go_and_asks_for_the_address(office: Office) -> None:
    refused = erase(office.shell, lines="yes\n")

    assert refused.exit_code == 1
    assert f"Erasing Ada Reyes ({EMAIL}), person 1, takes away for good:" in refused.stderr
    assert "- 1 file of the record" in refused.stderr
    assert f"carrel export {EMAIL} FILE.zip" in refused.stderr
    assert "nothing was erased" in refused.stderr
    assert office.shell.run("export", EMAIL, office.archive, "--force").exit_code == 0


def test_erase_with_the_address_typed_erases_and_names_what_is_kept(office: Office) -> None:
    done = erase(office.shell, lines=f"{EMAIL.upper()}\n")

    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Erased Ada Reyes, person 1:\n")
    assert "- the bytes of 1 file, which nobody else holds" in done.stdout
    assert "Kept:\n- The lines of the audit trail" in done.stdout
    assert files(office.shell) == []
    kept = b"".join(p.read_bytes() for p in office.shell.data.rglob("*") if p.is_file())
    assert not any(word in kept for word in (b"Ada Reyes", EMAIL.encode(), b"proof.txt"))
    assert "Nobody is called" in office.shell.run("export", EMAIL, "x.zip").stderr


def test_erase_without_asking_as_json(office: Office) -> None:
    (told,) = results(erase(office.shell, "--yes", "--json"))

    assert (told["id"], told["discarded"], told["shared"], told["before"]) == (1, 1, 0, None)
    assert told["went"]["evidence"] == 1
    assert told["scrubbed"] is True


def test_erase_once_more_by_the_number_is_harmless(office: Office) -> None:
    erase(office.shell, "--yes")

    again = office.shell.run("erase", "#1")

    assert again.exit_code == 0
    assert again.stdout.startswith("Person 1 was erased on ")
    assert erase(office.shell, "--yes").exit_code == 1


def test_erase_says_when_the_file_could_not_be_written_anew(office: Office) -> None:
    reader = sqlite3.connect(office.shell.data / "carrel.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()

    done = erase(office.shell, "--yes")
    reader.close()

    assert done.exit_code == 0
    assert "because another Carrel has it open" in done.stdout
    assert results(office.shell.run("erase", "#1", "--yes", "--json"))[0]["scrubbed"] is True


def test_erase_as_json_needs_yes(office: Office) -> None:
    assert erase(office.shell, "--json").exit_code == 2


def test_the_last_admin_stays(office: Office) -> None:
    office.shell.run("appoint", EMAIL, "admin")

    refused = erase(office.shell, "--yes")

    assert refused.exit_code == 1
    assert "is the last admin" in refused.stderr
