"""What of a mail is the person's own, in the mails of many programs and languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.email.mail import Mail
from channels.email.own_words.words import own_words

MAILS = Path(__file__).parent.parent / "data" / "own_words"
OURS = "carrel@library.example"


def told(file: Path) -> list[tuple[str, Mail, str]]:
    """The mails of a file: of each its name, itself and the own words in it."""
    found = []
    for case in file.read_text(encoding="utf-8").split("\n§ "):
        head, _, rest = case.removeprefix("§ ").partition("\n")
        body, _, words = rest.partition("§§\n")
        head, _, sender = head.partition(" | from: ")
        name, _, subject = head.partition(" | subject: ")
        is_page = file.stem == "pages"
        mail = Mail(
            sender_name=sender,
            subject=subject or "Re: Your evidence",
            recipients=(OURS,),
            text="" if is_page else body,
            html=body if is_page else "",
        )
        found.append((f"{file.stem}: {name}", mail, words.rstrip("\n")))
    return found


CASES = [case for file in sorted(MAILS.glob("*.txt")) for case in told(file)]


@pytest.mark.parametrize(
    ("mail", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_only_own_words_are_told(mail: Mail, words: str) -> None:
    """Of each mail of the tables exactly the words that it lists."""
    assert own_words(mail) == words


def test_plain_text_goes_before_the_page() -> None:
    """The page is what the program made of it."""
    assert own_words(Mail(text="2 *bold*\n", html="<p>2 <b>bold</b></p>")) == "2 *bold*"


def test_page_is_read_where_the_plain_text_is_a_stub() -> None:
    """Some programs only tell there to look at the page."""
    stub = "This message needs an HTML reader: your mail client does not support HTML."
    page = f"<html><body><p>Is it complete?</p><!-- {'x' * 200} --></body></html>"

    assert own_words(Mail(text=stub, html=page)) == "Is it complete?"


def test_page_tells_what_the_plain_text_leaves_open() -> None:
    """A quotation that the plain text does not mark, and no credit above it that we know."""
    page = "<p>2</p><blockquote type=cite><p>Which one of the two?</p></blockquote>"

    assert own_words(Mail(text="2\n\nWhich one of the two?\n", html=page)) == "2"


def test_mail_of_nothing_has_no_words() -> None:
    """An empty mail with a file is nothing to answer."""
    assert own_words(Mail()) == ""
    assert own_words(Mail(text=" \n\n", html="<p>&nbsp;</p>")) == ""


def test_ten_megabytes_of_quotation_are_read_at_once() -> None:
    """Nobody can hold the reader up."""
    assert own_words(Mail(text="2\n" + ">\n" * 5_000_000)) == "2"


def test_deeply_nested_page_is_read() -> None:
    """A tree of it would never be done."""
    assert own_words(Mail(html="<div>" * 100_000 + "yes")) == "yes"
