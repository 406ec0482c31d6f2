"""Whether what the records hold is still there and unaltered."""

from __future__ import annotations

from pathlib import Path

from bot.usecases.check_store import StoreReport, check_store
from tests.cast import ADA
from tests.desk import House
from tests.flows.props import prop


def report(house: House) -> StoreReport:
    """What a check says."""
    return check_store(house.transaction(), house.files)


def filed(house: House, folder: Path, name: str = "notes.txt") -> Path:
    """Where the bytes of a file lie that Ada filed."""
    path = prop(name, folder)
    house.send(ADA.email, path)
    return house.files.path(house.attach(path).sha256)


def test_a_store_as_it_should_be_is_well(home: House, tmp_path: Path) -> None:
    filed(home, tmp_path)

    found = report(home)

    assert (found.trail.ok, found.files.ok) == (True, True)
    assert found.files.told == "every file of every record is there, unaltered"


def test_altered_bytes_are_found(home: House, tmp_path: Path) -> None:
    stored = filed(home, tmp_path)
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes().upper())

    found = report(home)

    assert not found.files.ok
    assert found.files.told == f"1 missing or altered, restore from a backup: {stored.name}"
    assert found.trail.ok


def test_missing_bytes_are_counted_and_some_are_named(home: House, tmp_path: Path) -> None:
    for name in ("notes.txt", "resume.txt"):
        filed(home, tmp_path, name).unlink()

    assert report(home).files.told.startswith("2 missing or altered, restore from a backup: ")


def test_bytes_that_no_record_holds_do_not_matter(home: House, tmp_path: Path) -> None:
    stray = home.attach(prop("notes.txt", tmp_path))
    home.files.path(stray.sha256).unlink()

    assert report(home).files.ok
