"""`ready` and `preview`: what lacks, who looks at it, and exactly what would be submitted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage
from tests.cast import ADA, BEA
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import stored, submitted
from tests.usecases.test_choosing import IDA, candidate, decided, workshop

__all__ = ["workshop"]  # a fixture

REQUEST = "R-K7QM-2XWD"
SKILLS = [f"TECH-{number}" for number in range(1, 10)]


def filing(house: House, who: str, *sections: str) -> None:
    """Files a text of its own in each of the sections."""
    for section in sections:
        path = house.folder / f"{section.replace('/', '-')}.txt"
        path.write_text(f"What I did at work about {section}.")
        house.send(who, path, caption="hm")
        number = len(list_of(house, who))
        house.say(who, f"move {number} to {section}")


def list_of(house: House, who: str) -> tuple[object, ...]:
    with house.transaction() as uow:
        person = uow.people.find(who)
        return uow.records.of(person) if person else ()


def test_every_missing_thing_is_named_with_its_reason_and_its_place(home: House) -> None:
    filing(home, ADA.email, "TECH-8")

    said = home.say(ADA.email, "ready technology")

    assert "Technology, by portfolio, is not ready: 9 of 10 things are missing." in said
    assert "Each competency needs at least one file that shows it. Missing:" in said
    assert all(f"- {id}: " in said for id in SKILLS if id != "TECH-8")
    assert "- TECH-8: " not in said
    assert "- Personal learning statement, Technology" in said
    assert "“What must be ready before submitting”" in said
    assert "“How much evidence each competency needs”" in said
    assert "Checked by a rule: 1 of 10 sections" in said
    assert "2 reviewers rate every competency met, partially met or not met." in said
    assert "submit Technology" not in [c.says for c in home.choices()]


def test_a_certificate_is_enough_and_no_statement_is_asked_for(home: House) -> None:
    home.say(ADA.email, "prove technology by course")
    said = home.say(ADA.email, "is technology ready?")
    assert "is not ready: the one thing it needs is missing" in said
    assert "“Sets that need no statement”" in said

    filing(home, ADA.email, "technology/certificate")
    said = home.say(ADA.email, "ready technology")

    assert "Technology, by course, is ready" in said
    assert "statement" not in said
    assert [c.says for c in home.choices()] == ["submit Technology", "preview Technology"]


def test_files_that_wait_are_mentioned_and_do_not_count(home: House, tmp_path: Path) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path))

    assert "Not filed yet, so not counted: file 1 (notes.txt)" in home.say(
        ADA.email, "ready technology"
    )
    assert "file 1 (notes.txt)" in home.say(ADA.email, "ready")


def test_the_overview_tells_each_chosen_set_in_a_line(home: House) -> None:
    filing(home, ADA.email, "technology/certificate", "TECH-1")
    made = submitted(home, candidate(home), "access-services")
    achieved = submitted(home, candidate(home), "collection-management")
    decided(home, achieved, Outcome.APPROVED)

    said = home.say(ADA.email, "am I ready?")

    assert "1 of your 6 sets is ready to be submitted." in said
    assert "- Technology: ready, by course." in said
    assert f"- Access Services: submitted (submission {made.id})." in said
    assert f"- Collection Management: achieved (submission {achieved.id})." in said
    assert "- Communication and Teamwork: 10 of 10 missing, by portfolio." in said
    assert "Youth Services" not in said
    assert home.choices()[0].says == "submit Technology"


def test_electives_that_are_still_to_be_chosen_are_not_forgotten(home: House) -> None:
    assert "Electives still to choose: 3." in home.say(BEA.email, "ready")


def test_a_set_on_its_way_or_achieved_says_so(home: House) -> None:
    made = submitted(home, candidate(home), "technology")
    said = home.say(ADA.email, "ready technology")
    assert f"Technology is submitted (submission {made.id}): nothing is missing." in said
    assert "does not touch it" in said

    decided(home, made, Outcome.APPROVED)
    assert "nothing is missing, for ever" in home.say(ADA.email, "ready technology")


def test_after_a_review_that_wants_more_the_open_requests_are_what_lacks(home: House) -> None:
    filing(home, ADA.email, "TECH-1", "TECH-2")
    owner = candidate(home).person
    with home.transaction() as uow:
        decision = ReviewDecision(
            outcome=Outcome.MORE,
            by=99,
            name="Rev",
            at=home.clock(),
            reason="so",
            sections=("TECH-2",),
        )
        made = uow.submissions.add(
            owner, set_id="technology", route=Route.PORTFOLIO, items=(), at=home.clock()
        )
        uow.submissions.save(replace(made, stage=Stage.DECIDED, decision=decision), at=home.clock())
        asked = uow.requests.add(
            owner, submission=made, section="TECH-2", token=REQUEST, at=home.clock()
        )
        uow.commit()

    said = home.say(ADA.email, "ready technology")
    assert f"- TECH-2: send it with {REQUEST}" in said
    assert "submit Technology" not in [c.says for c in home.choices()]
    said = home.say(ADA.email, "preview technology")
    assert "TECH-2.txt" in said
    assert "TECH-1.txt" not in said  # it was not in the first round, and nobody asked for it

    with home.transaction() as uow:
        uow.requests.close(asked, evidence=2, at=home.clock())
        uow.commit()
    assert "All of its requests are answered" in home.say(ADA.email, "ready technology")


def test_the_preview_is_what_is_submitted_to_the_last_hash(home: House) -> None:
    filing(home, ADA.email, *SKILLS, "technology/statement", "technology/letter", "REF-1")

    said = home.say(ADA.email, "preview technology")
    home.say(ADA.email, "submit technology")

    sent = stored(home, 1)
    assert f"Hash of the whole (SHA-256): {sent.manifest_sha256}." in said
    assert "2 reviewers would see exactly this: 10 files in 10 sections." in said
    for item in sent.items:
        assert f"file {item.number}, {item.name}, {item.size} bytes, {item.kind}" in said
    assert "technology-letter.txt" not in said
    assert "REF-1.txt" not in said
    assert "will be approved" not in said


def test_the_preview_of_what_was_submitted_stays_when_the_record_changes(home: House) -> None:
    filing(home, ADA.email, "technology/certificate")
    home.say(ADA.email, "submit technology")
    home.say(ADA.email, "remove 1")

    said = home.say(ADA.email, "preview technology")

    assert "submission 1 is frozen" in said
    assert stored(home, 1).manifest_sha256 in said


def test_the_preview_tells_which_words_of_the_statement_are_seen(home: House) -> None:
    home.say(ADA.email, "write statement for technology")
    home.say(ADA.email, "I learned a lot about printers.")
    assert "(1, 6 words) is not filed: a reviewer would see nothing of it" in home.say(
        ADA.email, "preview technology"
    )

    home.say(ADA.email, "done")
    assert "is version 1, 6 words." in home.say(ADA.email, "preview technology")

    home.say(ADA.email, "write statement for technology")
    home.say(ADA.email, "And about scanners as well.")
    assert "(2, 11 words) is not filed: a reviewer would see version 1." in home.say(
        ADA.email, "preview technology"
    )


def test_nothing_filed_is_nothing_seen(home: House) -> None:
    said = home.say(ADA.email, "preview technology")

    assert "would see nothing" in said
    assert "SHA-256" not in said


@pytest.mark.parametrize("words", ["ready gardening plans", "is anybody ready"])
def test_words_that_name_no_set_are_a_question(home: House, words: str) -> None:
    assert "Checked by a rule" not in home.say(ADA.email, words)


def test_two_sets_at_once_are_not_checked(home: House) -> None:
    said = home.say(ADA.email, "ready technology and foundations")

    assert "Name one set at a time; you named Technology and Foundations" in said


def test_an_elective_that_is_not_chosen_is_chosen_before_it_is_submitted(home: House) -> None:
    filing(home, BEA.email, "youth-services/certificate")

    said = home.say(BEA.email, "ready youth services")

    assert "is not among your electives yet. Say: choose Youth Services." in said
    assert home.choices()[0].says == "choose Youth Services"
    assert "an elective that you did not choose" in home.say(ADA.email, "ready youth services")


def test_another_program_is_checked_by_its_own_rules_and_words(workshop: House) -> None:
    filing(workshop, IDA.email, *(f"MOVE-{number}" for number in range(1, 6)))
    said = workshop.say(IDA.email, "ready movements")
    assert "Movements, by Bench proof (portfolio), is not ready: 1 of 6 things" in said
    assert "The judges read the mender's essay first." in said
    assert "runs true, runs slow or stands still" in said
    assert "“What a bench proof holds”" in said

    filing(workshop, IDA.email, "movements/statement")
    found = re.search(r"SHA-256\): (\w{64})", workshop.say(IDA.email, "preview movements"))
    workshop.say(IDA.email, "submit movements")

    assert found
    assert stored(workshop, 1).manifest_sha256 == found[1]
    assert "No longer offered" not in said
