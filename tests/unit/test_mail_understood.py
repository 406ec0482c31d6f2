"""What a mail is once it was read, judged and proved, whoever sends it on and however."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from bot.domain.messages import Envelope, InboundMessage
from channels.email.intake.said import Came, sha256_of
from channels.email.intake.understanding import (
    PassedOver,
    Proving,
    Returned,
    Said,
    Understanding,
    Understood,
)
from channels.email.own_ids import Own
from tests.glass import seal
from tests.proving import COVERED, MAIL, NOW, KnownNames, published, rsa, signed
from tests.tags import replied, returned

OWN = Own(address="carrel@bot.test", ids="bot.test", seal=seal)
CARD = "0123456789abcdef0123456789abcdef01234567@bot.test"
OTHER = "f" * 40 + "@bot.test"
PRIVATE = "carrel+K7F3-Q9WX-M2TA-HJ4C@bot.test"
REPLYING = (*COVERED, b"in-reply-to", b"references")


def understood(
    raw: bytes,
    *,
    server: str = "",
    records: Mapping[str, str] | None = None,
    received: datetime = NOW,
) -> Understood:
    """What Carrel makes of it."""
    names = KnownNames(published(uni_example=rsa()) if records is None else records)
    understanding = Understanding(OWN, Proving(server=server, names=names))
    return understanding.whole(Came(raw=raw, sha256=sha256_of(raw), received=received))


def message(raw: bytes, *, server: str = "") -> InboundMessage:
    """What it says."""
    found = understood(raw, server=server)
    assert isinstance(found, Said)
    return found.message


def envelope(raw: bytes, *, server: str = "") -> Envelope:
    """What only a mail has of that."""
    found = message(raw, server=server).envelope
    assert found
    return found


def written(
    *, to: str = "carrel@bot.test", answers: str = "", body: bytes = b"2\r\n", more: str = ""
) -> bytes:
    """A mail of Ada's."""
    below = f"In-Reply-To: <{answers}>\r\nReferences: <{answers}>\r\n" if answers else ""
    head = (
        f"From: Ada Lovelace <ada@uni.example>\r\nTo: {to}\r\nSubject: My report\r\n"
        "Date: Mon, 02 Mar 2026 09:30:00 +0000\r\nMessage-ID: <1@uni.example>\r\n"
        f"{more}{below}\r\n"
    )
    return head.encode() + body


def evidence(**more: str) -> bytes:
    """A mail of Ada's with a file, and more headers."""
    fields = "".join(f"{name}: {value}\r\n" for name, value in more.items())
    body = b'--b\r\nContent-Type: application/pdf; name="cv.pdf"\r\n\r\n%PDF-1.4\r\n--b--\r\n'
    return written(body=body, more=f"{fields}Content-Type: multipart/mixed; boundary=b\r\n")


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (b"\r\n\r\n\r\n", b"\r\n\r\n\r\n\r\n \t\r\n"),
        (b"Here  is", b"Here\t is"),
        (b"report. \r\n", b"report.  \t\r\n"),
        (b"Subject: My report", b"Subject:  My\t report "),
    ],
)
def test_what_a_signature_lets_pass_makes_no_other_mail(there: bytes, here: bytes) -> None:
    first = signed(MAIL.replace(b"submit@", b"carrel@"))
    again = first.replace(there, here, 1)

    assert again != first
    assert envelope(again).proved
    assert message(again).id == message(first).id


def test_other_words_are_another_mail() -> None:
    assert message(written(body=b"3\r\n")).id != message(written()).id


def test_who_sends_a_signed_mail_on_cannot_have_it_answer_something_else() -> None:
    plain = signed(written())
    top, _, rest = plain.partition(b"Subject:")
    aimed = top + f"In-Reply-To: <{CARD}>\r\nReferences: <{CARD}>\r\nSubject:".encode() + rest
    found = message(aimed)

    assert found.envelope
    assert found.envelope.proved
    assert (found.answers, found.thread) == ("", "<1@uni.example>")


