"""What is not exactly as we wrote it, or not for here, is not taken on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import Knowledge
from bot.errors import CarrelError, NotFound, Refused
from bot.usecases.import_record import check_importable
from storage.archive.document import read_record
from storage.archive.reading import keep_bytes, open_archive
from storage.proof.manifest import write_seal
from tests.cast import BEA
from tests.desk import House
from tests.exporting import STRANGER, Harbour, contents, repack
from tests.leaving import export, new_house, record_of, take_on, told_house
from tests.tampering import listing


@pytest.fixture(scope="module")
def told(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house where Bea has done everything there is to do."""
    house, _ = told_house(knowledge, tmp_path_factory.mktemp("told") / "house")
    yield house
    house.database.close()


@pytest.fixture(scope="module")
def archive(told: House) -> Path:
    """Her archive."""
    return export(told, BEA.email)


def test_a_record_of_another_program_is_refused(
    other_knowledge: Knowledge, archive: Path, tmp_path: Path
) -> None:
    house = new_house(other_knowledge, tmp_path / "house")

    with pytest.raises(Refused, match="This is a record of Library Support Staff Certification"):
        take_on(house, archive)
    house.database.close()


@pytest.mark.parametrize("name", ["record.json", "index.html", "verify.py"])
def test_an_altered_archive_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    members = contents(archive)
    changed = repack(tmp_path / "x.zip", {**members, name: members[name] + b" "})

    with (
        pytest.raises(Refused, match=f"{name} was altered"),
        open_archive(changed, trusted_key=None),
    ):
        pass


def test_an_archive_by_another_key_or_none_at_all_is_refused(archive: Path, tmp_path: Path) -> None:
    members = contents(archive)
    manifest = members["manifest.json"]
    seal = write_seal(public_key=STRANGER.public_key, signature=STRANGER.sign(manifest))
    forged = repack(tmp_path / "x.zip", {**members, "manifest.sig": seal})

    with (
        pytest.raises(Refused, match="A receipt is not genuine"),
        open_archive(forged, trusted_key=None),
    ):
        pass
    with (
        pytest.raises(Refused, match="by another installation"),
        open_archive(archive, trusted_key=STRANGER.public_key),
    ):
        pass
    with pytest.raises(NotFound, match="cannot be read"), open_archive(tmp_path, trusted_key=None):
        pass


Change = Callable[[dict[str, Any]], None]


def at(*path: str | int, value: Any) -> Change:
    def change(record: dict[str, Any]) -> None:
        place: Any = record
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def twice(name: str) -> Change:
    return lambda record: record[name].append(record[name][0])


BAD: list[tuple[Change, str]] = [
    (at("candidate", "electives", 0, value="juggling"), "no set 'juggling'"),
    (at("files", 0, "number", value=2), "Two files have one number"),
    (at("history", 0, "file", value=99), "about file 99"),
    (at("statements", 1, "number", value=3), "Version 3 of the statement"),
    (at("submissions", 1, "follows", value=7), "does not follow"),
    (at("submissions", 1, "asked", value=[]), "does not follow"),
    (at("submissions", 0, "decision", value=None), "decided and not decided"),
    (at("submissions", 0, "items", 0, "number", value=3), "a file that is not in the record"),
    (at("submissions", 0, "items", 0, "name", value="x"), "does not fit its files"),
    (at("requests", 0, "submission", value=77), "that was not decided"),
    (twice("submissions"), "Two submissions have one number"),
    (twice("requests"), "A request is there twice"),
    (twice("appeals"), "An appeal is there twice"),
    (at("candidate", "person", "email", value="nobody"), "no e-mail address"),
    (at("candidate", "person", "time_zone", value="Mars"), "no time zone"),
]


@pytest.mark.parametrize(("change", "said"), BAD, ids=[said for _, said in BAD])
def test_a_record_that_does_not_fit_together_is_refused(
    told: House, archive: Path, change: Change, said: str
) -> None:
    found = record_of(archive)
    change(found)
    record = read_record(json.dumps(found).encode())

    with told.transaction() as uow, pytest.raises(Refused, match=said):
        check_importable(uow, told.desk.program, record)


