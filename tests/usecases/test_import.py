"""A record that was exported elsewhere lives on here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import Knowledge
from bot.domain.rules import Route
from bot.domain.submission import Stage
from bot.errors import Refused
from bot.phrases import leaving
from bot.usecases.check_store import check_store
from bot.usecases.import_record import Imported
from storage.archive.document import read_record
from tests.cast import ADA, BEA, REV, ROB, SAL
from tests.desk import House
from tests.exporting import contents
from tests.flows.props import prop
from tests.leaving import copy_of, export, new_house, record_of, take_on, told_house
from tests.reviewed import reply, staffed, stored, trail


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


@pytest.fixture(scope="module")
def moved(
    knowledge: Knowledge, archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Imported]]:
    """Another house that took it on; it had a submission of somebody else's before."""
    house = new_house(knowledge, tmp_path_factory.mktemp("moved") / "house")
    ada = house.enrol(ADA)
    with house.transaction() as uow:
        uow.submissions.add(
            ada.person, set_id="technology", route=Route.COURSE, items=(), at=house.clock()
        )
        uow.commit()
    yield house, take_on(house, archive)
    house.database.close()


@pytest.fixture
def fresh(knowledge: Knowledge, moved: tuple[House, Imported], tmp_path: Path) -> Iterator[House]:
    """The same, to be changed; Bea's address is proved there."""
    house = copy_of(moved[0], knowledge, tmp_path / "copy")
    house.appoint(BEA.name, BEA.email)
    yield house
    house.database.close()


def comparable(record: dict[str, Any]) -> dict[str, Any]:
    """What must not differ: all but numbers of this house, its signatures, trail and shares."""
    kept = {k: v for k, v in record.items() if k not in {"as_of", "trail", "shares", "comments"}}
    kept["candidate"]["person"].pop("id")
    numbers = {s["number"]: place for place, s in enumerate(kept["submissions"])}
    for file in kept["files"]:
        file.pop("receipt")
    for one in kept["submissions"]:
        one.pop("confirmation")
        one["number"], one["follows"] = numbers[one["number"]], numbers.get(one["follows"])
    for one in (*kept["requests"], *kept["appeals"]):
        one["submission"] = numbers[one["submission"]]
    return kept


def test_the_record_there_is_the_record_here(archive: Path, moved: tuple[House, Imported]) -> None:
    again = export(moved[0], BEA.email)

    assert comparable(record_of(again)) == comparable(record_of(archive))
    files = {n: d for n, d in contents(archive).items() if n.startswith(("sec", "stat", "wait"))}
    assert {n: d for n, d in contents(again).items() if n in files} == files


def test_submissions_get_new_numbers_and_these_are_told(moved: tuple[House, Imported]) -> None:
    house, done = moved

    assert done.submissions == {old: old + 1 for old in range(1, 9)}
    assert (done.candidate.person.id, done.known, done.tokens) == (5, False, {})
    assert [stored(house, n).follows for n in (2, 3)] == [None, 2]


def test_reviewers_and_deciders_are_names_and_nobody_here(moved: tuple[House, Imported]) -> None:
    second = stored(moved[0], 3)

    assert {rating.reviewer for rating in second.ratings} == {-1, -2}
    assert [c.name for c in second.claims] == ["Reviewer 1 elsewhere", "Reviewer 2 elsewhere"]
    assert second.decision is not None
    assert (second.decision.by, second.decision.name) == (0, "Sal Moreau")


def test_what_stays_behind_is_named(archive: Path) -> None:
    record = read_record(contents(archive)["record.json"])

    assert leaving.imported(record) == (
        "24 files of the record, 2 versions of statements, 8 submissions, 1 request for more "
        "documents, 1 appeal"
    )
    told = " ".join(leaving.left_behind(record))
    assert "1 share and 1 comment on a shared set stay in the archive" in told
    assert "Reviewers are known by their places alone" in told
    bare = replace(record, files=(), statements=(), submissions=(), requests=(), appeals=())
    assert leaving.imported(bare) == "nothing but the enrolment"


def test_the_trail_tells_where_it_came_from_and_the_archive_is_kept(
    told: House, archive: Path, moved: tuple[House, Imported]
) -> None:
    house, done = moved
    line = trail(house)[-1]

    assert (line.action, line.subject) == ("imported", f"person:{done.candidate.person.id}")
    assert line.details["key"] == told.desk.signer.public_key
    assert line.details["candidate"] == "1"
    assert house.files.path(line.details["archive"]).read_bytes() == archive.read_bytes()
    assert check_store(house.transaction(), house.files).files.ok


def test_a_kept_archive_that_is_lost_is_noticed(fresh: House) -> None:
    fresh.files.discard(trail(fresh)[-1].details["archive"])

    assert not check_store(fresh.transaction(), fresh.files).files.ok


