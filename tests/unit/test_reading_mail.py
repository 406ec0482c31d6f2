"""Reading a mail: what is written, what is a file, and what is refused for its size."""

from __future__ import annotations

import base64

import pytest

from bot.errors import NotFound
from channels.email.reading.allowance import LARGEST_MAIL
from channels.email.reading.extract import extracted
from channels.email.reading.mail import MOST_FILES, read
from channels.email.reading.refusal import MailReason, MailRefused
from tests.unit.mail_builder import HEAD, PDF, mail, multipart, pdf, text


def test_an_ordinary_mail_is_read() -> None:
    told = read(mail(multipart("mixed", text("Here it is."), pdf("guide.pdf"))))

    assert (told.sender, told.sender_name) == ("ada@example.org", "Ada Marsh")
    assert told.recipients == ("carrel@library.example.org",)
    assert (told.subject, told.text, told.media_type) == (
        "My evidence",
        "Here it is.",
        "multipart/mixed",
    )
    assert [(one.name, one.place, one.size) for one in told.enclosed] == [("guide.pdf", "2", 24)]
    assert [leaf.place for leaf in told.leaves] == ["1", "2"]
    assert told.faults == ()


def test_a_mail_that_is_one_file_has_it_at_the_first_place() -> None:
    raw = mail(pdf("guide.pdf"))

    assert [one.place for one in read(raw).enclosed] == ["1"]
    assert extracted(raw, "1") == PDF


def test_the_nearest_mail_that_is_answered_comes_first() -> None:
    raw = (
        b"In-Reply-To: <three@example.org>\r\n"
        b"References: <one@example.org>\r\n <two@example.org> <three@example.org>\r\n\r\nyes\r\n"
    )

    assert read(raw).replies_to == ("three@example.org", "two@example.org", "one@example.org")


def test_every_header_that_may_name_our_address_counts() -> None:
    raw = (
        b'To: Readers: ben@example.org, "Marsh, Ada" <ADA@Example.org>;\r\n'
        b"Cc: (no one) undisclosed-recipients:;\r\nDelivered-To: carrel+ab@library.example.org\r\n"
        b"X-Original-To: carrel@library.example.org\r\n\r\n"
    )

    assert read(raw).recipients == (
        "ben@example.org",
        "ada@example.org",
        "carrel+ab@library.example.org",
        "carrel@library.example.org",
    )


def test_words_that_stand_only_in_html_are_not_lost_beside_a_plain_footer() -> None:
    html = b"Content-Type: text/html\r\n\r\n<p>My words</p>"
    told = read(mail(multipart("mixed", html, text("The list's < footer"))))

    assert told.text == ""
    assert told.html == "<p>My words</p>\n<pre>The list&#x27;s &lt; footer</pre>"


def test_html_of_several_passages_is_joined() -> None:
    first, last = (b"Content-Type: text/html\r\n\r\n<p>%d</p>" % n for n in (1, 2))
    shown = multipart("mixed", first, pdf("guide.pdf"), last, border="inner")
    told = read(mail(multipart("alternative", text("1 2"), shown)))

    assert (told.text, told.html) == ("1 2", "<p>1</p>\n<p>2</p>")
    assert [one.name for one in told.enclosed] == ["guide.pdf"]


def test_files_of_forwarded_mails_are_files_and_their_own_words_are_apart() -> None:
    inner = multipart("mixed", text("Inner words."), pdf("guide.pdf"), border="inner")
    forwarded = b"Content-Type: message/rfc822\r\n\r\nSubject: Old\r\n" + inner
    raw = mail(multipart("mixed", text("Look."), forwarded))
    told = read(raw)

    assert told.text == "Look."
    assert told.forwarded[0].text == "Inner words."
    assert [one.place for one in told.enclosed] == ["2.2"]
    assert extracted(raw, "2.2") == PDF


def test_a_forwarded_mail_can_be_had_as_it_stood() -> None:
    inner = b"Subject: Old\r\n\r\nWe met.\r\n"
    raw = mail(multipart("mixed", text("Look."), b"Content-Type: message/rfc822\r\n\r\n" + inner))

    assert [one.name for one in read(raw).enclosed] == ["Old.eml"]
    assert extracted(raw, "2") == inner


