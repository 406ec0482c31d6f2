"""What changed in the documents, and who is told of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.knowledge import Passage
from bot.usecases.tell_changes import Change, Kind, changes, note_first, tell
from tests.cast import ADA, BEA
from tests.commands.shell import Shell, results
from tests.desk import House
from tests.unit.bakery import bakery

ASKER = ADA.email
NOTICE = "appeals#Notice of intent to appeal"
ASKED = "How many days do I have to give notice of an appeal?"


@pytest.fixture
def told(home: House) -> House:
    """A Carrel that noted its documents and answered Ada from one of them, twice."""
    with home.transaction() as uow:
        assert note_first(uow, home.desk.index.passages, now=home.clock())
        uow.commit()
    home.say(ASKER, "what is the first thing to file in an appeal")
    home.say(ASKER, ASKED)
    home.say(BEA.email, "what is a portfolio?")
    return home


def now(house: House, **other: str) -> tuple[Passage, ...]:
    """The documents as they are, but for the notice passage, whose sentences are `other`."""
    passages = house.desk.index.passages
    if not other:
        return tuple(p for p in passages if p.id != NOTICE)
    return tuple(replace(p, units=(other["says"],)) if p.id == NOTICE else p for p in passages)


def found(house: House, passages: tuple[Passage, ...]) -> tuple[Change, ...]:
    """What has changed."""
    with house.transaction() as uow:
        return changes(uow, passages)


def sent(house: House, passages: tuple[Passage, ...]) -> int:
    """How many messages telling the changes made."""
    with house.transaction() as uow:
        count = tell(uow, house.desk.program, changes(uow, passages), passages, now=house.clock())
        uow.commit()
    house.drain()
    return count


def test_nothing_has_changed_at_first(told: House) -> None:
    assert found(told, told.desk.index.passages) == ()
    with told.transaction() as uow:
        assert not note_first(uow, told.desk.index.passages, now=told.clock())


def test_a_changed_heading_is_found_with_who_was_answered_from_it(told: House) -> None:
    (change,) = found(told, now(told, says="It is due within 20 days."))

    assert (change.kind, change.heading) == (Kind.CHANGED, "Notice of intent to appeal")
    assert change.after == ("It is due within 20 days.",)
    assert [turn.question for turn in change.asked] == [ASKED]


def test_white_space_is_no_change(told: House) -> None:
    passages = tuple(
        replace(p, units=tuple(unit.replace(" ", "  ") for unit in p.units))
        for p in told.desk.index.passages
    )

    assert found(told, passages) == ()


def test_new_and_gone_headings_are_found(told: House) -> None:
    new = replace(told.desk.index.passages[0], id="appeals#Fees", heading="Fees")

    one, other = found(told, (*now(told), new))

    assert (one.kind, one.heading, one.asked) == (Kind.NEW, "Fees", ())
    assert (other.kind, other.passage, len(other.asked)) == (Kind.GONE, NOTICE, 1)


def test_each_person_is_told_once_what_stood_there_and_what_does_now(told: House) -> None:
    passages = now(told, says="It is due within 20 days.")

    assert sent(told, passages) == 1
    assert sent(told, passages) == 0

    heard = told.heard(ASKER)[-1]
    assert heard.startswith(f"You asked: \u201c{ASKED}\u201d What I answered from, ")
    assert "It said: \u201cThe notice of intent to appeal is due within 10 calendar days" in heard
    assert "It says now:\n\n  It is due within 20 days." in heard
    assert len(told.heard(BEA.email)) == 1
    told.say(ASKER, "1")
    assert "Notice of intent to appeal" in told.heard(ASKER)[-1]


def test_a_person_is_told_that_a_heading_is_gone(told: House) -> None:
    assert sent(told, now(told)) == 1

    assert "no longer stands in the documents." in told.heard(ASKER)[-1]


def test_a_later_change_is_told_again(told: House) -> None:
    sent(told, now(told, says="It is due within 20 days."))

    assert sent(told, now(told, says="It is due within 25 days.")) == 1


def test_the_command_notes_first_then_lists_then_tells(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    pack = bakery(tmp_path / "bakers")
    with_pack = ("--program", pack)
    assert "noted as they stand now" in shell.run("changes", *with_pack).stdout
    assert "No heading has changed." in shell.run("changes", *with_pack).stdout
    shell.run("chat", *with_pack, lines="how hot must the oven be\nquit\n")
    ovens = pack / "documents" / "ovens.md"
    ovens.write_text(ovens.read_text(encoding="utf-8").replace("250", "230"), encoding="utf-8")

    listed = shell.run("changes", *with_pack)
    assert "1 person was answered from it" in listed.stdout
    assert "[-" in listed.stdout
    assert "{+" in listed.stdout
    (line,) = results(shell.run("changes", "--json", *with_pack))
    assert (line["kind"], line["people"]) == ("changed", 1)
    assert "1 message is on the way." in shell.run("changes", "--tell", *with_pack).stdout
    assert "No heading has changed." in shell.run("changes", *with_pack).stdout
    assert "It says now:" in shell.run("chat", *with_pack, lines="quit\n").stdout


def test_the_first_chat_notes_the_documents(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    pack = bakery(tmp_path / "bakers")
    shell.run("chat", "--program", pack, lines="quit\n")

    assert "No heading has changed." in shell.run("changes", "--program", pack).stdout