def test_what_is_signed_tells_what_it_replies_to() -> None:
    found = message(signed(written(answers=CARD), covered=REPLYING))

    assert found.answers == f"<{CARD}>"
    assert found.thread == f"<{CARD}> <1@uni.example>"


def test_of_two_signatures_the_one_that_covers_more_counts() -> None:
    both = signed(signed(written(answers=CARD), covered=REPLYING))

    assert message(both).answers == f"<{CARD}>"


def test_a_reply_to_a_private_address_is_one_whatever_is_signed() -> None:
    assert message(signed(written(to=PRIVATE, answers=CARD))).answers == f"<{CARD}>"


def test_a_reply_to_the_address_of_one_mail_answers_that_mail_only() -> None:
    to = f"carrel+{replied(CARD)}@bot.test"

    assert message(signed(written(to=to, answers=CARD))).answers == f"<{CARD}>"
    assert message(signed(written(to=to, answers=OTHER))).answers == ""


def test_who_knows_the_id_of_a_mail_cannot_make_the_address_to_which_it_is_replied() -> None:
    made_up = (
        f"carrel+r-{CARD[:20]}@bot.test",
        f"carrel+r-{CARD[:20]}{CARD[20:32]}@bot.test",
        f"carrel+r-{returned(CARD)[2:]}@bot.test",
    )

    for to in made_up:
        envelope = message(written(to=to, answers=CARD)).envelope
        assert envelope is not None
        assert envelope.tag == ""


def test_a_reply_straight_from_its_senders_servers_is_one() -> None:
    found = "dmarc=pass header.from=uni.example; spf=pass smtp.mailfrom=ada@uni.example"
    head = (
        f"Authentication-Results: mx.bot.test; {found}\r\n"
        "Received: from a.uni.example by mx.bot.test; Mon, 2 Mar 2026 09:30:00 +0000\r\n"
    )
    said = message(head.encode() + written(answers=CARD), server="mx.bot.test")

    assert said.answers == f"<{CARD}>"
    assert said.envelope
    assert said.envelope.proved


def test_who_sends_a_signed_mail_on_cannot_put_a_tag_to_it() -> None:
    forged = f"Delivered-To: {PRIVATE}\r\n".encode()

    assert envelope(forged + signed(written())).tag == ""
    assert envelope(signed(written(to=PRIVATE))).tag == "k7f3-q9wx-m2ta-hj4c"
    assert envelope(forged + written()).tag == "k7f3-q9wx-m2ta-hj4c"  # it is not proved


def test_a_section_by_the_alias_is_told_and_proved() -> None:
    found = envelope(signed(written(to="submit+tech-8@bot.test")))

    assert (found.proved, found.tag) == (True, "tech-8")


def test_our_own_alias_is_not_answered() -> None:
    own = written().replace(b"ada@uni.example", b"submit+x@bot.test")

    assert understood(own) == PassedOver(why="Carrel's own mail")


def test_a_signature_is_judged_as_of_when_the_mail_came() -> None:
    expiry = str(int((NOW + timedelta(days=1)).timestamp())).encode()
    raw = signed(written(), more=((b"x", expiry),))

    assert envelope(raw).proved
    late = understood(raw, received=NOW + timedelta(days=2))
    assert isinstance(late, Said)
    assert not late.proof.ok
    assert late.proof.why == "its signature has expired"


def test_names_that_cannot_be_looked_up_are_told_apart() -> None:
    found = understood(signed(written()), records={"*": "down"})

    assert isinstance(found, Said)
    assert (found.proof.ok, found.proof.again) == (False, True)


def test_what_our_server_disowns_is_told() -> None:
    head = (
        "Authentication-Results: mx.bot.test; dmarc=fail header.from=uni.example\r\n"
        "Received: from a.uni.example by mx.bot.test; Mon, 2 Mar 2026 09:30:00 +0000\r\n"
    )

    assert envelope(head.encode() + written(), server="mx.bot.test").disowned