def test_more_files_than_a_mail_may_bring_are_refused_as_one() -> None:
    files = [pdf(f"{number}.pdf") for number in range(MOST_FILES + 30)]
    told = read(mail(multipart("mixed", *files)))

    assert len(told.enclosed) == MOST_FILES + 1
    assert told.enclosed[-1].name == "30 more files"
    assert "send the rest in another mail" in told.enclosed[-1].refusal


@pytest.mark.parametrize("place", ["", "0", "2", "1.1", "1/tnef/1", "1/uu/1", "1/uu/x", "x/y/z"])
def test_a_place_where_nothing_stands_is_not_found(place: str) -> None:
    with pytest.raises(NotFound, match="read the mail again"):
        extracted(HEAD + b"\r\nwords\r\n", place)


def test_fifty_thousand_headers_are_read_and_the_first_are_kept() -> None:
    told = read(HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + b"\r\nwords")

    assert (told.sender, told.text, len(told.headers)) == ("ada@example.org", "words", 2_000)


def test_a_header_of_a_million_letters_is_cut() -> None:
    told = read(b"From: ada@example.org\r\nSubject: " + b"x" * 1_000_000 + b"\r\n\r\nwords")

    assert (told.text, len(told.subject)) == ("words", 4_000)


def _nested(levels: int) -> bytes:
    opening = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return b"".join(opening % (level, level) for level in range(levels))


def _encoded(levels: int, size: int) -> bytes:
    raw = HEAD + b"\r\n" + bytes(size)
    for _ in range(levels):
        head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        raw = HEAD + head + base64.encodebytes(raw)
    return raw


@pytest.mark.parametrize(
    ("raw", "most"),
    [
        (HEAD + _nested(30) + b"\r\n" + b"x" * 20_000_000, 14),
        (_encoded(4, 12_000_000), 1),
    ],
    ids=["looked through again", "opened again"],
)
def test_a_large_mail_may_be_nested_less_deep_than_a_small_one(raw: bytes, most: int) -> None:
    with pytest.raises(MailRefused) as refused:
        read(raw)

    assert refused.value.reason is MailReason.TOO_DEEP
    assert f"nested more than {most} deep" in refused.value.advice


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (bytes(LARGEST_MAIL + 1), MailReason.TOO_LARGE),
        (_nested(2_000), MailReason.TOO_DEEP),
        (b"Content-Type: message/rfc822\r\n\r\n" * 2_000, MailReason.TOO_DEEP),
        (mail(multipart("mixed", *[text("x")] * 2_500)), MailReason.TOO_MANY_PARTS),
        (b"X: y\n" * 1_000_000, MailReason.TOO_MANY_HEADERS),
        (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bx" * 1_000_000,
         MailReason.TOO_MANY_LINES),
    ],
    ids=["bytes", "multiparts", "messages", "parts", "headers", "borders"],
)  # fmt: skip
def test_what_is_beyond_a_bound_is_refused_by_name(raw: bytes, reason: MailReason) -> None:
    with pytest.raises(MailRefused) as reading:
        read(raw)
    with pytest.raises(MailRefused):
        extracted(raw, "1")

    assert reading.value.reason is reason
    assert reading.value.advice.startswith("It")


def test_nesting_that_people_make_is_read() -> None:
    told = read(_nested(50) + b"\r\nwords")

    assert told.text == "words"


@pytest.mark.parametrize(
    "body", [b"a\n", b"\n", b"\r", b"a \n", b"begin 644 a\n", b"=\n", b"<", b">"]
)
@pytest.mark.parametrize("kind", [b"text/plain; format=flowed", b"text/html", b"application/pdf"])
def test_a_body_of_millions_of_lines_is_a_value(kind: bytes, body: bytes) -> None:
    told = read(b"Content-Type: " + kind + b"\r\n\r\n" + body * 2_000_000)

    assert told.leaves[0].size >= 1_999_999
    assert len(told.text) + len(told.html) <= 1_000_000


def test_a_large_file_is_told_with_its_size_and_had_whole() -> None:
    content = bytes(range(250)) * 12_000
    encoded = base64.encodebytes(content)
    part = b"Content-Type: application/zip; name=all.zip\r\n"
    raw = mail(multipart("mixed", part + b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded))

    assert [(one.name, one.size) for one in read(raw).enclosed] == [("all.zip", 3_000_000)]
    assert extracted(raw, "1") == content
