"""Greetings and sign-offs around what a mail says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Choice
from channels.email.mail import Mail
from channels.email.own_words.words import own_words
from handlers import courtesy

CHOICES = (Choice(label="Yes, do it", says="approve 1"), Choice(label="No", says="cancel"))
NAME = "Ben Okafor"
DOUBTS = (
    "Rejected|Cancelled|Disregard|False Alarm|Kidding|Tomorrow|When Ready|If Complete|Draft"
    "|Pending Signature|Don't|Ignore Above|Only if Bea agrees|Not really|No wait, 2|Mallory"
    "|Until Library Review|Question|After my holiday|Technology\nReference"
)


def spoken(text: str, name: str = "") -> str:
    return courtesy.spoken(text, name=name, choices=CHOICES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2.\n\nBen Okafor\nLibrarian", "2."),
        ("progress\n\nBen", "progress"),
        ("withdraw submission 4\n\nBen Okafor", "withdraw submission 4"),
        ("missing\n\nBen", "missing"),
        ("also 3 in TECH-8\n\nBen", "also 3 in TECH-8"),
        ("3\nBen", "3"),
        ("1\n\nThanks,\nBen", "1"),
        ("1\n\nThanks!", "1"),
        ("1\n\nben", "1"),
        ("1\n\nBen\n\nThanks!", "1"),
        ("Yes, do it\n\nBen", "Yes, do it"),
        ("yes\n\nBest,\nBen Okafor\nHead of Services\nben@example.org", "yes"),
        ("yes\n\nBest,\nBen\nBen Okafor, MLS\n12 Main Street, Springfield", "yes"),
        ("Hi Carrel,\n\nprogress\n\nBest,\nBen", "progress"),
        ("Hello,\n1\n\nBen", "1"),
        ("Where is the form?\n\nThank you,\nBen", "Where is the form?"),
    ],
)
def test_courtesy_around_what_is_said_is_gone(text: str, meant: str) -> None:
    """Of somebody whose name is on record."""
    assert spoken(text, NAME) == meant


@pytest.mark.parametrize("name", ["", "Ada Reyes"])
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Thank you very much!\n\nDana", "Thank you."),
        ("Thanks,\nDana", "Thank you."),
        ("Many thanks for your help!\n\nBest,\nDana Li\nCounty Library", "Thank you."),
        ("approve 12: good.\n\nBest,\nRev\nEvaluator, LSSC", "approve 12: good."),
        ("approve 12: good.\n\nBest,\nRev Lindqvist\nEvaluator, LSSC", "approve 12: good."),
        ("yes\n\nBest,\nSal Moreau\nHead of Services\nsal@example.org", "yes"),
    ],
)
def test_another_name_is_one_between_a_formula_and_a_title(
    text: str, meant: str, name: str
) -> None:
    """Also of somebody whose name nobody knows: a reviewer's is not to be read by others."""
    assert spoken(text, name) == meant


@pytest.mark.parametrize("command", ["approve 4", "yes", "1", "withdraw submission 1."])
@pytest.mark.parametrize(
    "doubt",
    DOUBTS.split("|"),
)
@pytest.mark.parametrize(
    "around", ["\n\n{}", "\n{}", "\n\nBen\n{}", "\n\nBen\n\n{}", "\n\nThanks,\n{}"]
)
def test_a_doubt_below_a_command_is_no_name_and_no_title(
    command: str, doubt: str, around: str
) -> None:
    """Only what surely says nothing is gone; the whole counts else."""
    text = command + around.format(doubt)

    assert doubt in spoken(text, NAME)
    assert doubt in own_words(Mail(sender_name=NAME, text=text))


@pytest.mark.parametrize(
    "below",
    [
        "File 4 to Technology",
        "Ada Reyes\nCleo Marsh\nLed six sessions\nWrote the handbook",
        "Led Library Services",
        "Section 8\nCollection Management",
        "2026-05-04",
        "remove file 12345678",
        "Librarian\n\nWork at two branches",
        "https://files.example.org/d/1/view?all=yes",
        "Call 555 010 2030 only if Bea agrees",
    ],
)
def test_what_is_no_signature_for_sure_stays_below_the_name(below: str) -> None:
    text = f"I trained the whole team.\n\nBen Okafor\n{below}"

    assert spoken(text, NAME) == text
    assert own_words(Mail(sender_name=NAME, text=text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "1\n\nNot yet",
        "1\n\nWait",
        "1\n\nWhat happens then?",
        "1\n\n2",
        "1\n\nCancel",
        "yes\n\nbut only file 3",
        "approve 4\n\nI have seen all of it.",
        "undo\n\nthe fees of the exam",
        "progress\n\nHow do I get more?",
        "progress in science is slow",
        "answer 5:\n\nOpening Hours",
        "ask staff\n\nOpening Hours",
        "thanks\n\nCan you undo it",
        "Thanks for the answer, but where is the form?",
        "Ben",
        "Best",
        "My mentors:\n\nBen Okafor",
        "Is it the first?\n\nTECH-8",
    ],
)
def test_words_that_say_something_stay(text: str) -> None:
    """A command above words of one's own is none, and a name may be what is said."""
    assert spoken(text, NAME) == text


@pytest.mark.parametrize(
    "sign_off",
    [
        "Best,\nBen",
        "Kind regards\n\nBen Okafor\nSpringfield Public Library",
        "-Ben",
        "~ B. Okafor",
        "BO",
        "--\nOkafor, Ben",
        "Thanks! Ben",
        "Ben Okafor, MLS | Librarian\n+1 555 010 2030",
        "Thanks again,\n\nBen\n\nBen Okafor\nLibrarian",
    ],
)
def test_a_sign_off_with_the_name_is_no_part_of_what_is_kept(sign_off: str) -> None:
    """A reason for a decision, a paragraph: whatever is said above."""
    said = "approve 2: The plan is sound, and I have checked all of the hours in it."

    assert spoken(f"{said}\n\n{sign_off}", NAME) == said


def test_a_caption_has_no_words_that_all_mails_have() -> None:
    """What is left tells something of the files."""
    mail = "Hi Carrel,\n\nplease find attached the plan for TECH-3.\n\nBest,\nAda"

    assert courtesy.caption(mail).split() == ["the", "plan", "for", "TECH-3."]


@given(text=st.text(), name=st.text())
def test_something_said_is_never_made_nothing(text: str, name: str) -> None:
    """Whoever writes is answered."""
    assert bool(spoken(text, name).strip()) == bool(text.strip())
