"""Half a command is told how to be whole; half a name is told whose it may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.rights import Role
from tests.cast import ADA, BEA, DOT, MIA, REV, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.stating import candidate


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("submit", "submit SET"),
        ("Submit!", "submit SET"),
        ("withdraw", "withdraw submission 12"),
        ("withdraw technology", "withdraw submission 12"),
        ("appeal", "appeal 12"),
        ("accept", "accept offer 2"),
        ("export 3", "one archive that opens without me"),
        ("share CAT", "share SET with SOMEBODY@EXAMPLE.ORG"),
        ("share youth services with Mia", "share SET with SOMEBODY@EXAMPLE.ORG"),
        ("choose", "choose SET, SET"),
        ("replace paragraph 2", "replace 2: NEW WORDS"),
        ("move 3", "move 3 to"),
        ("help submit", "submit SET"),
        ("help preview", "preview SET"),
    ],
)
def test_half_a_command_is_told_how_to_be_whole(home: House, said: str, told: str) -> None:
    home.send(ADA.email, *(prop(f"{n}.txt", home.folder) for n in ("resume", "notes")))

    answer = home.say(ADA.email, said)

    if said != "move 3":
        assert told in answer
        assert "\u201c" not in answer
    with home.transaction() as uow:
        assert uow.asked.declined(since=home.clock() - timedelta(days=1), limit=9) == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("answer 2", "answer 5: WORDS"),
        ("dossier", "dossier 12"),
        ("claim", "claim 12"),
        ("rate 2", "rate 12"),
        ("rate 2 CAT-1", "rate 12"),
        ("approve", "approve 12: REASON"),
    ],
)
def test_half_a_command_of_staff_is_told_to_staff(home: House, said: str, told: str) -> None:
    home.appoint(*SAL, Role.STAFF)

    assert told in home.say(SAL[1], said)
    assert "takes a role that you do not have" in home.say(ADA.email, said)


@pytest.mark.parametrize(
    "said", ["appeal deadlines and fees", "submit?", "what does a dossier hold", "share the joy"]
)
def test_questions_and_other_words_are_met_as_before(home: House, said: str) -> None:
    assert "say:\n" not in home.say(ADA.email, said)


def test_missing_needs_no_small_word_before_the_set(home: House) -> None:
    whole = home.say(ADA.email, "missing in TECH")

    assert home.say(ADA.email, "missing TECH") == whole
    assert home.say(ADA.email, "missing tech") == whole


@pytest.mark.parametrize("said", ["help staff", "help sets", "help on cooking"])
def test_help_on_what_there_is_no_help_on_lists_the_topics(home: House, said: str) -> None:
    assert "There is help on: choosing, the statement" in home.say(ADA.email, said)
    assert "help choosing" in [c.says for c in home.choices()]


@pytest.mark.parametrize("said", ["please help me", "help me", "I am lost"])
def test_who_is_lost_gets_help(home: House, said: str) -> None:
    assert home.say(ADA.email, said).startswith("This is what you can send me:")


def test_a_misspelt_elective_is_told_what_it_may_be(home: House) -> None:
    said = home.say(BEA.email, "choose cataloging, Youth Servces")

    assert "I know no elective 'Youth Servces'; nothing was changed." in said
    assert "Did you mean Youth Services?" in said
    home.say(BEA.email, "1")
    assert candidate(home, BEA).electives == ("cataloging-and-classification", "youth-services")


@pytest.mark.parametrize("said", ["choose refernce and information services", "choose ref"])
def test_an_elective_is_found_whatever_the_slip(home: House, said: str) -> None:
    home.say(BEA.email, said)
    if home.choices()[0].label.startswith("Choose Reference"):
        home.say(BEA.email, "1")

    assert candidate(home, BEA).electives == ("reference-and-information-services",)


def test_a_code_may_have_small_letters(home: House) -> None:
    assert "Foundations of Library Services" in home.say(ADA.email, "ready fnd")
    assert "I know no set 'tecnology'. Did you mean Technology?" in home.say(
        ADA.email, "preview tecnology"
    )


def test_everybody_is_helped_with_what_is_theirs(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.appoint(*REV, Role.REVIEWER)
    home.appoint(*MIA)
    home.say(ADA.email, f"share technology with {MIA[1]}")
    basics = {who: home.say(who, "help") for who in (ADA.email, SAL[1], REV[1], MIA[1], DOT)}

    assert "progress: how far you are" in basics[ADA.email]
    assert "connect: tells me who you are" in basics[DOT]
    assert "questions: what people asked" in basics[SAL[1]]
    assert "claim 12, to take a submission on" in basics[REV[1]]
    assert "questions: what people asked" not in basics[REV[1]]
    assert "shared with me: whose record you may see" in basics[MIA[1]]
    assert all("progress:" not in basics[who] for who in (SAL[1], REV[1], MIA[1], DOT))


@pytest.mark.parametrize("said", ["progress", "missing", "files", "submit technology", "ready"])
def test_who_is_known_without_a_record_is_told_so(home: House, said: str) -> None:
    home.appoint(*SAL, Role.STAFF)

    told = home.say(SAL[1], said)

    assert "you have none of your own here" in told
    assert "questions: what people asked" in told
    assert "I do not know yet who you are" in home.say(DOT, said)
