"""Really signed mails of somebody else's, altered and sent on: none of them speaks to Carrel."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import timedelta

import pytest

from channels.email.intake.said import Came, sha256_of
from channels.email.intake.understanding import Proving, Said, Understanding
from channels.email.proof.age import OLDEST
from channels.email.proof.proof import Proof
from channels.email.reading.mail import read
from tests.proving import COVERED, MAIL, NOW, OWN, Key, KnownNames, proof, published, rsa, signed

MX = "mx.bot.test"
SENT_ON = (
    b"Authentication-Results: mx.bot.test; dkim=fail header.d=uni.example;\r\n dkim=pass "
    b"header.d=uni.example header.s=one; spf=fail smtp.mailfrom=evil.example;\r\n dmarc=pass "
    b"header.from=uni.example\r\n"
)
CAME = (
    b"Received: from evil.example (evil.example [192.0.2.66])\r\n\tby mx.bot.test with ESMTPS id 1;"
    b" Mon, 2 Mar 2026 09:31:00 +0000\r\n"
)
ADDED = b"Cc: submit@bot.test\r\n"
PRIVATE = MAIL.replace(b"Carrel <submit@bot.test>", b"bea@uni.example")
FAKE = (
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=uni.example; s=one;\r\n h=from:to:cc:"
    b"subject:date:message-id; bh=" + base64.b64encode(b"0" * 32) + b";\r\n b="
)
FAKE += base64.b64encode(b"1" * 256) + b"\r\n"


def sent_on(mail: bytes) -> bytes:
    """As our server hands it on: it checked the one good signature, whatever that covers."""
    return SENT_ON + CAME + mail


def judged(mail: bytes, records: Mapping[str, str] | None = None) -> Proof:
    """What is found of a mail that went round by somebody else."""
    return proof(sent_on(mail), records, server=MX)


def padded(mail: bytes, more: bytes) -> bytes:
    """The signature with something behind it that others overlook."""
    end = mail.index(b"\r\nFrom:")
    return mail[:end].rstrip() + more + mail[end:]


def of_another(key: Key) -> bytes:
    """A signature to us by another key of the domain that sends it on."""
    return signed(ADDED + PRIVATE, key=key, domain=b"evil.example").partition(b"Cc:")[0]


OLD = signed(PRIVATE)
EMPTY_CC = signed(PRIVATE.replace(b"Subject", b"Cc: eve@uni.example\r\nSubject"))
FORGED = {
    "as it is": OLD,
    "with us in Cc": ADDED + OLD,
    "with us in Cc below": OLD.replace(b"Subject:", ADDED + b"Subject:", 1),
    "below a false signature": FAKE + ADDED + OLD,
    "below five false signatures": FAKE * 5 + ADDED + OLD,
    "below fifty false signatures": FAKE * 50 + ADDED + OLD,
    "above a false signature": ADDED + OLD.replace(b"From: Ada", FAKE + b"From: Ada"),
    "its signature unreadable for us": FAKE + ADDED + padded(OLD, b"===="),
    "its signature unreadable, alone": ADDED + padded(OLD, b"===="),
    "its signature with a strange letter": FAKE + ADDED + re.sub(rb"; b=", b"; b=!", OLD),
    "its signature with a tag twice": FAKE + ADDED + padded(OLD, b"; q=dns/txt; q=dns/txt"),
    "its signature in capitals": FAKE + ADDED + OLD.replace(b"DKIM-Signature", b"DKIM-SIGNATURE"),
    "with a signature of the other's": of_another(rsa(1024)) + ADDED + OLD,
    "with a second To": b"To: submit@bot.test\r\n" + OLD,
    "with us as somebody's name": OLD.replace(b"To: bea", b"To: submit@bot.test, bea"),
    "with two Cc": ADDED + EMPTY_CC,
    "with h= said to cover more": ADDED + OLD.replace(b"h=from:to:", b"h=from:cc:to:"),
    "with text behind an end": ADDED + OLD + b"\r\nApprove it.\r\n",
}


@pytest.mark.parametrize("mail", FORGED.values(), ids=FORGED.keys())
def test_a_mail_to_somebody_else_is_not_turned_on_us(mail: bytes) -> None:
    keys = published(uni_example=rsa(), evil_example=rsa(1024))

    assert not judged(mail, keys).ok
    assert not proof(mail, keys).ok
    assert not proof(SENT_ON + mail, keys, server=MX).ok


def test_the_same_mail_to_us_is_proved_by_whomever_it_came() -> None:
    assert judged(signed()).ok
    assert judged(FAKE + signed()).ok


def test_a_mail_that_went_round_waits_where_names_cannot_be_looked_up() -> None:
    found = judged(signed(), {"*": "down"})

    assert (found.ok, found.again) == (False, True)


def test_a_mail_that_its_own_server_handed_over_asks_for_no_name() -> None:
    direct = SENT_ON.replace(b"spf=fail smtp.mailfrom=evil", b"spf=pass smtp.mailfrom=uni")

    assert proof(direct + CAME + MAIL, {"*": "down"}, server=MX).ok


@pytest.mark.parametrize(
    "whose", [b"bea@uni.example", b"SRS0=x=y=evil.example=eve@uni.example", b"@uni.example.evil.x"]
)
def test_a_mail_that_a_neighbour_passed_on_is_not_her_own(whose: bytes) -> None:
    """Bea lets her mailbox pass on what comes: in her name, or in that of her server."""
    passed = b"spf=pass smtp.mailfrom=" + whose
    results = SENT_ON.replace(b"spf=fail smtp.mailfrom=evil.example", passed)

    assert not proof(results + CAME + MAIL, server=MX).ok
    assert proof(results.replace(whose, b"Ada@uni.example") + CAME + MAIL, server=MX).ok


def test_findings_for_another_domain_of_the_organisation_are_not_for_this_one() -> None:
    text = b"dmarc=pass header.from=%s; spf=pass smtp.mailfrom=uni.example\r\n"
    for domain, ok in ((b"students.uni.example", False), (b"uni.example", True)):
        results = b"Authentication-Results: mx.bot.test; " + text % domain
        assert proof(results + CAME + MAIL, server=MX).ok is ok


# What says how to read the body

BODY = (
    b"--A\r\nContent-Type: text/plain\r\n\r\nPlease keep the notes that Bea gave me.\r\n"
    b"--A\r\nContent-Type: text/plain; name=notes.txt\r\n"
    b"Content-Disposition: attachment; filename=notes.txt\r\n\r\nNotes of Bea.\r\n"
    b"--B\r\nContent-Type: text/plain\r\n\r\nshare Technology with bea@uni.example\r\n--B--\r\n"
    b"end\r\n--A--\r\n"
)
HEAD = MAIL.partition(b"\r\n\r\n")[0] + b"\r\nMIME-Version: 1.0\r\n"
DIVIDED = HEAD + b'Content-Type: multipart/mixed; boundary="A"\r\n\r\n' + BODY
GMAIL = (*COVERED, b"mime-version", b"from", b"to", b"cc", b"subject", b"date", b"message-id")
ALL = (*COVERED, b"mime-version", b"content-type", b"content-transfer-encoding")
TYPE = b'Content-Type: multipart/mixed; boundary="A"'


@pytest.mark.parametrize("covered", [GMAIL, ALL])
def test_a_divided_mail_is_proved_whether_its_type_is_signed_or_not(
    covered: tuple[bytes, ...],
) -> None:
    for line in (TYPE, b"Content-Type: Multipart/Related;\r\n\tboundary=A; charset=utf-8"):
        found = proof(signed(DIVIDED.replace(TYPE, line), covered=covered))
        assert found.ok, found.why


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: multipart/mixed; boundary=B",
        b"Content-Type: multipart/mixed; boundary=A; boundary=B",
        b"Content-Type: multipart/mixed; boundary=B (; boundary=A)",
        b'Content-Type: multipart/mixed; boundary="\\B"; x="; boundary=A',
        b"Content-Type: multipart/mixed; boundary*=utf-8''B",
        b"Content-Type: multipart/mixed; boundary*0=B; boundary=A",
        b"Content-Type: multipart/mixed",
        b"Content-Type: multipart/digest; boundary=A",
        b"Content-Type: multipart/alternative; boundary=A",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/plain",
        b"Content-Type: text/html",
        b"Content-Type: text/plain; charset=utf-16",
        b"Content-Type: application/octet-stream",
        b"Content-Type: x",
        b"X: y",
        TYPE + b"\r\nContent-Transfer-Encoding: base64",
        TYPE + b"\r\nContent-Disposition: attachment; filename=x.txt",
        TYPE + b"\r\nContent-Type: multipart/mixed; boundary=B",
    ],
)
def test_what_stood_in_a_file_does_not_become_her_own_words(line: bytes) -> None:
    for covered in (GMAIL, ALL):
        forged = signed(DIVIDED, covered=covered).replace(TYPE, line)
        assert not proof(forged, mail=read(DIVIDED)).ok
        assert not judged(forged).ok


def test_a_mail_in_two_forms_is_proved_though_its_type_is_not_signed() -> None:
    forms = b"--A\r\nContent-Type: text/%s\r\n\r\n<p>Here it is.\r\n"
    line = b"Content-Type: multipart/alternative; boundary=A\r\n\r\n"
    mail = HEAD + line + forms % b"plain" + forms % b"html" + b"--A--\r\n"

    assert proof(signed(mail, covered=GMAIL)).ok


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: text/plain",
        b'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes',
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit",
    ],
)
def test_a_text_is_proved_whether_its_type_is_signed_or_not(line: bytes) -> None:
    mail = MAIL.replace(b"\r\n\r\n", b"\r\n" + line + b"\r\n\r\n", 1)

    assert proof(signed(mail)).ok


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: text/html",
        b"Content-Type: text/plain; charset=utf-7",
        b"Content-Type: multipart/mixed; boundary=B",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment",
    ],
)
def test_a_text_cannot_be_made_to_read_otherwise(line: bytes) -> None:
    mail = MAIL.replace(b"Ada\r\n", b"> x=0Ashare it\r\n> --B\r\n--B\r\n\r\nshare it\r\n--B--\r\n")

    assert proof(signed(mail)).ok
    assert not proof(signed(mail).replace(b"\r\nFrom:", b"\r\n" + line + b"\r\nFrom:", 1)).ok


def test_a_forged_copy_that_comes_first_does_not_take_the_place_of_the_mail() -> None:
    mail = signed(DIVIDED, covered=GMAIL)
    copies = (mail.replace(TYPE, b"Content-Type: text/plain"), DIVIDED, mail, CAME + mail)
    understanding = Understanding(
        OWN, Proving(server="", names=KnownNames(published(uni_example=rsa())))
    )
    ids = []
    for raw in copies:
        said = understanding.whole(Came(raw=raw, sha256=sha256_of(raw), received=NOW))
        assert isinstance(said, Said)
        ids.append(said.message.id)

    assert ids[0] == ids[1] != ids[2] == ids[3]


# How old it is


@pytest.mark.parametrize(
    ("days", "ok"), [(-1, True), (14, True), (16, False), (400, False), (-2, False)]
)
def test_an_old_mail_is_not_handled_as_of_today(days: int, ok: bool) -> None:
    assert proof(signed(), now=NOW + timedelta(days=days)).ok is ok


def test_an_old_mail_with_a_signature_of_today_is_old() -> None:
    now = NOW + OLDEST + timedelta(days=1)
    fresh = signed(more=((b"t", str(int(now.timestamp())).encode()),))

    assert proof(fresh, now=now).why == "it is too old"


@pytest.mark.parametrize("date", [b"yesterday", b"", b"9" * 5000, b"Mon, 02 Mar 99999 09:30:00"])
def test_a_mail_whose_date_cannot_be_read_is_not_proved(date: bytes) -> None:
    assert not proof(signed(MAIL.replace(b"Mon, 02 Mar 2026 09:30:00 +0000", date))).ok


def test_a_mail_that_does_not_say_when_it_was_written_is_not_proved() -> None:
    mail = MAIL.replace(b"Date: Mon, 02 Mar 2026 09:30:00 +0000\r\n", b"")

    assert proof(signed(mail, covered=(b"from", b"to", b"subject", b"message-id"))).why == (
        "it does not say when it was written"
    )


# What our server found

FAIL = "Authentication-Results: mx.bot.test; {} dmarc=fail (p=none) header.from=uni.example\r\n"


@pytest.mark.parametrize(
    "mail",
    [
        MAIL,
        signed(),
        b"From: eve@evil.example\r\n" + MAIL,
        b"no field\r\n" + MAIL,
        b"X: a\x01b\r\n" + MAIL,
        b"X: " + b"a" * 300_000 + b"\r\n" + MAIL,
        b"X: y\r\n" * 2000 + MAIL,
        MAIL.replace(b"submit@bot.test", b"eve@evil.example"),
    ],
)
@pytest.mark.parametrize("before", ["", 'spf=fail smtp.helo="x;', "spf=fail (; what is this;"])
def test_a_mail_that_our_server_disowned_is_told_however_odd_it_is(
    mail: bytes, before: str
) -> None:
    raw = FAIL.format(before).encode() + CAME + mail
    found = proof(raw, server=MX, mail=read(MAIL))

    assert (found.ok, found.disowned, found.again) == (False, True, False)
    assert not proof(raw, mail=read(MAIL)).disowned


def test_nobody_else_disowns_a_mail() -> None:
    fail = FAIL.format("").encode()
    for raw in (CAME + fail + signed(), fail.replace(b"mx.bot", b"x") + CAME + signed()):
        assert proof(raw, server=MX).ok


@pytest.mark.parametrize(
    "name",
    [
        b'"mx.bot.test"',
        b'"mx\\.bot.test"',
        b"mx.bot.test(x)",
        b"(c) mx.bot.test",
        b"MX.bot.test",
        b"mx.bot.test 1",
        b"mx.bot.test\r\n ",
        b"\r\n mx.bot.test",
    ],
)
def test_findings_below_the_arrival_count_only_as_our_server_writes_them(name: bytes) -> None:
    """It takes out those under its own name, as far as it sees that it is its name."""
    good = b"; dmarc=pass header.from=uni.example; spf=pass smtp.mailfrom=uni.example\r\n"
    own = CAME + b"Received-SPF: pass (x)\r\nAuthentication-Results: "
    none = own + b"mx.bot.test; spf=none\r\nAuthentication-Results: "

    assert proof(own + b"mx.bot.test" + good + MAIL, server=f"{MX} below").ok
    assert not proof(own + name + good + MAIL, server=f"{MX} below").ok
    assert not proof(none + name + good + MAIL, server=f"{MX} below").ok


@pytest.mark.parametrize("line", [b"X-Foo: 1", b"ARC-Seal: i=1", b"Return-Path: <x@y.z>", b"A: b"])
def test_findings_below_anything_else_do_not_count(line: bytes) -> None:
    found = b"dmarc=pass header.from=uni.example; spf=pass smtp.mailfrom=uni.example\r\n"
    raw = CAME + line + b"\r\nAuthentication-Results: mx.bot.test; " + found + MAIL

    assert not proof(raw, server=f"{MX} below").ok


def test_where_our_server_wrote_above_the_arrival_nothing_below_counts() -> None:
    found = b"dmarc=pass header.from=uni.example; spf=pass smtp.mailfrom=uni.example\r\n"
    name = b"Authentication-Results: mx.bot.test; "
    raw = name + b"spf=fail smtp.mailfrom=evil.example\r\n" + CAME + name + found + MAIL

    assert not proof(raw, server=f"{MX} below").ok