BEYOND: list[tuple[Change, str]] = [
    (at("submissions", 0, "submitted_at", value="0001-01-01T00:00:00+14:00"), "submitted_at lies"),
    (at("files", 0, "stored_at", value="9999-12-31T23:59:59-12:00"), "stored_at lies outside"),
    (at("candidate", "enrolled_on", value="0001-01-01"), "candidate.enrolled_on lies outside"),
    (at("as_of", value="2201-01-01T00:00:00Z"), "as_of lies outside the years 1990 to 2200"),
    (at("files", 0, "filing", "sections", value=["x" * 10_000]), "files.filing.sections is longer"),
    (at("routes", "x" * 10_000, value="course"), "routes is longer than 200"),
    (at("submissions", 0, "decision", "reason", value="x" * 500_000), "decision.reason is longer"),
    (at("submissions", 0, "decision", "reason", value="a\x1b[2J"), "reason has control characters"),
    (at("files", 0, "name", value="two\nlines.txt"), "files.name has control characters"),
    (at("candidate", "person", "email", value="x" * 99_999), "person.email is longer than 200"),
    (at("statements", 0, "paragraphs", value=["x"] * 201), "paragraphs are more than 200"),
    (at("statements", 0, "paragraphs", value=["x" * 40_000] * 2), "or 60,000 characters"),
    (at("appeals", 0, "notice", value="x" * 60_001), "appeals.notice is longer than 60,000"),
    (at("submissions", 0, "round", value=2**31), "submissions.round is no number"),
    (at("files", 0, "size", value=-1), "files.size is no number"),
]


@pytest.mark.parametrize(("change", "said"), BEYOND, ids=[said for _, said in BEYOND])
def test_a_field_that_no_record_of_ours_could_have_is_named(
    told: House, archive: Path, change: Change, said: str
) -> None:
    found = record_of(archive)
    change(found)
    record = read_record(json.dumps(found).encode())

    with told.transaction() as uow, pytest.raises(Refused, match=said) as refused:
        check_importable(uow, told.desk.program, record)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (at("format", value="carrel-record-1"), "export it again"),
        (at("format", value="carrel-record-9"), "use a newer Carrel"),
        (at("as_of", value="2026-01-01T00:00:00"), "without its time zone"),
        (at("routes", "technology", value="swimming"), "not written as we write it"),
        (lambda record: record.pop("files"), "not written as we write it"),
    ],
)
def test_a_record_we_would_not_write_is_refused(archive: Path, change: Change, said: str) -> None:
    found = record_of(archive)
    change(found)

    with pytest.raises(CarrelError, match=said):
        read_record(json.dumps(found).encode())
    with pytest.raises(CarrelError, match="not written as we write it"):
        read_record(b"[" * 100_000)


def test_the_bytes_of_a_damaged_archive_never_reach_a_record(tmp_path: Path) -> None:
    made = Harbour(tmp_path)
    ada = made.enrol()
    made.keep(ada, "deck.txt", "BOA-1")
    path = made.archive(ada)
    with open_archive(path, trusted_key=None) as found:
        wrong = replace(found.record.files[0], sha256="0" * 64)
        with pytest.raises(CarrelError, match="changed while it was read"):
            keep_bytes(replace(found, record=replace(found.record, files=(wrong,))), made.files)
    made.database.close()


def test_a_signed_record_that_names_other_files_than_its_list_is_refused(tmp_path: Path) -> None:
    made = Harbour(tmp_path)
    ada = made.enrol()
    made.keep(ada, "deck.txt", "BOA-1")
    members = contents(made.archive(ada))
    members["record.json"] = members["record.json"].replace(b"01-deck.txt", b"../../x.txt")
    path = repack(tmp_path / "x.zip", listing(members))

    with (
        pytest.raises(CarrelError, match="tell of different files"),
        open_archive(path, trusted_key=None),
    ):
        pass
    made.database.close()
