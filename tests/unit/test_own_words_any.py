"""What holds of the own words of any mail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.email.mail import Mail
from channels.email.own_words.words import own_words
from tests.unit.test_own_words import CASES

OWN_LINES = st.sampled_from(
    (
        "2",
        "yes",
        "approve 4",
        "Please look at the second letter.",
        "Das ist die zweite Fassung.",
        "Où est le formulaire ?",
        "Это вторая.",
        "はい、お願いします。",
        "כן, בבקשה",
    )
)
QUOTED = [case for case in CASES if case[0].startswith(("replies", "blocks"))]
PIECES = st.sampled_from(
    (
        "> quoted",
        ">> twice",
        "",
        "own words here",
        "On Mon, 4 May 2026 at 10:12, Bea <bea@x.example> wrote:",
        "From: bea@x.example",
        "Sent: Monday, 4 May 2026 10:12",
        "Subject: hello",
        "-- ",
        "--",
        "________________________________",
        "Sent from my iPhone",
        "Best regards",
        "-----Original Message-----",
        "this email and any attachments are confidential",
    )
)
MAILS = st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=30).map("\n".join)


@given(line=OWN_LINES, case=st.sampled_from(QUOTED))
def test_own_line_above_any_quotation_is_told_as_it_is(
    line: str, case: tuple[str, Mail, str]
) -> None:
    """Whoever answers on top is understood."""
    _, mail, words = case
    older = mail.text.removeprefix(words)

    assert own_words(Mail(text=f"{line}\n{older}")).split("\n")[0] == line


@given(text=MAILS, html=st.one_of(st.just(""), MAILS, st.text()))
def test_any_mail_has_own_words_or_none(text: str, html: str) -> None:
    """Nothing that somebody sends is an error."""
    assert isinstance(own_words(Mail(text=text, html=html)), str)


@given(text=MAILS)
def test_no_word_is_added(text: str) -> None:
    """What is told stands in the mail."""
    assert set(own_words(Mail(text=text)).split()) <= set(text.replace("\x00", "").split())


@given(lines=st.lists(st.text("abc dé", min_size=1, max_size=40), min_size=1, max_size=8))
def test_words_without_marks_are_all_kept(lines: list[str]) -> None:
    """Where nothing is quoted, everything is own."""
    text = "\n".join(line.rstrip() for line in lines).strip()

    assert own_words(Mail(text=text)).split() == text.split()


@given(line=OWN_LINES, text=MAILS)
def test_first_own_line_is_never_lost(line: str, text: str) -> None:
    """In doubt it is kept."""
    assert line in own_words(Mail(text=f"{line}\n\n{text}"))


UNQUOTED = [case for case in CASES if ">" not in case[2]]


@pytest.mark.parametrize("case", UNQUOTED, ids=[case[0] for case in UNQUOTED])
def test_own_words_are_all_own(case: tuple[str, Mail, str]) -> None:
    """Reading them again takes nothing more away."""
    _, mail, words = case

    assert own_words(Mail(text=words, subject=mail.subject)) == words
