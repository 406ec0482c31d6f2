"""What a mail says to Carrel: who, to which place, in answer to what, and the same mail once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.messages import InboundMessage
from channels.email.intake.said import Came, said, sha256_of
from channels.email.intake.subject import bare_subject, is_forwarded
from channels.email.own_ids import Own
from channels.email.own_words.words import own_words
from channels.email.proof.proof import Proof
from channels.email.reading.mail import read
from tests.glass import seal

OWN = Own(address="carrel@example.org", ids="example.org", seal=seal)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CARD = "0123456789abcdef0123456789abcdef01234567@example.org"
USUAL = {
    "From": "Ada <Ada@Example.com>",
    "To": "carrel@example.org",
    "Subject": "My question",
    "Date": "Tue, 06 Jan 2026 12:00:00 +0000",
    "Message-ID": "<one@example.com>",
}


def raw_of(body: str = "Hello.", *, before: str = "", **headers: str) -> bytes:
    """A mail with these headers, below some that servers on the way put there."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**USUAL, **named}.items() if value)
    return f"{before}{lines}\r\n{body}\r\n".encode()


def message(raw: bytes, *, proved: bool = False) -> InboundMessage:
    """What the mail says."""
    mail = read(raw)
    came = Came(raw=raw, sha256=sha256_of(raw), received=NOW)
    proof = Proof(ok=proved, why="", replies=proved)
    return said(mail, came, own=OWN, words=own_words(mail), proof=proof)


def test_the_sender_has_one_conversation_in_small_letters() -> None:
    found = message(raw_of())

    assert found.sender.value == "ada@example.com"
    assert found.conversation == "email:ada@example.com"
    assert (found.text.strip(), found.sent_at, found.shared) == ("Hello.", NOW, False)


def test_the_same_mail_by_another_way_is_the_same_and_another_is_not() -> None:
    way = "Received: from a by b; today\r\nDelivered-To: carrel@example.org\r\n"
    first = message(raw_of()).id

    assert message(raw_of(before=way)).id == first
    for other in (
        raw_of("Hello!"),
        raw_of(Subject="Another"),
        raw_of(Message_ID="<two@example.com>"),
        raw_of(From="bea@example.com"),
        raw_of(Date=""),
    ):
        assert message(other).id != first


def test_a_copy_without_proof_does_not_pass_for_the_proved_mail() -> None:
    raw = raw_of()

    assert message(raw, proved=True).id != message(raw).id
    assert message(raw, proved=True).id == message(raw_of(before="Received: x\r\n"), proved=True).id


def test_nothing_can_be_pushed_from_one_header_into_the_next_for_the_same_identity() -> None:
    one = message(raw_of(Subject="a", Date="b"))
    other = message(raw_of(Subject="ab", Date=""))

    assert one.id != other.id


def test_a_mail_of_a_subject_alone_says_it() -> None:
    assert message(raw_of("", Subject="How far am I?")).text == "How far am I?"


@pytest.mark.parametrize("subject", ["Re: undo", "Fwd: undo", "undo"])
def test_a_reply_or_a_forward_without_words_says_nothing(subject: str) -> None:
    below = "" if ":" in subject else "<hello@example.net>"
    found = message(raw_of("-- \r\nAda", Subject=subject, In_Reply_To=below))

    assert found.text.strip() == ""
    assert found.envelope
    assert found.envelope.subject == "undo"


def test_an_answer_names_what_it_answers_and_the_whole_chain() -> None:
    chain = " ".join(f"<{n}@example.com>" for n in range(30))
    found = message(raw_of(In_Reply_To=f"<{CARD}>", References=f"{chain} <{CARD}>"))

    assert found.answers == f"<{CARD}>"
    ids = found.thread.split()
    assert (ids[0], ids[-2:]) == ("<0@example.com>", [f"<{CARD}>", "<one@example.com>"])
    assert len(ids) == 20
    assert found.envelope
    assert found.envelope.reply


def test_an_answer_to_somebody_else_answers_nothing_of_ours() -> None:
    assert message(raw_of(In_Reply_To="<hello@example.org>")).answers == ""
    below = raw_of(In_Reply_To="<hello@example.net>", References=f"<{CARD}> <hello@example.net>")
    assert message(below).answers == ""
    assert message(raw_of(References=f"<hello@example.net> <{CARD}>")).answers == f"<{CARD}>"


@pytest.mark.parametrize(
    ("to", "tag"),
    [
        ("carrel+k7f3q9@example.org", "k7f3q9"),
        ("Carrel <CARREL+Tech-8@example.org>", "tech-8"),
        ("submit+tech-8@example.org", "tech-8"),
        ("carrel@example.org", ""),
        ("bea+k7f3q9@example.org", ""),
        ("carrel+k7f3q9@example.net", ""),
        ("carrel+b-0123456789abcdef0123@example.org", ""),
    ],
)
def test_the_address_tells_a_token_or_a_section(to: str, tag: str) -> None:
    envelope = message(raw_of(To=to)).envelope

    assert envelope
    assert envelope.tag == tag


def test_files_wait_in_the_mail_that_is_kept() -> None:
    raw = raw_of(
        "--b\r\nContent-Type: text/plain\r\n\r\nHere.\r\n--b\r\n"
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=cv.pdf\r\n\r\n"
        "%PDF-1.4\r\n--b--",
        Content_Type="multipart/mixed; boundary=b",
    )
    found = message(raw, proved=True)

    (attachment,) = found.attachments
    assert attachment.name == "cv.pdf"
    assert attachment.source == f"email:{sha256_of(raw)}/2"
    assert found.envelope
    assert (found.envelope.sha256, found.envelope.proved) == (sha256_of(raw), True)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: TECH-8", "TECH-8"),
        ("RE: Re[2]: Fwd: my cv", "my cv"),
        ("AW: WG: Frage", "Frage"),
        ("SV: VS: fråga", "fråga"),
        ("回复\uff1a问题", "问题"),
        ("Answer: yes", "Answer: yes"),
        ("Review: TECH-8", "Review: TECH-8"),
        ("re", "re"),
    ],
)
def test_what_replies_and_forwards_put_before_a_subject_is_taken_away(
    subject: str, bare: str
) -> None:
    assert bare_subject(subject) == (bare, subject != bare)


@pytest.mark.parametrize(
    ("subject", "forward"),
    [
        ("Fwd: evidence for TECH-4", True),
        ("FW: [EXT] evidence for tech-3", True),
        ("WG: Nachweis", True),
        ("Re: evidence for TECH-4", False),
        ("evidence for TECH-4", False),
        ("Forward planning: TECH-4", False),
    ],
)
def test_a_subject_says_that_something_is_passed_on(subject: str, forward: bool) -> None:
    assert is_forwarded(subject) == forward
