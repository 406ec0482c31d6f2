"""Faults of a pack's files as a whole: each is told once, at its line, with what to do."""

from __future__ import annotations

from pathlib import Path

from tests.unit.bakery import bakery
from tests.unit.test_pack import damage, faults_of


def test_a_file_that_holds_no_keys_at_all_is_told(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    (pack / "sets/cake-making.yaml").write_text("")

    assert faults_of(pack) == (
        "sets/cake-making.yaml:1: the file: write lines of the form key: value",
    )


def test_a_document_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    path = pack / "documents/history.md"
    path.write_bytes(path.read_bytes().replace(b"crowns", b"\xa3"))

    assert faults_of(pack) == (
        "documents/history.md:10: not UTF-8: save the file with UTF-8 encoding",
    )


def test_a_wrong_era_of_a_whole_document_is_one_fault(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    line = damage(pack, "documents/ovens.md", "era: new", "era: newer")

    told = [fault for fault in faults_of(pack) if "newer" in fault]
    assert told == [
        f"documents/ovens.md:{line}: era 'newer' is not in program.yaml: use one of old, new"
    ]


def test_a_set_under_another_name_than_is_listed_is_told_with_that_name(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    (pack / "sets/cake-making.yaml").rename(pack / "sets/cakes.yaml")

    (fault,) = faults_of(pack)
    assert fault.endswith("create it. In sets/ but not listed in program.yaml: cakes.yaml")
