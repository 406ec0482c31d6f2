"""What an export tells of texts, submissions, reviews and appeals, as the candidate may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.app import Knowledge
from bot.domain.own_view import as_candidate_sees
from bot.domain.rules import Outcome
from bot.domain.submission import Claim, Stage
from storage.archive.document import read_record
from storage.proof.verification import verify_archive, verify_receipt
from tests.cast import BEA, REV, ROB
from tests.contract.reviewing import decided, in_review
from tests.desk import House
from tests.exporting import contents
from tests.leaving import LETTER, export, record_of, told_house
from tests.reviewed import submitted
from tests.usecases.test_export_page import Page


@pytest.fixture(scope="module")
def told(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house where Bea has done everything there is to do."""
    house, _ = told_house(knowledge, tmp_path_factory.mktemp("told") / "house")
    yield house
    house.database.close()


@pytest.fixture(scope="module")
def archive(told: House) -> Path:
    """Bea's archive."""
    return export(told, BEA.email)


@pytest.fixture(scope="module")
def page(archive: Path) -> Page:
    """Its page."""
    return Page(contents(archive)["index.html"].decode())


def test_a_rich_archive_is_genuine_and_the_same_every_time(told: House, archive: Path) -> None:
    report = verify_archive(archive, trusted_key=told.desk.signer.public_key)

    assert report.ok, report.lines
    assert export(told, BEA.email, "again.zip").read_bytes() == archive.read_bytes()


def test_every_version_of_a_statement_is_a_file(archive: Path) -> None:
    found = contents(archive)
    folder = "statements/communication-and-teamwork"

    assert found[f"{folder}/v1.txt"].startswith(b"I began at the desk")
    assert found[f"{folder}/v2.txt"].startswith(found[f"{folder}/v1.txt"].rstrip() + b"\n\nWhat I")


def test_every_submission_has_a_genuine_confirmation(told: House, archive: Path) -> None:
    lines = contents(archive)["receipts.txt"].decode().splitlines()
    tokens = [line for line in lines if line.startswith("carrel-submission-1.")]

    assert len(tokens) == len(record_of(archive)["submissions"]) == 8
    assert "Submission 8" in lines
    for token in tokens:
        assert verify_receipt(token, file=None, trusted_key=told.desk.signer.public_key).ok


def test_the_page_links_to_all_of_it(archive: Path, page: Page) -> None:
    links = {unquote(link) for link in page.values("a", "href")}

    assert {name for name in contents(archive) if "/" in name} <= links
    assert page.tags["caption"] == page.tags["table"]


def test_the_page_tells_what_came_of_each_set(page: Page) -> None:
    words = " ".join(page.words.split())

    for told in (
        "Achieved: it was approved, and stays so.",
        "Personal learning statement, version 2",
        "more documents wanted (COMM-1): One competency needs your own part.",
        "By Sal Moreau",
        "It does not say what you did yourself.",
        "Appeal against the decision on submission 3",
        "Notice of intent to appeal I, Bea Okafor (bea@example.org)",
        "Result: upheld. The published procedure was followed.",
        "This reads very well, Bea.",
    ):
        assert told in words


def test_letters_show_under_their_section(page: Page) -> None:
    words = " ".join(page.words.split())

    assert "Achievement letter, Communication and Teamwork 12. Achievement letter" in words


def test_reviewers_have_no_names_and_offers_are_no_part_of_it(archive: Path) -> None:
    for name, data in contents(archive).items():
        assert not any(word.encode() in data for word in (*REV, *ROB)), name
        assert LETTER.encode() not in data, name
    raters = {r["reviewer"] for s in record_of(archive)["submissions"] for r in s["ratings"]}
    assert raters == {1, 2}


def test_the_record_reads_back(archive: Path) -> None:
    record = read_record(contents(archive)["record.json"])

    assert record.format == "carrel-record-2"
    assert [s.round for s in record.submissions][:2] == [1, 2]
    assert record.requests[0].closed_by == 11
    assert [step.own for step in record.appeals[0].taken] == [True, True, False, False]


def test_ratings_are_told_once_it_is_decided(home: House) -> None:
    ada = home.enrol(replace(BEA, email="cid@example.org"))
    open_one = in_review(submitted(home, ada, "technology"))

    assert as_candidate_sees(open_one).ratings == ()
    assert as_candidate_sees(decided(open_one)).ratings[0].reviewer == 1


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(Outcome.APPROVED, "Fine, Ada."), (Outcome.COURSE, ""), (Outcome.MORE, "")],
)
def test_comments_are_told_as_in_the_chat(home: House, outcome: Outcome, told: str) -> None:
    ada = home.enrol(replace(BEA, email="cid@example.org"))
    one = decided(submitted(home, ada, "technology"), outcome=outcome)

    seen = as_candidate_sees(one)

    assert [rating.comment for rating in seen.ratings] == [told]
    assert seen.decision is not None
    assert (seen.decision.by, seen.decision.name) == (0, "Stella Staff")
    assert (seen.claims, seen.decision.proposed) == ((), None)


def test_what_is_wanted_more_comes_with_its_comment(home: House) -> None:
    ada = home.enrol(replace(BEA, email="cid@example.org"))
    one = decided(submitted(home, ada, "technology"))
    assert one.decision is not None
    asked = replace(one, decision=replace(one.decision, sections=("A-1",)))

    assert as_candidate_sees(asked).ratings[0].comment == "Fine, Ada."


def test_reviewers_keep_the_places_in_which_they_took_it_on(home: House) -> None:
    ada = home.enrol(replace(BEA, email="cid@example.org"))
    one = decided(submitted(home, ada, "technology"), outcome=Outcome.APPROVED)
    first = Claim(reviewer=4, name="First", at=home.clock())
    rated = (one.ratings[0], replace(one.ratings[0], reviewer=4, comment="Good."))
    seen = as_candidate_sees(replace(one, claims=(first, *one.claims), ratings=rated))

    assert [(r.reviewer, r.comment) for r in seen.ratings] == [(1, "Good."), (2, "Fine, Ada.")]
    assert seen.stage is Stage.DECIDED
