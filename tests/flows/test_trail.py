"""The audit trail tells what happened, step by step, and shows when it was altered."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import text

from tests.cast import ADA, DOT
from tests.desk import House
from tests.flows.props import prop


def steps(house: House, about: str) -> list[str]:
    """What was done to something, oldest first."""
    with house.transaction() as uow:
        return [line.action for line in uow.trail.entries(subject=about)]


def alter_first_line(house: House) -> None:
    """Writes into the database as somebody could who may do everything there."""
    with house.database.engine.begin() as connection:
        for name in ("update", "delete", "replace"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS trail_no_{name}"))
        connection.execute(text("UPDATE trail SET actor = 'nobody' WHERE id = 1"))


def broken_at(house: House) -> int | None:
    """The first line that does not fit."""
    with house.transaction() as uow:
        return uow.trail.broken_at()


def test_the_trail_holds_every_step_of_a_file(home: House, tmp_path: Path) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path))
    for said in ("move 1 to TECH-8", "also 1 in TECH-6", "remove 1", "undo"):
        home.say(ADA.email, said)

    assert steps(home, "evidence:1/1") == ["waiting", "filed", "filed", "withdrawn", "filed"]
    assert broken_at(home) is None


def test_the_trail_tells_who_where_and_which_bytes_and_quotes_nobody(
    home: House, tmp_path: Path
) -> None:
    path = prop("notes.txt", tmp_path)
    home.send(ADA.email, path, caption="for TECH-8")

    with home.transaction() as uow:
        (line,) = uow.trail.entries(subject="evidence:1/1")
    assert line.actor == "person:1"
    assert line.at == home.clock()
    assert line.details == {
        "sha256": home.attach(path).sha256,
        "sections": "TECH-8",
        "kind": "primary",
    }


def test_the_trail_holds_enrolment_codes_and_connections(home: House) -> None:
    found = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", home.say(ADA.email, "code"))
    assert found is not None

    home.say(DOT, f"please link {found[1].lower()}")

    assert steps(home, "person:1") == ["enrolled", "code-issued", "linked"]


def test_the_trail_holds_a_question_passed_to_the_staff_but_not_its_words(home: House) -> None:
    home.say(DOT, "ask staff: My number is 555 0100, please call")

    with home.transaction() as uow:
        (line,) = uow.trail.entries(subject="question:1")
    assert (line.actor, line.action, line.details) == ("stranger", "handed-over", {})


def test_the_same_question_passed_again_is_one_line(home: House) -> None:
    home.say(DOT, "ask staff: Please call me")
    home.say(DOT, "ask staff: Please call me")

    assert steps(home, "question:1") == ["handed-over"]


def test_the_person_who_asks_for_a_code_is_its_actor(home: House) -> None:
    home.say(ADA.email, "code")

    with home.transaction() as uow:
        made = [e.actor for e in uow.trail.entries() if e.action == "code-issued"]
    assert made == ["person:1"]


def test_what_was_refused_leaves_no_line(home: House, tmp_path: Path) -> None:
    home.send(ADA.email, prop("locked.pdf", tmp_path))
    home.say(ADA.email, "move 1 to TECH-8")

    with home.transaction() as uow:
        assert {line.action for line in uow.trail.entries()} == {"enrolled"}


def test_an_altered_line_is_found(home: House) -> None:
    alter_first_line(home)

    assert broken_at(home) == 1
