"""Whoever touches an archive is noticed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.archive.writing import write_archive
from storage.proof.manifest import write_seal
from tests.exporting import SIGNER, STRANGER, Harbour, contents, repack
from tests.tampering import FIRST, SECOND, Members, check, faults, furnish, listing, resealed


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harbour]:
    """An installation whose candidate has two files."""
    made = furnish(tmp_path_factory.mktemp("harbour"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def genuine(harbour: Harbour) -> Path:
    """Its archive."""
    return harbour.folder / "genuine.zip"


def altered(name: str) -> Callable[[Members], Members]:
    return lambda members: {**members, name: members[name][:-1] + b"~"}


def without(*names: str) -> Callable[[Members], Members]:
    return lambda members: {n: data for n, data in members.items() if n not in names}


def with_file(name: str, data: bytes = b"new") -> Callable[[Members], Members]:
    return lambda members: {**members, name: data}


def renamed(old: str, new: str) -> Callable[[Members], Members]:
    return lambda members: {new if n == old else n: data for n, data in members.items()}


def swapped(one: str, other: str) -> Callable[[Members], Members]:
    return lambda members: {**members, one: members[other], other: members[one]}


def then(*steps: Callable[[Members], Members]) -> Callable[[Members], Members]:
    def all_steps(members: Members) -> Members:
        for step in steps:
            members = step(members)
        return members

    return all_steps


TAMPERED: list[tuple[Callable[[Members], Members], set[tuple[str, str]]]] = [
    (altered(FIRST), {("altered", FIRST)}),
    (with_file(FIRST, b""), {("altered", FIRST)}),
    (altered("index.html"), {("altered", "index.html")}),
    (altered("record.json"), {("altered", "record.json")}),
    (without(SECOND), {("missing", SECOND)}),
    (without("README.txt", FIRST), {("missing", "README.txt"), ("missing", FIRST)}),
    (with_file("sections/extra.txt"), {("added", "sections/extra.txt")}),
    (with_file("twelve.txt", b"twelve years at sea"), {("added", "twelve.txt")}),
    (renamed(FIRST, "elsewhere.txt"), {("renamed", FIRST)}),
    (swapped(FIRST, SECOND), {("altered", FIRST), ("altered", SECOND)}),
    (
        then(renamed(FIRST, "elsewhere.txt"), altered("elsewhere.txt")),
        {("missing", FIRST), ("added", "elsewhere.txt")},
    ),
    (
        altered("manifest.json"),
        {("bad-signature", "manifest.json"), ("bad-manifest", "manifest.json")},
    ),
    (without("manifest.json"), {("bad-manifest", "manifest.json")}),
    (without("manifest.sig"), {("bad-manifest", "manifest.json")}),
    (with_file("manifest.sig"), {("bad-manifest", "manifest.json")}),
    (with_file("manifest.sig", bytes(5000)), {("bad-manifest", "manifest.json")}),
    (without("receipts.txt"), {("missing", "receipts.txt")}),
    (with_file("../evil.txt"), {("unsafe", "../evil.txt"), ("added", "../evil.txt")}),
    (with_file("/etc/cron.d/x"), {("unsafe", "/etc/cron.d/x"), ("added", "/etc/cron.d/x")}),
    (with_file("C:\\x.txt"), {("unsafe", "C:\\x.txt"), ("added", "C:\\x.txt")}),
    (with_file("INDEX.html"), {("unsafe", "INDEX.html"), ("added", "INDEX.html")}),
    (with_file("sections/../"), {("unsafe", "sections/../")}),
    (with_file("hidden/", b"bytes in a folder"), {("unsafe", "hidden/")}),
]


@pytest.mark.parametrize(("tamper", "expected"), TAMPERED)
def test_tampering_is_named(
    tamper: Callable[[Members], Members],
    expected: set[tuple[str, str]],
    genuine: Path,
    tmp_path: Path,
) -> None:
    assert faults(repack(tmp_path / "x.zip", tamper(contents(genuine)))) == expected


def test_a_genuine_archive_is_whole_wherever_its_key_comes_from(genuine: Path) -> None:
    assert check(genuine).facts["trusted"] is True
    report = check(genuine, key=None)
    assert report.ok
    assert report.facts["trusted"] is None
    assert "was not checked" in report.lines[-1]


def test_an_archive_that_was_unpacked_and_packed_again_is_still_genuine(
    genuine: Path, tmp_path: Path
) -> None:
    members = {unicodedata.normalize("NFD", name): data for name, data in contents(genuine).items()}

    assert check(repack(tmp_path / "x.zip", {"sections/": b"", **members})).ok


def test_another_installations_archive_is_said_plainly(harbour: Harbour, tmp_path: Path) -> None:
    with harbour.transaction() as uow:
        person = uow.people.find("ada@example.org")
        assert person is not None
        candidate = uow.people.candidate(person)
        assert candidate is not None
    path = tmp_path / "stranger.zip"
    write_archive(path, harbour.export(candidate), files=harbour.files, signer=STRANGER)

    assert ("other-key", "") in faults(path)
    assert "another installation" in check(path).lines[1]


def test_a_forged_manifest_needs_our_key(genuine: Path, tmp_path: Path) -> None:
    members = contents(genuine)
    forged = listing({**members, FIRST: b"fifty years at sea"})
    seal = write_seal(
        public_key=SIGNER.public_key, signature=STRANGER.sign(forged["manifest.json"])
    )
    path = repack(tmp_path / "x.zip", {**forged, "manifest.sig": seal})

    assert ("bad-signature", "manifest.json") in faults(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda _: b"[]",
        lambda _: b"\xff",
        lambda _: b"[" * 100_000,
        lambda data: data.replace(b'"carrel-export-1"', b'"carrel-export-9"'),
        lambda data: data.replace(b'"index.html"', b'"../index.html"'),
        lambda data: data.replace(b'"index.html"', b'"README.txt"'),
        lambda data: data.replace(b'"index.html"', b'"manifest.sig"'),
        lambda data: data.replace(b'"candidate": 1', b'"candidate": "1"'),
    ],
)
def test_a_manifest_we_would_not_write_is_refused_even_when_it_is_signed(
    change: Callable[[bytes], bytes], genuine: Path, tmp_path: Path
) -> None:
    members = resealed(contents(genuine), change=change)

    assert faults(repack(tmp_path / "x.zip", members)) == {("bad-manifest", "manifest.json")}


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda data: data + data,
        lambda data: data.split(b"File 2")[0],
        lambda data: data.replace(b".", b"!", 1),
        lambda data: data.replace(b"carrel-receipt-1.ey", b"carrel-receipt-1.eY", 1),
    ],
)
def test_receipts_that_do_not_fit_the_files_are_noticed_even_under_our_own_key(
    change: Callable[[bytes], bytes], genuine: Path, tmp_path: Path
) -> None:
    members = contents(genuine)
    members["receipts.txt"] = change(members["receipts.txt"])

    found = faults(repack(tmp_path / "x.zip", listing(members)))

    assert found == {("bad-receipt", "receipts.txt")}


def test_receipts_of_another_record_are_noticed(genuine: Path, tmp_path: Path) -> None:
    members = contents(genuine)
    members["manifest.json"] = members["manifest.json"].replace(
        b'"candidate": 1', b'"candidate": 2'
    )

    found = faults(repack(tmp_path / "x.zip", resealed(members)))

    assert found == {("bad-receipt", "receipts.txt")}


def test_too_many_receipts_are_not_read(genuine: Path, tmp_path: Path) -> None:
    members = contents(genuine)
    members["receipts.txt"] = bytes((64 << 20) + 1)

    found = faults(repack(tmp_path / "x.zip", listing(members)))

    assert found == {("bad-receipt", "receipts.txt")}


def test_an_empty_record_is_genuine(harbour: Harbour, tmp_path: Path) -> None:
    made = Harbour(tmp_path)
    try:
        assert check(made.archive(made.enrol())).facts["files"] == 0
    finally:
        made.database.close()
