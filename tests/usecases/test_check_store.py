"""Whether what the records hold is still there and unaltered, and as the trail tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.usecases.check_store import StoreReport, check_store
from tests.cast import ADA, BEA, REV, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.leaving import copy_of, export, forget, new_house, take_on, told_house
from tests.reviewed import reply
from tests.submitted import answer_all, asked_for_more


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


@pytest.fixture(scope="module")
def decided(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Ada's set after its first round (1) and in its second (2)."""
    folder = tmp_path_factory.mktemp("decided")
    house = House(knowledge, folder, url=f"sqlite:///{folder}/carrel.db")
    answer_all(house, asked_for_more(house))
    yield house
    house.database.close()


def after(
    house: House, knowledge: Knowledge, folder: Path, statements: Sequence[str]
) -> StoreReport:
    """What a check says of a copy whose database somebody wrote into by hand."""
    copy = copy_of(house, knowledge, folder / "copy")
    with closing(copy.database), copy.database.engine.begin() as connection:
        for name in ("update", "delete", "replace"):
            connection.exec_driver_sql(f"DROP TRIGGER submissions_no_{name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
    return report(copy)


ERASED = "UPDATE people SET erased_at = '2026-11-21 18:00:00'"
BACK = "UPDATE people SET erased_at = NULL"
ALTERED = {
    "a reason": (
        (
            ERASED,
            "UPDATE submissions SET review = replace(review, 'Two are', 'All are') WHERE id = 1",
            BACK,
        ),
        "submission 1: review changed",
    ),
    "a rating": (
        (
            'UPDATE submissions SET review = replace(review, \'"rating":"met\', '
            '\'"rating":"not-met\') WHERE id = 2',
        ),
        "submission 2: review changed",
    ),
    "an end": (
        ("UPDATE submissions SET stage = 'withdrawn' WHERE id = 2",),
        "submission 2: review changed",
    ),
    "a name of a file": (
        ("UPDATE submissions SET items = replace(items, 'log.txt', 'lag.txt') WHERE id = 1",),
        "submission 1: files changed",
    ),
    "a media type": (
        ("UPDATE submissions SET items = replace(items, 'text/plain', 'text/html') WHERE id = 1",),
        "submission 1: files changed",
    ),
    "no files": (
        ("UPDATE submissions SET items = '[]' WHERE id = 1",),
        "submission 1: files changed",
    ),
    "nonsense": (
        (
            "UPDATE submissions SET items = '' WHERE id = 1",
            "UPDATE submissions SET submitted_at = 'x' WHERE id = 2",
        ),
        "2 not as the trail tells (submission 1: cannot be read; submission 2: cannot be read)",
    ),
    "a set": (("UPDATE submissions SET set_id = 'x' WHERE id = 2",), "submission 2: set changed"),
    "a candidate": (
        ("UPDATE submissions SET person_id = 1 WHERE id = 2",),
        "submission 2: candidate changed",
    ),
    "a submission gone": (
        (
            "PRAGMA defer_foreign_keys = ON",
            "DELETE FROM claims",
            "DELETE FROM submissions WHERE id = 2",
        ),
        "submission 2: missing",
    ),
    "a submission made": (
        (
            "INSERT INTO submissions SELECT -7, person_id, 'x', route, round, follows, asked, "
            "items, submitted_at, stage, decided_at, review, version FROM submissions WHERE id = 1",
        ),
        "submission -7: not on the trail",
    ),
}


@pytest.mark.parametrize(("statements", "said"), ALTERED.values(), ids=ALTERED)
def test_a_review_that_somebody_wrote_into_the_database_is_found(
    decided: House, knowledge: Knowledge, tmp_path: Path, statements: Sequence[str], said: str
) -> None:
    found = after(decided, knowledge, tmp_path, statements)

    assert not found.reviews.ok
    assert said in found.reviews.told
    assert "restore a backup of before" in found.reviews.told
    assert (found.trail.ok, found.roles.ok) == (True, True)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT INTO person_roles SELECT id, 'admin', '2026-11-21 18:00:00' FROM people "
            "WHERE email LIKE 'ada@%'",
            ", admin: has it unappointed",
        ),
        ("DELETE FROM person_roles WHERE role = 'staff'", ", staff: lost it undismissed"),
        (
            "UPDATE person_roles SET role = 'king' WHERE role = 'staff'",
            ", king: has it unappointed",
        ),
    ],
)
def test_a_role_that_nobody_gave_or_took_is_found(
    decided: House, knowledge: Knowledge, tmp_path: Path, statement: str, said: str
) -> None:
    found = after(decided, knowledge, tmp_path, [statement])

    assert not found.roles.ok
    assert said in found.roles.told
    assert "carrel appoint" in found.roles.told
    assert found.reviews.ok


def test_what_people_do_themselves_is_well(
    decided: House, knowledge: Knowledge, tmp_path: Path
) -> None:
    copy = copy_of(decided, knowledge, tmp_path / "copy")
    with closing(copy.database):
        for who in (REV[1], SAL[1]):
            reply(copy, who, "rate 2 all met")
        reply(copy, SAL[1], "approve 2: All is shown now.")
        assert report(copy).ok
        forget(copy, REV[1])
        forget(copy, ADA.email)

        assert report(copy).ok, report(copy)


def test_what_was_submitted_by_somebody_who_was_erased_is_still_compared(
    decided: House, knowledge: Knowledge, tmp_path: Path
) -> None:
    copy = copy_of(decided, knowledge, tmp_path / "erased")
    forget(copy, ADA.email)
    copy.database.close()
    outcome = "UPDATE submissions SET review = replace(review, 'more-documents', 'approved')"
    size = "UPDATE submissions SET items = replace(items, '\"size\":', '\"size\":1')"
    gone = "DELETE FROM submissions"

    for number, (statement, said) in enumerate(
        ((outcome, "review changed"), (size, "files changed"), (gone, "missing"))
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert f"submission 1: {said}" in after(copy, knowledge, folder, [statement]).reviews.told


def test_what_was_imported_is_compared_too(knowledge: Knowledge, tmp_path: Path) -> None:
    told, _ = told_house(knowledge, tmp_path / "told")
    house = new_house(knowledge, tmp_path / "new")
    with closing(told.database), closing(house.database):
        take_on(house, export(told, BEA.email))
        assert report(house).ok
        changed = "UPDATE submissions SET review = replace(review, 'Reviewer 1', 'Reviewer 2')"

        found = after(house, knowledge, tmp_path, [changed])
    assert not found.reviews.ok


def test_many_faults_are_counted_and_some_are_named(
    decided: House, knowledge: Knowledge, tmp_path: Path
) -> None:
    roles = [
        f"INSERT INTO person_roles SELECT 1, '{letter}', '2026-11-21 18:00:00'"
        for letter in "abcdefghijkl"
    ]

    told = after(decided, knowledge, tmp_path, roles).roles.told

    assert told.startswith("12 not as the trail tells (person 1, a: has it unappointed; ")
    assert "; and 2 more): " in told
