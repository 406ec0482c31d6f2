"""The dossier: what a reviewer sees of a submission, as a folder, as a page, in a chat."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Download
from bot.domain.people import Candidate
from bot.domain.portfolio import Filing, State
from bot.domain.rights import Role
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage, Submission, items_of
from bot.errors import CarrelError
from bot.usecases.build_dossier import build_dossier
from storage.papers.dossier import HtmlDossiers
from tests.cast import ADA, BEA, REV, SAL
from tests.desk import House
from tests.samples_pictures import photo

SET = "technology"


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, among a reviewer and staff."""
    house.appoint(*REV, Role.REVIEWER)
    house.appoint(*SAL, Role.STAFF)
    house.enrol(BEA)
    return house.enrol(ADA)


def keep(house: House, ada: Candidate, path: Path, section: str, media_type: str) -> None:
    """Files a file under a section, past all guessing."""
    with house.transaction() as uow:
        evidence = uow.records.add(
            ada.person,
            name=path.name,
            media_type=media_type,
            size=path.stat().st_size,
            sha256=house.files.put(path),
            at=house.clock(),
        )
        filing = Filing(state=State.FILED, sections=(section,))
        uow.records.change(evidence, filing, message_key=path.name, reason="", at=house.clock())
        uow.commit()


def write(house: House, name: str, text: str) -> Path:
    path = house.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def submit(house: House, ada: Candidate, *, follows: Submission | None = None) -> Submission:
    """A submission of what is filed now."""
    sections = [s.id for s in house.desk.program.sections_of(SET)]
    with house.transaction() as uow:
        items = items_of(uow.records.of(ada.person), sections)
        made = uow.submissions.add(
            ada.person,
            set_id=SET,
            route=Route.PORTFOLIO,
            items=items,
            at=house.clock(),
            follows=follows,
        )
        uow.commit()
    return made


def ask_more(house: House, submission: Submission, *sections: str) -> Submission:
    decision = ReviewDecision(
        outcome=Outcome.MORE,
        by=2,
        name="Sal",
        at=house.clock(),
        reason="Show the network part.",
        sections=sections,
    )
    with house.transaction() as uow:
        uow.submissions.save(
            replace(submission, stage=Stage.DECIDED, decision=decision), at=house.clock()
        )
        uow.commit()
        found = uow.submissions.get(submission.id)
    assert found
    return found


def folder_of(house: House, number: int) -> Path:
    folder = house.folder / "dossier"
    with house.transaction() as uow:
        submission = uow.submissions.get(number)
        assert submission
        given = build_dossier(uow, house.desk.program, submission)
    HtmlDossiers(house.files).write_folder(given, folder)
    return folder


def test_the_folder_holds_every_file_by_section_with_hashes_that_fit(
    house: House, ada: Candidate
) -> None:
    keep(house, ada, write(house, "modem.txt", "I reset it."), "TECH-8", "text/plain")
    keep(house, ada, write(house, "backup.txt", "I test it."), "TECH-3", "text/plain")
    folder = folder_of(house, submit(house, ada).id)

    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {path: sha256 for sha256, path in (line.split("  ", 1) for line in lines)}
    assert sorted(listed) == ["files/TECH-3/02-backup.txt", "files/TECH-8/01-modem.txt"]
    for path, sha256 in listed.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == sha256


def test_the_page_shows_texts_and_pictures_and_runs_nothing(house: House, ada: Candidate) -> None:
    evil = "<script>alert(1)</script>"
    keep(house, ada, write(house, "notes.txt", evil), "TECH-8", "text/plain")
    picture = house.folder / "desk.jpg"
    picture.write_bytes(photo())
    keep(house, ada, picture, "TECH-3", "image/jpeg")
    page = (folder_of(house, submit(house, ada).id) / "index.html").read_text()

    assert evil not in page
    assert "&lt;script&gt;" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert 'href="files/TECH-8/01-notes.txt"' in page


def test_what_the_candidate_changes_later_does_not_touch_the_dossier(
    house: House, ada: Candidate
) -> None:
    keep(house, ada, write(house, "modem.txt", "I reset it."), "TECH-8", "text/plain")
    number = submit(house, ada).id
    house.say(ADA.email, "remove 1")

    assert (folder_of(house, number) / "files/TECH-8/01-modem.txt").read_text() == "I reset it."


def test_the_second_round_shows_what_is_new_first_and_the_rest_folded(
    house: House, ada: Candidate
) -> None:
    for number in range(1, 11):
        name = f"file-{number}.txt"
        keep(house, ada, write(house, name, f"Part {number}."), f"TECH-{number}", "text/plain")
    first = ask_more(house, submit(house, ada), "TECH-8")
    house.clock.forward(timedelta(days=3))
    keep(house, ada, write(house, "network.txt", "The cable."), "TECH-8", "text/plain")
    second = submit(house, ada, follows=first)
    house.say(REV[1], f"claim {second.id}")
    said = house.say(SAL[1], f"dossier {second.id}")
    page = (folder_of(house, second.id) / "index.html").read_text()

    assert "11. network.txt (10 bytes, primary, new)" in said
    assert "file-3.txt" not in said
    assert "Show the network part." in said
    assert page.index("network.txt") < page.index("<details>") < page.index("file-3.txt")


def test_a_reviewer_reads_a_dossier_only_after_claiming_it(house: House, ada: Candidate) -> None:
    keep(house, ada, write(house, "modem.txt", "I reset it."), "TECH-8", "text/plain")
    number = submit(house, ada).id
    before = house.say(REV[1], f"dossier {number}")
    house.say(REV[1], f"claim {number}")
    after = house.say(REV[1], f"open {number} 1")

    assert "modem.txt" not in before
    assert "modem.txt" in after
    assert isinstance(house.channel.sent[-1].reply.blocks[-1], Download)


def test_nobody_else_learns_that_a_submission_exists(house: House, ada: Candidate) -> None:
    keep(house, ada, write(house, "modem.txt", "I reset it."), "TECH-8", "text/plain")
    number = submit(house, ada).id

    there = house.say(BEA.email, f"dossier {number}").replace(str(number), "N")
    absent = house.say(BEA.email, "dossier 77").replace("77", "N")
    assert there == absent


def test_reading_a_dossier_is_on_the_candidates_trail(house: House, ada: Candidate) -> None:
    keep(house, ada, write(house, "modem.txt", "I reset it."), "TECH-8", "text/plain")
    house.say(SAL[1], f"dossier {submit(house, ada).id}")

    with house.transaction() as uow:
        lines = [e.action for e in uow.trail.entries(subject=f"person:{ada.person.id}")]
    assert "read-dossier" in lines


def test_a_folder_in_use_is_refused(house: House, ada: Candidate) -> None:
    keep(house, ada, write(house, "modem.txt", "I reset it."), "TECH-8", "text/plain")
    number = submit(house, ada).id
    folder_of(house, number)

    with pytest.raises(CarrelError, match="name a new folder"):
        folder_of(house, number)
