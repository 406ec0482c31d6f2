"""An exported record is whole, opens without the product, and is the same for the same state."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filenames import is_safe_path
from bot.domain.portfolio import Filing, Kind, State
from bot.domain.receipts import parse
from bot.errors import CarrelError, NotFound
from bot.usecases.export_record import archive_path, export_record
from storage.archive.writing import write_archive
from storage.proof.verification import verify_archive
from tests.exporting import SIGNER, Harbour, contents, sha256, small_program
from tests.unit.test_receipts import evidence


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    """An installation without candidates."""
    made = Harbour(tmp_path)
    yield made
    made.database.close()


def test_every_file_is_in_the_archive_under_its_section(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "resume.pdf", "resume")
    harbour.keep(ada, "deck.txt", "BOA-1", "BOA-2", content=b"mop")
    harbour.keep(ada, "unsure.txt", content=b"?")
    gone = harbour.keep(ada, "gone.txt", "BOA-1", content=b"gone")
    harbour.move(gone, Filing(state=State.WITHDRAWN))

    found = contents(harbour.archive(ada))

    assert found["sections/resume Resume/01-resume.pdf"] == b"herring"
    assert found["sections/BOA-1 Keeps the deck clean & dry -always-/02-deck.txt"] == b"mop"
    assert found["waiting/03-unsure.txt"] == b"?"
    assert found["withdrawn/04-gone.txt"] == b"gone"
    assert len(found) == 12


def test_the_archive_verifies_offline(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "resume.pdf", "resume")

    report = verify_archive(harbour.archive(ada), trusted_key=SIGNER.public_key)

    assert report.ok, report.lines
    assert report.facts["files"] == 1
    assert report.facts["candidate"] == ada.person.id


def test_a_record_without_files_is_an_archive_too(harbour: Harbour) -> None:
    path = harbour.archive(harbour.enrol())
    found = contents(path)

    assert verify_archive(path, trusted_key=SIGNER.public_key).ok
    assert found["receipts.txt"] == b""
    assert "No file was ever filed or moved." in found["index.html"].decode()


def test_the_same_state_gives_the_same_bytes(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "Grüße.pdf", "resume")

    assert harbour.archive(ada, "one.zip").read_bytes() == harbour.archive(ada).read_bytes()


def test_files_of_the_same_name_and_the_same_bytes_stay_apart(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "report.pdf", "BOA-1", content=b"one")
    harbour.keep(ada, "REPORT.PDF", "BOA-1", content=b"two")
    harbour.keep(ada, "report.pdf", "BOA-1", content=b"two")
    path = harbour.archive(ada)

    assert sorted(p.rsplit("/")[-1] for p in contents(path) if "BOA" in p) == [
        "01-report.pdf",
        "02-REPORT.PDF",
        "03-report.pdf",
    ]
    assert verify_archive(path, trusted_key=None).ok


def test_original_names_and_history_are_kept_for_other_programs(harbour: Harbour) -> None:
    ada = harbour.enrol()
    one = harbour.keep(ada, "../=отчёт?.pdf", "BOA-1")
    harbour.move(one, one.filing.moved("BOA-2"), "the candidate said so")
    record = json.loads(contents(harbour.archive(ada))["record.json"])

    assert record["files"][0]["name"] == "../=отчёт?.pdf"
    assert parse(record["files"][0]["receipt"]).receipt.sections == ("BOA-2",)
    assert record["history"][-1]["reason"] == "the candidate said so"
    assert record["history"][-1]["before"]["sections"] == ["BOA-1"]
    assert [line["action"] for line in record["trail"]["lines"]] == ["enrolled", "moved", "moved"]
    assert record["trail"]["unbroken"] is True


def test_another_candidates_trail_stays_out(harbour: Harbour) -> None:
    bea = harbour.enrol()
    harbour.keep(bea, "bea.txt", "resume")
    with harbour.transaction() as uow:
        person = uow.people.add("Dot", email="dot@example.org", time_zone="UTC")
        dot = uow.people.enrol(
            person,
            enrolled_on=bea.enrolled_on,
            subscription_ends=bea.subscription_ends,
            electives=(),
        )
        uow.commit()
    record = json.loads(contents(harbour.archive(dot))["record.json"])

    assert record["trail"]["lines"] == record["files"] == record["history"] == []
    assert record["as_of"] == "2026-01-05T00:00:00+00:00"


def test_a_broken_trail_is_told(harbour: Harbour) -> None:
    ada = harbour.enrol()
    export = replace(harbour.export(ada), trail_broken_at=12)
    path = harbour.folder / "record.zip"
    write_archive(path, export, files=harbour.files, signer=SIGNER)
    found = contents(path)

    assert "broken at line 12" in found["README.txt"].decode()
    assert "broken at line 12" in found["index.html"].decode()
    assert json.loads(found["record.json"])["trail"]["broken_at"] == 12


def test_spreadsheets_find_no_formula_in_a_name(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "=cmd|' /C calc'!A0", "BOA-1")
    text = contents(harbour.archive(ada))["history.csv"].decode("utf-8-sig")

    assert next(csv.DictReader(io.StringIO(text)))["name"] == "'=cmd|' /C calc'!A0"


@given(
    name=st.text(st.characters(exclude_categories=())),
    section=st.text(st.characters(exclude_categories=())),
    state=st.sampled_from(State),
)
def test_any_name_and_section_give_a_safe_path(name: str, section: str, state: State) -> None:
    one = evidence(name, section)
    filing = Filing(state=state, sections=(section,) if state is State.FILED else ())

    path = archive_path(replace(one, filing=filing), small_program())

    assert is_safe_path(path)
    assert path.rsplit("/", 1)[1].startswith("03-")


def test_a_filed_file_without_a_section_has_a_place(harbour: Harbour) -> None:
    one = replace(evidence(), filing=Filing(state=State.FILED, kind=Kind.SECONDARY))

    assert archive_path(one, harbour.program) == "sections/unnamed/03-proof.pdf"


def test_only_a_candidate_has_a_record(harbour: Harbour) -> None:
    with harbour.transaction() as uow:
        dot = uow.people.add("Dot", email="dot@example.org", time_zone="UTC")

        with pytest.raises(NotFound, match="not enrolled"):
            export_record(uow, dot, program=harbour.program, signer=SIGNER)


def test_lost_files_are_named_and_nothing_is_written(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "kept.txt", "resume")
    lost = harbour.keep(ada, "lost.txt", "resume", content=b"lost")
    harbour.files.discard(lost.sha256)

    with pytest.raises(CarrelError, match=f"file 2 .{lost.sha256}. are lost"):
        harbour.archive(ada)
    assert not list(harbour.folder.glob("*.zip")) + list(harbour.folder.glob(".carrel*"))


@pytest.mark.parametrize("damage", [b"hurt!!!", b"longer than it was", b""])
def test_a_damaged_file_is_noticed_and_the_old_archive_stays(
    harbour: Harbour, damage: bytes
) -> None:
    ada = harbour.enrol()
    one = harbour.keep(ada, "kept.txt", "resume")
    before = harbour.archive(ada).read_bytes()
    stored = harbour.files.path(one.sha256)
    stored.chmod(0o600)
    stored.write_bytes(damage)

    with pytest.raises(CarrelError, match="File 1 is not as it was"):
        harbour.archive(ada)
    assert (harbour.folder / "record.zip").read_bytes() == before
    assert not list(harbour.folder.glob(".carrel*"))


def test_an_archive_that_cannot_be_written_is_told(harbour: Harbour) -> None:
    export = harbour.export(harbour.enrol())

    with pytest.raises(CarrelError, match="was not written"):
        write_archive(
            harbour.folder / "no" / "record.zip", export, files=harbour.files, signer=SIGNER
        )


def test_only_its_owner_may_read_the_archive(harbour: Harbour) -> None:
    path = harbour.archive(harbour.enrol())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_large_files_are_told_as_they_are_written(harbour: Harbour) -> None:
    ada = harbour.enrol()
    large = bytes(3_000_000)
    harbour.keep(ada, "large.bin", "resume", content=large)
    told: list[int] = []
    path = harbour.folder / "record.zip"

    write_archive(
        path, harbour.export(ada), files=harbour.files, signer=SIGNER, advance=told.append
    )

    assert sum(told) == len(large)
    assert len(told) > 1
    assert sha256(contents(path)["sections/resume Resume/01-large.bin"]) == sha256(large)


def test_times_in_the_archive_are_those_of_the_record(harbour: Harbour) -> None:
    ada = harbour.enrol()
    one = harbour.keep(ada, "a.txt", "resume")
    ancient = replace(one, stored_at=datetime(1970, 1, 1, tzinfo=UTC))
    export = harbour.export(ada)
    early = replace(export, files=(replace(export.files[0], evidence=ancient),))
    path = harbour.folder / "record.zip"
    write_archive(path, early, files=harbour.files, signer=SIGNER)

    with zipfile.ZipFile(path) as opened:
        times = {info.filename.split("/")[0]: info.date_time for info in opened.infolist()}
    assert times["sections"] == (1980, 1, 1, 0, 0, 0)
    assert times["index.html"] == (2026, 5, 4, 12, 3, 0)
