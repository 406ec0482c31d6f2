"""Messages as e-mails: what stands where, and what can never get into a header."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import (
    Address,
    Block,
    Bullets,
    Choice,
    OutboundMessage,
    Paragraph,
    Reply,
)
from bot.errors import ConfigurationError
from channels.email.access import Security, parse
from channels.email.wire import Enclosed, address_of, email_of, sender_of, subject_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SENDER = sender_of("Carrel <carrel@example.org>")


def outbound(
    text: str = "Hello.",
    *,
    key: str = "k",
    to: str = "ada@example.org",
    more: tuple[Block, ...] = (),
) -> OutboundMessage:
    """A message to somebody's address on record."""
    address = Address(channel="email", value=to)
    reply = Reply(blocks=(Paragraph(text=text), *more))
    return OutboundMessage(key=key, to=address, conversation=str(address), reply=reply)


def mailed(message: OutboundMessage, *enclosed: Enclosed) -> EmailMessage:
    """The e-mail as whoever receives it reads it."""
    sent = email_of(message, enclosed, sender=SENDER, at=NOON).as_bytes(policy=SMTP)
    received = message_from_bytes(sent, policy=SMTP)
    assert isinstance(received, EmailMessage)
    return received


def test_a_mail_says_whose_it_is_what_about_and_that_no_person_wrote_it() -> None:
    mail = mailed(outbound("Submission 3 was approved. It took 12 days."))

    assert (mail["From"], mail["To"]) == ("Carrel <carrel@example.org>", "ada@example.org")
    assert mail["Subject"] == "Submission 3 was approved"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Sat, 21 Nov 2026 12:00:00 +0000"
    assert mail.get_content() == "Submission 3 was approved. It took 12 days.\r\n"


def test_what_answers_a_mail_says_so() -> None:
    assert mailed(outbound(key="email:7:1"))["Auto-Submitted"] == "auto-replied"


def test_a_repeat_has_the_same_id_and_another_message_another() -> None:
    ids = [mailed(outbound(text, key=key))["Message-ID"] for text, key in ("ak", "bk", "aj")]

    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@example.org>")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("One. Two.", "One"),
        ("Is it\r\nBcc: eve@example.org so? Yes.", "Is it Bcc: eve@example.org so?"),
        ("Zo\u00eb\u2019s file is here!", "Zo\u00eb\u2019s file is here!"),
        ("word " * 40, "word " * 12 + "word..."),
        ("x" * 100, "x" * 66 + "..."),
        (" \n ", "A message from Carrel"),
    ],
)
def test_the_subject_is_the_first_sentence(text: str, subject: str) -> None:
    assert mailed(outbound(text))["Subject"] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "An address on Slack was connected on 21 November 2026 at 05:11 (America/Chicago), and "
            "what I tell you goes there now.",
            "An address on Slack was connected on 21 November 2026 at 05:11",
        ),
        (
            "Question 5 from Ada: \u201cHow many of the electives do I choose by the end?\u201d",
            "Question 5 from Ada",
        ),
        (
            "Submission 3 of Ana\u00efs Fern\u00e1ndez was approved by Ren\u00e9 and by "
            "Zo\u00eb at 05:11 or so",
            "",
        ),
    ],
)
def test_a_long_subject_is_whole_clauses_and_read_as_it_was_written(
    text: str, subject: str
) -> None:
    message = outbound(text)
    read = mailed(message)["Subject"]

    assert read == subject_of(message.reply)
    assert "  " not in read
    assert read.removesuffix("...") in text
    assert subject in ("", read)


def test_a_list_without_words_before_it_gives_its_first_line() -> None:
    assert subject_of(Reply(blocks=(Bullets(items=("First line", "second")),))) == "First line"


@given(st.text(), st.text())
def test_no_words_can_become_a_header(text: str, name: str) -> None:
    file = Enclosed(name=name, media_type="text/plain", data=b"x", shown=text)

    mail = mailed(outbound(text), file)

    assert set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
        "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert mail["To"] == "ada@example.org"


@pytest.mark.parametrize(
    "value",
    [
        "", "ada", "@example.org", "ada@", "a@b@c", "ada@example.org\nBcc: eve@example.org",
        "ada@example.org, eve@example.org", "Ada <ada@example.org>", "a b@example.org", "a@b..c",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no e-mail address"):
        address_of(value)


def test_a_domain_of_another_alphabet_is_written_as_servers_know_it() -> None:
    assert address_of("ada@b\u00fccher.example").addr_spec == "ada@xn--bcher-kva.example"


def test_pictures_are_shown_and_files_are_enclosed() -> None:
    picture = Enclosed(name="p.png", media_type="image/png", data=b"png", shown="2 of 3 done")
    letter = Enclosed(name="a/b\r\n.pdf", media_type="application/pdf", data=b"pdf")
    odd = Enclosed(name="m", media_type="message/rfc822", data=b"From: x")

    shown, file, other = mailed(outbound(), picture, letter, odd).iter_attachments()

    assert (shown.get_content_disposition(), shown["Content-Description"]) == (
        "inline",
        "2 of 3 done",
    )
    assert (file.get_content_disposition(), file.get_filename()) == ("attachment", "b .pdf")
    assert file.get_payload(decode=True) == b"pdf"
    assert other.get_content_type() == "application/octet-stream"


def test_choices_are_told_as_words_to_say_elsewhere() -> None:
    reply = Reply(blocks=(Paragraph(text="Hi."),), choices=(Choice(label="Go", says="next"),))
    message = OutboundMessage(
        key="k", to=outbound().to, conversation=outbound().conversation, reply=reply
    )

    text = mailed(message).get_content()

    assert "you can say:\r\n\r\n- next" in text
    assert "Reply with a number" not in text


@pytest.mark.parametrize(
    ("url", "server", "account"),
    [
        (
            "smtp+starttls://carrel:p%40ss@mail.example.org",
            ("mail.example.org", 587, Security.STARTTLS),
            ("carrel", "p@ss"),
        ),
        (
            "smtps://mail.example.org:1465",
            ("mail.example.org", 1465, Security.TLS),
            ("", ""),
        ),
        ("smtp://u:p@127.0.0.1", ("127.0.0.1", 25, Security.NONE), ("u", "p")),
    ],
)
def test_a_url_tells_the_server(
    url: str, server: tuple[str, int, Security], account: tuple[str, str]
) -> None:
    access = parse(url)

    assert (access.host, access.port, access.security) == server
    assert (access.user, access.password) == account


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "No scheme"),
        ("http://mail.example.org", "'http'"),
        ("smtp://", "names no host"),
        ("smtps://mail.example.org:port", "cannot be read"),
        ("smtps://u@mail.example.org", "user and password both"),
        ("smtp://u:hush@mail.example.org", "in the clear"),
    ],
)
def test_a_wrong_url_is_told_without_its_password(url: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told) as wrong:
        parse(url)

    assert "hush" not in str(wrong.value)


def test_the_password_is_in_no_printed_access() -> None:
    assert "hush" not in repr(parse("smtps://u:hush@mail.example.org"))


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("nothing")

    with pytest.raises(ConfigurationError, match=r"ca\.pem"):
        parse("smtps://mail.example.org", ca=path).trusted()
