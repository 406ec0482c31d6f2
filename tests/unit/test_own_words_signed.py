"""The sender's own name below their words, as their mail program tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.email.mail import Mail
from channels.email.own_words.words import own_words

NAME = "Ben Okafor"
DATA = Path(__file__).parent.parent / "data"
SHORT = (DATA / "short_answers.txt").read_text(encoding="utf-8").splitlines()
QUOTED = "On Mon, 4 May 2026 at 10:12, Carrel <carrel@library.example> wrote:\n> 1. Yes\n> 2. No\n"


def test_the_name_below_a_page_s_words_is_found_too() -> None:
    """Outlook puts every line into a paragraph of its own."""
    page = "<div><p class=MsoNormal>3</p><p class=MsoNormal>&nbsp;</p><p>Ben</p></div>"

    assert own_words(Mail(sender_name=NAME, html=page)) == "3"


@pytest.mark.parametrize("said", SHORT)
@pytest.mark.parametrize("name", ["Best Ja", "Danke Merci", "Ada Reyes", ""])
def test_a_short_answer_is_never_emptied(said: str, name: str) -> None:
    """Whatever somebody's name is."""
    assert own_words(Mail(sender_name=name, text=said)) == said
    assert own_words(Mail(sender_name=name, text=f"{said}\n\n{QUOTED}")) == said


@pytest.mark.parametrize("name", ["Ben Okafor", "山田太郎", "Élodie Blanc", "Okafor, Ben"])
def test_a_reply_of_a_name_only_is_kept(name: str) -> None:
    """It may be what was asked for."""
    assert own_words(Mail(sender_name=name, text=f"{name}\n\n{QUOTED}")) == name