def test_nothing_about_people_is_told_of_a_proof() -> None:
    for raw in (signed(written()), written(), b"From: a@b.example, ada@uni.example\r\n\r\nHi"):
        found = understood(raw)
        if isinstance(found, Said):
            assert "uni" not in found.proof.why
            assert "@" not in found.proof.why


@pytest.mark.parametrize(("parts", "advice"), [(2_000, "more than"), (0, "nested")])
def test_a_mail_that_cannot_be_read_is_refused_to_its_sender(parts: int, advice: str) -> None:
    leaf = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(500)
    )
    border = "b" if parts else "b0"
    raw = written(
        body=leaf * parts or nested, more=f"Content-Type: multipart/mixed; boundary={border}\r\n"
    )
    found = understood(signed(raw))

    assert isinstance(found, Said)
    assert found.set_aside.startswith(("too-many", "nested"))
    (attachment,) = found.message.attachments
    assert advice in attachment.refusal
    assert attachment.size > 0
    assert found.proof.ok
    assert found.message.text == ""


def test_a_machines_mail_that_cannot_be_read_is_not_answered() -> None:
    leaf = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    more = "Auto-Submitted: auto-replied\r\nContent-Type: multipart/mixed; boundary=b\r\n"

    assert isinstance(understood(written(body=leaf * 2_000, more=more)), PassedOver)


def test_of_a_header_without_end_the_beginning_tells_whom_to_answer() -> None:
    found = understood(b"From: ada@uni.example\r\n" + b"X: y\r\n" * 200_000 + b"\r\nHi")

    assert isinstance(found, Said)
    assert found.set_aside == "too-many-headers"
    assert found.message.sender.value == "ada@uni.example"


def test_somebodys_files_are_told_where_a_mark_forbids_an_answer() -> None:
    marked = understood(signed(evidence(Precedence="bulk")))
    listed = understood(signed(evidence(**{"List-Id": "<us.uni.example>"})))

    assert marked == PassedOver(why="a mailing list", files=1, sender="ada@uni.example")
    assert listed == PassedOver(why="a mailing list", files=1)
    assert understood(evidence(Precedence="bulk")) == PassedOver(why="a mailing list", files=1)
    assert isinstance(understood(signed(evidence())), Said)


def test_a_bounce_that_names_nobody_is_of_whoever_its_address_tells() -> None:
    raw = (
        f"From: MAILER-DAEMON@uni.example\r\nTo: carrel+{returned(CARD)}@bot.test\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; uni.example\r\n\r\n--b--\r\n"
    )
    found = understood(raw.encode())

    assert isinstance(found, Returned)
    assert found.tag == CARD[:20]
    assert [one.address for one in found.failures] == [""]


@pytest.mark.parametrize(
    ("to", "path", "counts"),
    [
        ("carrel@bot.test", "mallory@evil.example", False),
        ("carrel@bot.test", "", True),
        (f"carrel+{returned(OTHER)}@bot.test", "mallory@evil.example", True),
        (f"carrel+b-{OTHER[:20]}@bot.test", "mallory@evil.example", False),
        (f"carrel+{replied(OTHER)}@bot.test", "mallory@evil.example", False),
    ],
)
def test_a_bounce_is_believed_only_where_its_own_address_or_a_null_path_speaks_for_it(
    to: str, path: str, counts: bool
) -> None:
    raw = (
        f"Return-Path: <{path}>\r\nFrom: mallory@evil.example\r\nTo: {to}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nContent-Type: multipart/report; "
        "report-type=delivery-status; boundary=B\r\n\r\n--B\r\n\r\nno\r\n--B\r\n"
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        "Final-Recipient: rfc822; ada@uni.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{OTHER}>\r\n\r\n--B--\r\n"
    )

    assert isinstance(understood(raw.encode()), Returned) is counts
