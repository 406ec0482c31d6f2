"""Text without a child process: encodings, pages of markup, letters, names, cleaning."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.reading import mail, markup, names, passage, plain
from storage.reading.limits import Limits
from storage.reading.source import Source
from tests import samples, samples_binaries
from tests.ending import ending
from tests.sentences import SENTENCE

HEADERS = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: c\r\n"


def source(data: bytes) -> Source:
    """Bytes as a reader gets them."""
    return Source(
        data=data,
        media_type="text/plain",
        limits=Limits(),
        languages="eng",
        deadline=time.monotonic() + 60,
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_decoded(encoding: str) -> None:
    text = plain.decode(samples.plain(encoding)) or ""

    assert SENTENCE in text
    assert "façade of the café" in text


def test_noise_is_no_text() -> None:
    assert plain.decode(samples_binaries.noise()) is None


def test_other_alphabets_in_old_encodings_are_not_guessed_at() -> None:
    assert plain.decode("Привет, это письмо из порта".encode("cp1251")) is None


def test_scripts_styles_and_comments_are_not_text() -> None:
    page = "<p>a</p><!-- b --><script>c()</script><style>d{}</style><noscript>e</noscript><p>f"

    assert markup.visible(page)[1].split() == ["a", "f"]


def test_the_title_and_entities_of_a_page_are_read() -> None:
    title, text = markup.visible("<TITLE>Sea &amp; sky</TITLE><p>5 &lt; 6&nbsp;&euro;</p>")

    assert title == "Sea & sky"
    assert text.split() == ["5", "<", "6", "€"]


def test_the_description_of_a_picture_is_read_and_its_address_is_not() -> None:
    text = markup.visible('<img src="http://example.org/x.png" alt="A gull">')[1]

    assert text.strip() == "A gull"


@pytest.mark.parametrize("unit", ["<!--", "<a ", "<![", "<!DOCTYPE a [", "<script>", "<", "&a"])
def test_a_page_of_things_left_open_is_read_in_little_time(unit: str) -> None:
    with ending():
        markup.visible("<html>" + unit * 100_000)


def test_a_letter_is_its_headers_its_text_and_the_names_of_its_files() -> None:
    extract = mail.read(source(samples.eml()))
    text = extract.pages[0].text

    assert extract.title == "Proof of the café course"
    assert "From: Ada Byron <ada@example.org>" in text
    assert "Date: Mon, 04 May 2026" in text
    assert text.count(SENTENCE) == 1
    assert "Attachment: proof é.pdf" in text


def test_a_letter_of_html_only_is_read_without_its_scripts() -> None:
    text = mail.read(source(samples.eml(html_only=True))).pages[0].text

    assert SENTENCE in text
    assert "bad()" not in text


def test_a_forwarded_letter_is_read_too() -> None:
    outer = HEADERS + b"Content-Type: message/rfc822\r\n\r\n" + samples.eml()

    assert SENTENCE in mail.read(source(outer)).pages[0].text


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Type: text/plain; charset=no-such-thing\r\n\r\ncaf\xe9",
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!!not base64!!",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\nopen end",
        b'Content-Disposition: attachment; filename="\xff\xfe\r\n\r\nx',
        b"Date: not a date\r\nTo: <<<>>>,;:\r\n\r\nx",
    ],
)
def test_a_letter_that_breaks_the_rules_is_read(rest: bytes) -> None:
    assert "Subject: c" in mail.read(source(HEADERS + rest)).pages[0].text


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=500))
def test_a_letter_of_any_bytes_is_read(junk: bytes) -> None:
    assert mail.read(source(HEADERS + junk)).pages


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=500))
def test_a_page_of_any_characters_is_read(junk: str) -> None:
    title, text = markup.visible(junk)

    assert isinstance(title, str)
    assert isinstance(text, str)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_what_is_kept_can_be_stored_anywhere(text: str) -> None:
    kept = passage.clean(text)

    assert "\0" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Windows\evil.exe", "evil.exe"),
        ("two\nlines.txt", "twolines.txt"),
        ("fdp.\u202etxt.exe", "fdp.txt.exe"),
        ("..", ""),
        ("x" * 500, "x" * 120),
    ],
)
def test_names_are_made_harmless(name: str, shown: str) -> None:
    assert names.safe(name) == shown


@pytest.mark.parametrize(("pages", "characters", "expected"), [(2, 99, 2), (9, 7, 2), (9, 99, 3)])
def test_no_more_is_kept_than_allowed_and_the_note_says_so(
    pages: int, characters: int, expected: int
) -> None:
    extract = passage.Extract(pages=passage.pages("first", "second", "third"))
    limits = Limits(pages=pages, characters=characters)
    reading = passage.reading(extract, media_type="text/plain", limits=limits)

    assert len(reading.pages) == expected
    assert len("".join(page.text for page in reading.pages)) <= characters
    assert bool(reading.note) == (expected < 3)
