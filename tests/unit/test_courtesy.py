"""Greetings and sign-offs around what a mail says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Choice
from handlers import courtesy

CHOICES = (Choice(label="Yes, do it", says="approve 1"), Choice(label="No", says="cancel"))
NAME = "Ben Okafor"


def spoken(text: str, name: str = "") -> str:
    return courtesy.spoken(text, name=name, choices=CHOICES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1\n\nAda", "1"),
        ("2.\n\nBen Okafor\nLibrarian", "2."),
        ("progress\n\nBen", "progress"),
        ("withdraw submission 4\n\nBen Okafor", "withdraw submission 4"),
        ("missing\n\nBen", "missing"),
        ("also 3 in TECH-8\n\nBen", "also 3 in TECH-8"),
        ("3\nBen", "3"),
        ("1\n\nThanks,\nBen", "1"),
        ("1\n\nThanks!", "1"),
        ("1\n\nben", "1"),
        ("Yes, do it\n\nSal", "Yes, do it"),
        ("yes\n\nBest,\nSal Moreau\nHead of Services\nsal@example.org", "yes"),
        ("Hi Carrel,\n\nprogress\n\nBest,\nAda", "progress"),
        ("Hello,\n1\n\nAda", "1"),
        ("Thank you very much!\n\nDana", "Thank you."),
        ("Thanks,\nDana", "Thank you."),
        ("Many thanks for your help!\n\nBest,\nDana Li\nCounty Library", "Thank you."),
        ("approve 12: good.\n\nBest,\nRev\nEvaluator, LSSC", "approve 12: good."),
        ("Where is the form?\n\nThank you,\nBen", "Where is the form?"),
    ],
)
def test_courtesy_around_what_is_said_is_gone(text: str, meant: str) -> None:
    """Also of somebody whose name nobody knows."""
    assert spoken(text) == meant


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
