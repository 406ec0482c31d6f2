"""Program packs: a sound one loads, and of a damaged one each fault is told with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.domain.sections import SectionKind
from bot.errors import ProgramError
from bot.knowledge.documents import Fault
from bot.knowledge.lines import line_of
from bot.knowledge.pack import load_pack, read_folder
from bot.settings import PROGRAMS
from tests.unit.bakery import bakery


def faults_of(pack: Path) -> tuple[str, ...]:
    with pytest.raises(ProgramError) as caught:
        load_pack(pack)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def damage(pack: Path, file: str, old: str, new: str) -> int:
    """Writes `new` for the first `old`; the line where it stands."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{file} has no {old!r}"
    path.write_text(f"{before}{new}{after}", encoding="utf-8")
    return before.count("\n") + 1


def test_a_whole_pack_loads(tmp_path: Path) -> None:
    pack = load_pack(bakery(tmp_path))
    sections = {s.id: s for s in pack.program.sections}

    assert [s.code for s in pack.program.sets] == ["BREAD", "CAKE", "SHOP"]
    assert sections["BREAD-1"].looks_like == ("Jar with bubbles", "A feeding log of four weeks.")
    assert sections["cake-making/statement"].kind is SectionKind.STATEMENT
    assert sections["cake-making/statement"].title == "Baking diary, Cake Making"
    assert sections["cake-making/statement"].looks_like == ("What Cake Making taught me",)
    assert pack.program.support is not None
    assert pack.program.support.hours[1].days == (0, 1)
    assert [p.file for p in pack.passages] == ["history.md", *["ovens.md"] * 6]
    assert pack.demo is not None


