"""Whoever is erased is gone but for what is named, and can come back with an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Address
from bot.domain.rights import Role
from bot.errors import NotFound, Refused
from bot.usecases.check_store import check_store
from bot.usecases.erase_person import discard_bytes, erase_person
from handlers.window import DeskWindow
from storage.archive.standalone import main
from storage.proof.verification import verify_archive
from tests.cast import ADE, BEA, MIA, REV, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.flows.stories import WORDS
from tests.leaving import (
    LETTER,
    copy_of,
    everything_in,
    export,
    forget,
    record_of,
    take_on,
    told_house,
)
from tests.reviewed import trail
from tests.usecases.test_import import comparable

CID = replace(BEA, name="Cid Novak", email="cid@example.org")
SECRETS = (
    "Bea Okafor",
    BEA.email,
    "COMM-1.txt",
    "notes.txt",
    "locked.pdf",
    "555 0100",
    "what I did yourself",
    "There is little text",
    *(line[:40] for line in WORDS),
)


@pytest.fixture(scope="module")
def told(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house where Bea has done everything there is to do."""
    house, _ = told_house(knowledge, tmp_path_factory.mktemp("told") / "house")
    yield house
    house.database.close()


@pytest.fixture
def house(told: House, knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """The same, to be changed."""
    made = copy_of(told, knowledge, tmp_path / "copy")
    yield made
    made.database.close()


def is_well(house: House) -> bool:
    report = check_store(house.transaction(), house.files)
    return report.ok


def test_nothing_of_the_person_is_left_on_the_disk(house: House) -> None:
    assert all(secret.encode() in everything_in(house) for secret in SECRETS[:6])

    forget(house, BEA.email)

    left = everything_in(house)
    assert [secret for secret in SECRETS if secret.encode() in left] == []
    assert LETTER.encode() not in b"".join(
        house.files.path(n).read_bytes() for n in house.files.names()
    )
    assert is_well(house)


def test_a_second_address_of_hers_goes_from_what_staff_was_told(house: House) -> None:
    window = DeskWindow(house.desk, house.transaction)
    own = Address(channel="email", value="bea.private@home.example")
    with house.transaction() as uow:
        bea = uow.people.find(BEA.email)
        assert bea is not None
        uow.people.connect(bea, own, at=house.clock())
        uow.commit()
    window.set_aside("k1", sender=own.value, why="too large")
    house.drain()
    assert own.value.encode() in everything_in(house)

    forget(house, BEA.email)

    assert own.value.encode() not in everything_in(house)


def test_all_bytes_that_were_hers_alone_are_discarded(house: House) -> None:
    before = set(house.files.names())

    done = forget(house, BEA.email)

    assert len(before) > 24
    assert set(done.names) >= before
    assert list(house.files.names()) == []


def test_her_addresses_are_strangers_and_her_record_is_gone(house: House) -> None:
    forget(house, BEA.email)

    with pytest.raises(NotFound, match="not enrolled"):
        export(house, "#1")
    assert "I do not know yet who you are" in house.say(BEA.email, "progress")
    assert "Nobody shares anything" in house.say(MIA[1], "shared with me")
    assert "There is no share 1 for you" in house.say(MIA[1], "look at share 1")


def test_the_trail_tells_what_went_and_keeps_its_chain(house: House) -> None:
    done = forget(house, BEA.email)

    line = trail(house)[-1]
    assert (line.actor, line.action, line.subject) == ("operator", "erased", "person:1")
    assert line.details["evidence"] == "24"
    assert tuple(line.details["bytes"].split()) == done.names
    assert is_well(house)


def test_the_outcomes_of_her_sets_stay(house: House) -> None:
    forget(house, BEA.email)
    with house.transaction() as uow:
        kept = [uow.submissions.get(number) for number in range(1, 9)]

    outcomes = [one.decision.outcome.value for one in kept if one and one.decision]
    assert outcomes == ["more-documents", "approved", "course-recommended", *["approved"] * 5]
    assert all(item.name == item.section for one in kept if one for item in one.items)


def test_bytes_that_somebody_else_holds_stay(house: House, tmp_path: Path) -> None:
    cid = house.enrol(CID)
    house.send(cid.person.email, prop("COMM-1.txt", tmp_path), caption="for COMM-1")
    kept = house.attach(prop("COMM-1.txt", tmp_path)).sha256

    done = forget(house, BEA.email)

    assert kept not in done.names
    assert list(house.files.names()) == [kept]
    assert done.shared == 1
    assert is_well(house)


def test_bytes_that_somebody_is_just_sending_stay(house: House, tmp_path: Path) -> None:
    cid = house.enrol(CID)
    sent = house.attach(prop("COMM-1.txt", tmp_path))
    house.pipeline.receive(house.message(cid.person.email, "for COMM-1", sent))

    forget(house, BEA.email)
    house.drain()

    assert is_well(house)
    assert list(house.files.names()) == [sent.sha256]


def test_a_crash_before_the_bytes_went_is_mended_by_erasing_the_number_again(
    house: House,
) -> None:
    with house.transaction() as uow:
        erase_person(uow, house.desk.program, BEA.email, now=house.clock())
        uow.commit()
    assert list(house.files.names())
    lines = len(trail(house))

    with house.transaction() as uow:
        again = erase_person(uow, house.desk.program, "#1", now=house.clock())
        uow.commit()
    discard_bytes(house.transaction(), house.files, again.names)

    assert again.before == house.clock()
    assert (dict(again.went), len(trail(house))) == ({}, lines)
    assert list(house.files.names()) == []
    assert is_well(house)


@pytest.mark.parametrize("pack", ["knowledge", "other_knowledge"])
def test_export_erase_import_and_verify(
    pack: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    house, _ = told_house(request.getfixturevalue(pack), tmp_path / "house")
    archive = export(house, BEA.email)
    key = house.desk.signer.public_key
    before = record_of(archive)
    numbers = [one["number"] for one in before["submissions"]]

    forget(house, BEA.email)
    done = take_on(house, archive)
    again = export(house, BEA.email, "again.zip")

    assert comparable(record_of(again)) == comparable(before)
    assert done.candidate.person.id > 1
    assert done.submissions == {number: number + len(numbers) for number in numbers}
    assert {one["outcome"] for s in before["submissions"] if (one := s["decision"])} == {
        "more-documents",
        "approved",
        "course-recommended",
    }
    assert before["appeals"][0]["result"]
    assert len(before["statements"]) == 2
    for one in (archive, again):
        assert verify_archive(one, trusted_key=key).ok
        assert main([str(one), "--key", key]) == 0
    assert is_well(house)
    house.database.close()


def test_an_erasure_that_is_mended_after_a_new_import_takes_nothing_of_it(house: House) -> None:
    archive = export(house, BEA.email)
    with house.transaction() as uow:
        done = erase_person(uow, house.desk.program, BEA.email, now=house.clock())
        uow.commit()
    take_on(house, archive)

    discard_bytes(house.transaction(), house.files, done.names)

    assert is_well(house)


def test_what_was_imported_is_erased_with_its_archive(house: House) -> None:
    archive = export(house, BEA.email)
    forget(house, BEA.email)
    take_on(house, archive)
    archive.unlink()

    forget(house, BEA.email)

    left = everything_in(house)
    assert [secret for secret in SECRETS if secret.encode() in left] == []
    assert list(house.files.names()) == []
    assert is_well(house)


def test_a_reviewers_work_goes_back_and_their_name_stays_in_decisions(house: House) -> None:
    forget(house, REV[1])

    with house.transaction() as uow:
        second = uow.submissions.get(2)
        assert second is not None
        assert REV[0] in {claim.name for claim in second.claims}
        assert uow.roles.holders((Role.REVIEWER,))[0].name != REV[0]
    assert list(house.files.names())
    assert is_well(house)


def test_a_mentor_takes_their_shares_and_offers_along(house: House) -> None:
    forget(house, MIA[1])

    assert "1" not in house.say(BEA.email, "offers").split()
    assert b"supervisor-letter" not in everything_in(house)
    assert b"Mia Sato" not in everything_in(house)


def test_the_last_admin_cannot_be_erased(house: House) -> None:
    house.appoint(*ADE, Role.ADMIN)
    with house.transaction() as uow, pytest.raises(Refused, match="is the last admin"):
        erase_person(uow, house.desk.program, ADE[1], now=house.clock())

    house.appoint(*SAL, Role.ADMIN)
    forget(house, ADE[1])

    assert is_well(house)


def test_nobody_is_nobody(house: House) -> None:
    with house.transaction() as uow, pytest.raises(NotFound, match="Nobody is known"):
        erase_person(uow, house.desk.program, "nobody@example.org", now=house.clock())


def test_the_trail_holds_no_words_of_anybody(told: House) -> None:
    names = ("Bea", "Okafor", "Mia", "Sato", "Rev", "Sal", "example.org", ".txt", ".pdf", "caption")
    words = (*names, "yourself", "lucky", "0100", "procedure", "order")
    lines = [
        f"{line.actor} {line.action} {line.subject} {dict(line.details)}" for line in trail(told)
    ]

    assert len(lines) > 60
    assert [line for line in lines if any(word in line for word in words)] == []


def test_the_database_is_a_whole_one_afterwards(house: House) -> None:
    forget(house, BEA.email)

    with sqlite3.connect(house.folder / "carrel.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
