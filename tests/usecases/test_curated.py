"""A reply of staff becomes the answer for everyone, is checked, and is withdrawn."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import open_store, utc_now
from bot.domain.rights import Role
from bot.settings import Settings
from bot.usecases.appoint import OPERATOR, grant_role
from bot.usecases.curate_answer import Checked, check, probes
from tests.cast import ADA, BEA, REV, SAL
from tests.commands.shell import Shell, results
from tests.desk import House

PARKING = "Is there a parking fee at the workshop?"
ANSWER = "No, parking is free on all days."
ASKER, OTHER, STAFF = ADA.email, BEA.email, SAL[1]
BY_SAL = (
    "Answered by Sal Moreau of the staff on 21 November 2026, to the question "
    f"\u201c{PARKING}\u201d:"
)


@pytest.fixture
def office(home: House) -> House:
    """A Carrel where Sal has replied to Ada's question."""
    home.appoint(*SAL, Role.STAFF)
    ask(home, PARKING, 1)
    return home


def ask(house: House, question: str, number: int, reply: str = ANSWER) -> None:
    """Ada passes on a question and Sal replies."""
    house.say(ASKER, f"ask staff: {question}")
    house.say(STAFF, f"answer {number}: {reply}")


def checked(house: House) -> tuple[Checked, ...]:
    """The check's findings."""
    with house.transaction() as uow:
        kept, wanted = uow.curated.all(), probes(uow)
    return check(house.desk, kept, wanted)


def test_a_curated_answer_comes_first_and_is_named_as_a_person_s(office: House) -> None:
    assert "The documents do not tell that" in office.say(OTHER, PARKING)
    office.clock.forward(timedelta(days=1))

    said = office.say(STAFF, "curate 1")
    heard = office.say(OTHER, "do I have to pay for parking at the workshop")

    assert said.startswith("From now on this is curated answer 1.")
    assert heard == f"{BY_SAL}\n\n{ANSWER}"
    with office.transaction() as uow:
        turn = uow.conversations.recent(f"memory:{OTHER}", limit=1)[0]
        trail = [entry.action for entry in uow.trail.entries(subject="curated:1")]
    assert turn.passages == ("curated:1",)
    assert trail == ["curated"]


def test_it_outranks_what_documents_tell(office: House) -> None:
    ask(office, "what is a portfolio?", 2, "A folder of proof. We close it in June.")
    office.say(STAFF, "curate 2")

    heard = office.say(OTHER, "What is a portfolio?")

    assert heard.endswith("A folder of proof. We close it in June.")
    assert "The portfolio route" not in heard


def test_staff_may_put_the_question_in_better_words(office: House) -> None:
    ask(office, "hello you, my boss told me to find out about that badge thing of yours", 2)

    said = office.say(STAFF, "curate 2: How do I order a badge?")

    assert "The asker's own words are too far from that question" in said
    assert ANSWER in office.say(OTHER, "How can I order a badge?")
    assert len(checked(office)) == 1


def test_a_question_without_a_reply_cannot_be_curated(office: House) -> None:
    office.say(ASKER, "ask staff: Is it warm there?")

    assert office.say(STAFF, "curate 2").startswith("Question 2 has no reply yet.")
    assert office.say(STAFF, "curate 9").startswith("There is no question 9.")


def test_a_question_that_only_points_is_refused(office: House) -> None:
    ask(office, "and how long does that take?", 2)

    assert "Say: curate 2: THE WHOLE QUESTION." in office.say(STAFF, "curate 2")


def test_one_question_has_one_curated_answer(office: House) -> None:
    office.say(STAFF, "curate 1")

    assert "Curated answer 1 answers that already." in office.say(STAFF, "curate 1")
    again = office.say(STAFF, "curate 1: is there a parking fee at the workshop")
    assert "Curated answer 1 answers that already." in again


def test_a_retired_answer_is_given_no_more(office: House) -> None:
    office.say(STAFF, "curate 1")
    assert f"1: \u201c{PARKING}\u201d" in office.say(STAFF, "curated")

    assert office.say(STAFF, "retire 1").startswith("Curated answer 1 is withdrawn")

    assert "The documents do not tell that" in office.say(OTHER, PARKING)
    assert office.say(STAFF, "retire 1").startswith("There is no curated answer 1 in force.")
    assert office.say(STAFF, "curated").startswith("There are no curated answers.")


@pytest.mark.parametrize("said", ["curate 1", "curate 1: What is it?", "curated", "retire 1"])
def test_only_staff_curate(office: House, said: str) -> None:
    office.appoint(*REV, Role.REVIEWER)

    assert office.say(OTHER, said).startswith("There is nothing of that number or name for you.")
    assert "To curate answers takes the role staff" in office.say(REV[1], said)

    with office.transaction() as uow:
        assert uow.curated.all() == ()


def test_the_check_finds_an_answer_that_a_newer_one_has_put_aside(office: House) -> None:
    office.say(STAFF, "curate 1: Do I pay for parking at the workshop?")
    assert [one.probe.question for one in checked(office)] == [
        "Do I pay for parking at the workshop?",
        PARKING,
    ]
    assert all(one.ok for one in checked(office))

    ask(office, "Must I pay for parking at the workshop?", 2, "Yes.")
    ask(office, "Is there a fee for parking at the workshop?", 3, "Since June, yes.")
    office.say(STAFF, "curate 3")

    wrong = [one for one in checked(office) if not one.ok]
    assert [(one.probe.question, one.answered_by) for one in wrong] == [(PARKING, 2)]


def test_the_command_lists_and_checks(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("curated").stdout == ""
    shell.run("enrol", "Ada Reyes", ASKER)
    _make_staff(shell)
    wording = "Do I pay for parking at the workshop?"
    _type(shell, f"ask staff: {PARKING}", f"answer 1: {ANSWER}", f"curate 1: {wording}")

    listed = results(shell.run("curated", "--json"))
    assert [(one["question"], one["answer"], one["owner"]) for one in listed] == [
        (wording, ANSWER, "Ada Reyes")
    ]
    assert wording in shell.run("curated").stdout
    good = shell.run("curated", "--check")
    assert good.exit_code == 0
    assert "2 questions of 1 curated answer." in good.stdout

    again = "Is there a fee for parking at the workshop?"
    _type(shell, f"ask staff: {again}", "answer 2: Yes.", "curate 2")
    bad = shell.run("curated", "--check", "--json")
    assert bad.exit_code == 1
    assert [(one["ok"], one["answered_by"]) for one in results(bad)] == [
        (True, 1),
        (False, 2),
        (True, 2),
    ]
    assert "PROBLEM  1: " in shell.run("curated", "--check").stdout


def _make_staff(shell: Shell) -> None:
    """Ada is staff too."""
    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        ada = uow.people.find(ASKER)
        assert ada
        grant_role(uow, ada, Role.STAFF, by=OPERATOR, now=utc_now())
        uow.commit()


def _type(shell: Shell, *lines: str) -> None:
    shell.run("chat", "--as", ASKER, lines="\n".join((*lines, "quit")) + "\n")