def test_what_a_pack_may_leave_out_may_be_left_out(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    text = (pack / "program.yaml").read_text(encoding="utf-8")
    kept = text[: text.index("support:")]
    (pack / "program.yaml").write_text(kept, encoding="utf-8")

    loaded = load_pack(pack)
    assert loaded.program.support is None
    assert loaded.demo is None


SHIPPED_DAMAGES = [
    ("program.yaml", "format: 1", "format: 2", "format: write 1"),
    ("program.yaml", "electives_needed: 3", "electives_needed: 30", "but 7 are offered"),
    ("program.yaml", "time_zone: America/Chicago", "time_zone: America/Chicagoo", "Europe/Paris"),
    ("program.yaml", 'opens: "07:00"', 'opens: "late"', "support.hours.0.opens"),
    (
        "program.yaml",
        'closes: "18:00"',
        'closes: "07:00"',
        "closes 07:00 is not later than opens 07:00: write hours after midnight",
    ),
    (
        "program.yaml",
        'closes: "18:00"',
        "closes: 18:00",
        'in quotation marks and without a zone, like "07:00"',
    ),
    (
        "program.yaml",
        'closes: "18:00"',
        'closes: "18:00Z"',
        "support.hours.1.closes: write local time",
    ),
    (
        "program.yaml",
        "subscription_years: 4",
        "subscription_years: 0",
        "subscription_years: write 1 or more",
    ),
    (
        "program.yaml",
        "unofficial:",
        "color: red\nunofficial:",
        "color: unknown key: remove it or correct",
    ),
    ("program.yaml", "words:", "words: }", "not YAML: remove the sign"),
    ("program.yaml", "short_name: ", "short_nam: ", "short_nam: unknown key: remove it"),
    ("program.yaml", "short_name: ", "short_name: 7 #", "short_name: write text, in quotation"),
    ("program.yaml", "subscription_years: 4", "subscription_years: four", "write a whole number"),
    ("program.yaml", "name: ", "name: a: ", "not YAML: put a text with a colon in quotation marks"),
    ("program.yaml", "short_name: ", "short_name: *", "begins with * in quotation marks"),
    ("program.yaml", "words:", "\twords:", "indent with spaces instead of tabs"),
    ("documents/review.md", "title: ", "source: ", "no title: begin the file with"),
    ("documents/review.md", "---", "", "no title: begin the file with"),
    ("documents/review.md", "title: ", "title: a: ", "front matter is not YAML: put a text"),
    ("sets/technology.yaml", "id: technology", "id: techno", "file's name, 'technology'"),
    (
        "sets/technology.yaml",
        "id: TECH-2",
        "id: TECH-1",
        "TECH-1 is used 2 times: give each competency its own id",
    ),
    ("sets/technology.yaml", "id: TECH-2", "id: TEC-2", "write TECH-2"),
    ("sets/technology.yaml", "id: TECH-2", "id: second", "competencies.1.id"),
    (
        "sets/technology.yaml",
        "required: true",
        "required: perhaps",
        "required: write true or false",
    ),
    ("documents/review.md", "\n## ", "\n## Empty\n\n## ", "write its answer or remove it"),
]


@pytest.mark.parametrize(("file", "old", "new", "remedy"), SHIPPED_DAMAGES)
def test_one_damage_is_told_with_file_line_and_remedy(
    file: str, old: str, new: str, remedy: str, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(PROGRAMS / "lssc", pack)
    line = damage(pack, file, old, new) + new.startswith("\n")

    (told,) = [fault for fault in faults_of(pack) if remedy in fault][-1:]
    assert told.startswith(f"{file}:{line}: "), told


@pytest.mark.parametrize(
    ("file", "old", "new", "remedies"),
    [
        ("program.yaml", "[cake-making]", "[cakes]", ["use one of cake-making, shop-keeping"]),
        ("program.yaml", 'since: "1990"', "since: long ago", ["eras.old.since"]),
        ("documents/ovens.md", "## Gas ovens", "## Wood ovens", ["twice", "twice", "FILE-STEM"]),
        ("documents/ovens.md", "now: ovens#Gas ovens\n", "", ["name the passage that holds"]),
        ("documents/ovens.md", "#Gas ovens", "#Coal", ["ovens#Coal does not exist"]),
        ("documents/ovens.md", "era: new\n", "", ["add era or stated"]),
        ("documents/history.md", "stated: 1990", "stated: 2020", ["another date"] * 2),
        ("documents/ovens.md", "support-open", "weather", ["use one of support-open"]),
    ],
)
def test_documents_that_do_not_fit_each_other_are_told(
    file: str, old: str, new: str, remedies: list[str], tmp_path: Path
) -> None:
    pack = bakery(tmp_path)
    damage(pack, file, old, new)

    found = faults_of(pack)
    assert len(found) == len(remedies), found
    assert all(r in f for r, f in zip(sorted(remedies), sorted(found, key=_remedy), strict=True))


def _remedy(fault: str) -> str:
    return fault.split(": ", 2)[-1]


@pytest.mark.parametrize("file", ["program.yaml", "sets/cake-making.yaml"])
def test_a_missing_file_is_told(file: str, tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    (pack / file).unlink()

    (fault,) = faults_of(pack)
    assert fault == f"{file}:1: missing in {pack}: create it"


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"x: 1\nid: caf\xe9", "not UTF-8: save the file with UTF-8 encoding"),
        (b"x: 1\nid: 2001-99-99", "not YAML: no such date or number; correct it"),
        (b"x: 1\nid: 'a\ny: 2\n", "not YAML: close the quotation mark that opens here"),
        (b"x: 1\nid: [a\ny: 2\n", "not YAML: close the bracket that opens here"),
        (b"x: 1\nid: \x00", "not YAML: remove the character that cannot be seen or printed"),
    ],
)
def test_a_file_that_cannot_be_decoded_is_told(content: bytes, remedy: str, tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    (pack / "sets/cake-making.yaml").write_bytes(content)

    (fault,) = faults_of(pack)
    assert fault.startswith(f"sets/cake-making.yaml:2: {remedy}")
    assert "\n" not in fault


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    damage(pack, "sets/bread-baking.yaml", "BREAD-2", "LOAF-2")
    damage(pack, "documents/ovens.md", "era: old", "era: older")
    damage(pack, "program.yaml", "Europe/Paris", "Paris")

    assert len(faults_of(pack)) == 3


def test_a_pack_without_documents_is_told(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    shutil.rmtree(pack / "documents")

    (fault,) = faults_of(pack)
    assert fault.endswith(
        "/documents: no .md or .txt file here: name a folder that holds documents"
    )


def test_a_folder_is_read_below_and_in_name_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.TXT").write_bytes(b"\xef\xbb\xbfTwo \xff.")
    (tmp_path / "a.markdown").write_text("# One\n\nOne.", encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    faults: list[Fault] = []

    found = read_folder(tmp_path, faults)
    assert [(p.file, p.units[0]) for p in found] == [
        ("a.markdown", "One."),
        ("b/two.TXT", "Two \ufffd."),
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 1),
        (("b",), 3),
        (("b", 1), 4),
        (("b", 1, "c"), 4),
        (("b", 9), 3),
        (("b", "x"), 3),
        (("missing", "x"), 1),
        (("a", "deeper"), 1),
    ],
)
def test_a_value_is_found_at_its_line_or_at_the_nearest_above(
    path: tuple[int | str, ...], line: int
) -> None:
    assert line_of("a: 1\nb:\n  - x\n  - c: 2\n", path) == line


def test_an_empty_file_has_its_faults_in_the_first_line() -> None:
    assert line_of("", ("id",)) == 1
