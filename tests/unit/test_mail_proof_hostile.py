"""No bytes whatever make the proof raise, take long, or believe what the sender wrote itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.email.mail import Mail
from tests.ending import ending
from tests.proving import MAIL, proof, published, rsa, signed

MX = "mx.bot.test"
ARRIVED = b"Received: from x (y [192.0.2.7]) by mx.bot.test with ESMTPS id 1; Mon, 2 Mar 2026\r\n"
FORGED = b"dmarc=pass header.from=uni.example; spf=pass smtp.mailfrom=uni.example"
PIECES = [
    *(b"Authentication-Results:", b"ARC-Authentication-Results:", b"DKIM-Signature:", b"X-A:"),
    *(b"Received:", b"From:", b"To: submit@bot.test", b"From: ada@uni.example", b"Subject:"),
    *(b" mx.bot.test", b" from", b" by", b" with", b" LMTP", b" 1", b" ", b"\t", b"\0", b"\xff"),
    *(b";", b"=", b'"', b"(", b")", b"\\", b":", b"\r\n", b"\r\n ", b"\r", b"\n", b"none"),
    *(FORGED, b"dkim=pass header.d=uni.example", b"; dmarc=pass", b" header.from=uni.example"),
    *(b"v=1; a=rsa-sha256; d=uni.example; s=one; h=from:to; bh=AAAA; b=AAAA", b"l=0;", b"a" * 999),
]
HEADERS = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=30).map(b"".join)
NAMES = [b"Authentication-Results", b"Received", b"ARC-Seal", b"X-A"]
VALUES = [
    *(b" mx.bot.test; " + FORGED, b" mx.bot.test 1;", FORGED, b" none", b";", b"(", b")", b'"'),
    *(b" from mx.bot.test", b" by mx.bot.test", b" with LMTP", b" with ESMTP", b"\r\n\t", b" x"),
]
FIELDS = st.lists(
    st.builds(
        lambda name, values: name + b":" + b"".join(values) + b"\r\n",
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(VALUES), max_size=5),
    ),
    max_size=6,
).map(b"".join)
SENDER = Mail(sender="ada@uni.example")


@given(FIELDS | HEADERS)
def test_no_header_text_makes_findings_of_its_own_believed(text: bytes) -> None:
    """All of it stands below our server's Received, as all does that a sender writes."""
    raw = ARRIVED + text + MAIL

    assert not proof(raw, {}, server=MX, mail=SENDER).ok


@given(HEADERS)
def test_no_header_text_makes_a_signature_good(text: bytes) -> None:
    forged = b"DKIM-Signature: v=1; a=rsa-sha256; d=uni.example; s=one; h=from:to; bh=AAAA; b=AAAA"

    assert not proof(text + forged + b"\r\n" + text + MAIL, mail=SENDER).ok


@given(st.text().filter(lambda text: not set(text) & set("()\\")))
def test_nothing_inside_a_comment_is_a_finding(text: str) -> None:
    field = f"Authentication-Results: {MX}; spf=fail (by {text} ; {FORGED.decode()})\r\n"

    raw = field.encode("utf-8", "replace") + ARRIVED + MAIL
    assert not proof(raw, {}, server=MX, mail=SENDER).ok


@given(st.binary(max_size=300), st.text(max_size=40), st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes, record: str, body: bytes) -> None:
    records = {"*": record.encode("latin-1", "replace").decode("latin-1")}

    assert not proof(raw, records, server=MX, mail=SENDER).ok
    assert not proof(signed() + b"more" + body, records, server=MX, mail=SENDER).ok


@given(st.binary(max_size=200))
def test_the_body_is_read_as_others_read_it(body: bytes) -> None:
    """Whatever the signer's library signs we find good; SMTP has no other ends of lines."""
    whole = body.replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n"
    for manner in (b"simple/simple", b"relaxed/relaxed"):
        assert proof(signed(MAIL + whole, manner=manner), mail=SENDER).ok


@pytest.mark.parametrize(
    "body",
    [b" " * 60_000_000, b"\r\n" * 30_000_000, b"\n" * 60_000_000, b" \t a\r\n" * 9_000_000],
    ids=["blanks", "lines", "bare lines", "both"],
)
def test_a_mail_of_the_largest_size_is_judged_quickly(body: bytes) -> None:
    with ending():
        assert not proof(signed(manner=b"relaxed/relaxed") + body + b"x", mail=SENDER).ok


@pytest.mark.parametrize(
    "text",
    [
        b"DKIM-Signature: v=1; a=rsa-sha256; d=uni.example; s=one; h=from; bh=AAAA; b=AAAA\r\n"
        * 1000,
        b"Authentication-Results: mx.bot.test; dkim=pass header.d=uni.example\r\n" * 1000,
        b"Authentication-Results: mx.bot.test" + b"; dkim=pass header.d=x.example" * 100_000,
        b"Authentication-Results: mx.bot.test; a=b" + b"(" * 200_000 + b"\r\n",
        b"Authentication-Results: mx.bot.test;" + b" a=" * 5_000 + b"\r\n",
        b"Authentication-Results: mx.bot.test;" + b' "' * 7_999 + b"\r\n",
        b"Authentication-Results: mx.bot.test;" + b"a" * 16_000 + b"\r\n",
        b"DKIM-Signature: " + b"b=;" * 80_000 + b"\r\n",
        b"DKIM-Signature: a=b;" + b" " * 200_000 + b"b=\r\n",
        b"DKIM-Signature: h=" + b"from:" * 50_000 + b"\r\n",
        b"Cc: " + b"(" * 200_000 + b"\r\n",
        b"Cc: " + b'"' * 200_001 + b"\r\n",
        b"Cc: " + b"<,@" * 80_000 + b"\r\n",
        b"Cc: " + b"a@" * 100_000 + b"\r\n",
        b"Received: " + b"from by with " * 20_000 + b"\r\n",
        b"X:\r\n" * 300_000,
        b" \r\n" * 300_000,
        b"X: " + b"\r\n " * 80_000 + b"\r\n",
        b"\r" * 1_000_000,
    ],
    ids=lambda text: text[:30].decode().strip() or "blank",
)
def test_a_hostile_header_is_judged_quickly(text: bytes) -> None:
    with ending():
        assert not proof(text + ARRIVED + MAIL, server=MX, mail=SENDER).ok
        assert not proof(ARRIVED + text + MAIL, server=f"{MX} below", mail=SENDER).again


def test_a_signature_that_covers_a_name_a_hundred_thousand_times_is_judged_quickly() -> None:
    names = (b"from", b"to", b"subject", b"date", b"message-id", *(b"x",) * 20_000)
    with ending():
        assert proof(signed(covered=names), published(uni_example=rsa())).ok