def test_life_goes_on_here(fresh: House, tmp_path: Path) -> None:
    assert "6 of 6 sets" in fresh.say(BEA.email, "progress")
    assert "Submission 3" in fresh.say(BEA.email, "submissions")
    assert fresh.send(BEA.email, prop("resume.txt", tmp_path)).count("as file 25") == 1
    assert "stays where it is" in fresh.say(BEA.email, "remove 12")
    assert "Version 2" in fresh.say(BEA.email, "versions of Communication and Teamwork")
    assert "notes.txt" in fresh.say(BEA.email, "undo") + fresh.say(BEA.email, "undo")


def test_an_archive_is_taken_on_once(moved: tuple[House, Imported], archive: Path) -> None:
    before = len(trail(moved[0]))

    with pytest.raises(Refused, match="is a candidate here already, as person 5"):
        take_on(moved[0], archive)
    assert len(trail(moved[0])) == before


def test_somebody_known_becomes_the_candidate(
    knowledge: Knowledge, archive: Path, tmp_path: Path
) -> None:
    house = new_house(knowledge, tmp_path / "house")
    known = house.appoint("bea", BEA.email)

    done = take_on(house, archive)

    assert (done.known, done.candidate.person.id) == (True, known.id)
    house.database.close()


def test_what_is_open_waits_anew_without_claims(
    knowledge: Knowledge, home: House, tmp_path: Path
) -> None:
    staffed(home)
    home.send(BEA.email, prop("notes.txt", tmp_path), caption="certificate for Technology")
    for number in range(1, 10):
        home.say(BEA.email, f"also 1 in TECH-{number}")
    home.send(BEA.email, prop("resume.txt", tmp_path), caption="learning statement, Technology")
    home.say(BEA.email, "prove technology by portfolio")
    home.say(BEA.email, "submit technology")
    home.say(REV[1], "claim 1")
    home.say(REV[1], "rate 1 all met")
    house = new_house(knowledge, tmp_path / "other")

    done = take_on(house, export(home, BEA.email))

    one = stored(house, done.submissions[1])
    assert (one.stage, one.claims, one.ratings, one.version) == (Stage.WAITING, (), (), 1)
    assert "Bea Okafor" in reply(house, REV[1], "queue")
    house.database.close()


def test_an_open_request_is_answered_here_and_reviewed_by_others(
    knowledge: Knowledge, home: House, tmp_path: Path
) -> None:
    token = _more_wanted(home, tmp_path)
    house = new_house(knowledge, tmp_path / "other")
    done = take_on(house, export(home, BEA.email))
    house.appoint(BEA.name, BEA.email)

    house.send(BEA.email, prop("more.txt", tmp_path), caption=token)

    second = stored(house, done.submissions[1] + 1)
    assert (second.round, second.stage, second.claims) == (2, Stage.WAITING, ())
    for who in (REV[1], ROB[1]):
        house.say(who, f"claim {second.id}")
        house.say(who, f"rate {second.id} TECH-1 met")
    assert "Decided" in reply(house, SAL[1], f"approve {second.id}: All is shown.")
    house.database.close()


def _more_wanted(home: House, tmp_path: Path) -> str:
    """Bea's portfolio, of which more is wanted; the token of it."""
    staffed(home)
    home.send(BEA.email, prop("notes.txt", tmp_path), caption="for TECH-1")
    for number in range(2, 10):
        home.say(BEA.email, f"also 1 in TECH-{number}")
    home.send(BEA.email, prop("resume.txt", tmp_path), caption="learning statement, Technology")
    home.say(BEA.email, "prove technology by portfolio")
    home.say(BEA.email, "submit technology")
    for who in (REV[1], ROB[1]):
        home.say(who, "claim 1")
        home.say(who, "rate 1 TECH-1 not-met: Tell your own part.")
        home.say(who, "rate 1 the rest met")
    home.say(SAL[1], "ask more 1: Tell your own part.")
    with home.transaction() as uow:
        bea = uow.people.find(BEA.email)
        assert bea is not None
        (request,) = uow.requests.of(bea)
    return request.token


def test_a_token_that_is_taken_gets_another(
    knowledge: Knowledge, home: House, tmp_path: Path
) -> None:
    token = _more_wanted(home, tmp_path)
    archive = export(home, BEA.email)
    other = copy_of(_with_file(home, knowledge, tmp_path), knowledge, tmp_path / "copy")
    with other.transaction() as uow:
        somebody = uow.people.find(ADA.email)
        assert somebody is not None
        first = uow.submissions.add(
            somebody, set_id="technology", route=Route.COURSE, items=(), at=other.clock()
        )
        uow.requests.add(somebody, submission=first, section="x", token=token, at=other.clock())
        uow.commit()

    done = take_on(other, archive)

    assert done.tokens.keys() == {token}
    assert done.tokens[token].startswith("R-")
    other.database.close()


def _with_file(home: House, knowledge: Knowledge, tmp_path: Path) -> House:
    """A house with Ada alone, on a database in a file."""
    house = new_house(knowledge, tmp_path / "first")
    house.enrol(ADA)
    return house
